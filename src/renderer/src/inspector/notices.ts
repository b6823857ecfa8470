// The warnings and errors of a program's terminal that the socket doctor does not explain, the newest first; equal ones are
// one notice.
import type { ProgramFinding } from '../../../shared/diagnosis/doctor/findings'
import type { LogLine } from '../../../shared/state/state'

interface Notice {
  /** When it was noticed last. */
  readonly at: number
  readonly text: string
  readonly times: number
}

export function foldedNotices(
  lines: readonly LogLine[],
  findings: readonly ProgramFinding[],
): Notice[] {
  const notices = new Map<string, Notice>()
  for (const line of lines.toReversed()) {
    const { at, level, text } = line
    if (level === 'info' || findings.some((finding) => explains(finding, line))) continue
    const newer = notices.get(text)
    notices.set(text, { at: newer?.at ?? at, text, times: (newer?.times ?? 0) + 1 })
  }
  return [...notices.values()]
}

/**
 * What is logged while a symptom is seen is about it. What is odd about a registration is logged before: a new start of the
 * program ends such findings.
 */
function explains({ diagnosis, symptom }: ProgramFinding, { at }: LogLine): boolean {
  return diagnosis.outlivesStart !== true && symptom.since <= at && at <= symptom.at
}

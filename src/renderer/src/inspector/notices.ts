// The warnings and errors of a terminal, the newest first; equal ones are one notice.
import type { LogLine } from '../../../shared/state/state'

interface Notice {
  /** When it was noticed last. */
  readonly at: number
  readonly text: string
  readonly times: number
}

export function foldedNotices(lines: readonly LogLine[]): Notice[] {
  const notices = new Map<string, Notice>()
  for (const { at, level, text } of lines.toReversed()) {
    if (level === 'info') continue
    const newer = notices.get(text)
    notices.set(text, { at: newer?.at ?? at, text, times: (newer?.times ?? 0) + 1 })
  }
  return [...notices.values()]
}

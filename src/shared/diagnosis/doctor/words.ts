// Findings in words, for the inspector and the command line.
import { counted, formatTime } from '../../format'
import { withVisibleControls } from '../../visible-controls'
import type { Symptom } from './diagnosis'
import { bytesOfHex, hexWords } from './evidence'
import type { ProgramFinding } from './findings'

/** `sent`: the packets that the program has sent until now. */
export function seenTimes({ times, since, at, sent: then }: Symptom, sent: number): string {
  const later = sent - then
  const when =
    times === 1
      ? `Seen at ${formatTime(at)}`
      : `Seen ${times} times, from ${formatTime(since)} to ${formatTime(at)}`
  return later > 0 ? `${when}; ${counted(later, 'message')} since then without it.` : `${when}.`
}

/** The finding as lines of text, the first of them a title. `who`: `Server 7`. */
export function findingLines({ diagnosis, symptom }: ProgramFinding, who: string): string[] {
  const { id, title, why, mend, python, node } = diagnosis
  const { seen, hex, offset = 0, packet } = symptom
  const where = packet === undefined ? '' : ` (packet ${packet}, from byte ${offset})`
  return [
    `${who}: ${title} [${id}]`,
    `  Seen: ${withVisibleControls(seen)}`,
    ...(hex === undefined ? [] : [`  Bytes${where}: ${hexWords(bytesOfHex(hex))}`]),
    `  Why: ${why}`,
    `  To mend it: ${mend}`,
    ...code('Python', python),
    ...code('Node', node),
  ]
}

function code(language: string, text: string | undefined): string[] {
  if (text === undefined) return []
  const [first = '', ...more] = text.split('\n')
  return more.length === 0
    ? [`  ${language}: ${first}`]
    : [`  ${language}:`, ...[first, ...more].map((line) => `      ${line}`)]
}

/** For a line of JSON. */
export function findingJson({ diagnosis, symptom }: ProgramFinding, node: string): object {
  const { id, gravity, title, why, mend, python, node: inNode } = diagnosis
  const { seen, times, at, hex, offset, packet } = symptom
  return {
    type: 'diagnosis',
    at,
    node,
    id,
    gravity,
    title,
    seen,
    times,
    ...(hex !== undefined && { hex }),
    ...(packet !== undefined && { packet, offset: offset ?? 0 }),
    why,
    mend,
    code: {
      ...(python !== undefined && { python }),
      ...(inNode !== undefined && { node: inNode }),
    },
  }
}

// Makes a frame of events that are bytes already: a header around their rows, and behind it the bytes of their messages.
// frame.ts has the layout.
import { concat } from '../concat'
import type { SimMs } from '../ids'
import type { Slice } from './event-bytes'

const bytesOf = new TextEncoder()
const COMMA = bytesOf.encode(',')
/** The end of the rows, and of the header. */
const END = bytesOf.encode(']}')

/** The slices follow one another, and share their lists. */
export function frameOfEvents(
  number: number,
  now: SimMs,
  slices: readonly Slice[],
): Uint8Array<ArrayBuffer> {
  return concat(partsOfFrame(number, now, slices))
}

/** The bytes of a frame that are still apart. */
export function partsOfFrame(
  number: number,
  now: SimMs,
  slices: readonly Slice[],
): readonly Uint8Array[] {
  const [first] = slices
  const firstSeq = first === undefined ? 0 : first.events.firstSeq + first.from
  const count = slices.reduce((total, { from, to }) => total + to - from, 0)
  const lists = first?.events.lists.textFor(firstSeq, firstSeq + count - 1) ?? '[]'
  const parts: Uint8Array[] = [
    bytesOf.encode(
      `{"kind":"events","number":${number},"now":${JSON.stringify(now)},"firstSeq":${firstSeq},"lists":${lists},"rows":[`,
    ),
  ]
  slices.forEach(({ events, from, to }, index) => {
    if (index > 0) parts.push(COMMA)
    parts.push(events.rowsOf(from, to))
  })
  parts.push(END)
  const header = parts.reduce((length, part) => length + part.length, 0)
  for (const { events, from, to } of slices) parts.push(events.messagesOf(from, to))
  return [lengthAsBytes(header), ...parts]
}

/** What stands before bytes of this length. */
export function lengthAsBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, length)
  return bytes
}

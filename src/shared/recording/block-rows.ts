// The rows of a block's events: one by one from its bytes if they are as this version writes them, and otherwise from
// its JSON, which finds what is wrong.
import { isObject, text } from '../feed/field'
import { splitFrame } from '../feed/frame'
import { RowReader } from '../feed/row-bytes'
import type { Lists } from '../feed/translation'
import { type BlockSummary, MAX_BLOCK_EVENTS } from './format'

interface ParsedRows {
  readonly rows: readonly unknown[]
  readonly lists: Lists
  /** Where the messages' bytes begin in the frame: behind all rows. */
  readonly blobAt: number
}

interface PlainRows {
  readonly blobAt: number
  /**
   * Calls `take`, which must not keep the row, with each row as long as it returns true. Returns false if it returned
   * false, or if a row is not valid or is not as this version writes it.
   */
  readonly each: (take: (row: readonly unknown[]) => boolean) => boolean
}

const LENGTH_BYTES = 4
const BEFORE_ROWS = new TextEncoder().encode(',"rows":[')
const AFTER_ROWS = ']}'

const textOf = new TextDecoder('utf-8', { ignoreBOM: true })

/** The rows, or what is wrong with them, in words. */
export function parsedRows(
  frame: Uint8Array,
  { firstSeq, count }: BlockSummary,
): ParsedRows | string {
  let split: ReturnType<typeof splitFrame>
  try {
    split = splitFrame(frame)
  } catch {
    return 'its events cannot be read'
  }
  const header = rowsAndLists(split.header, firstSeq)
  if (header === undefined) return 'its events are none'
  const { rows, lists } = header
  if (rows.length !== count || count === 0 || count > MAX_BLOCK_EVENTS) {
    return `it has ${rows.length} events and says that it has ${count}`
  }
  return { rows, lists, blobAt: split.blobAt }
}

/** Rows that have not been parsed; undefined: the header of their frame is not as this version writes it. */
export function plainRows(
  frame: Uint8Array,
  { firstSeq, count }: BlockSummary,
): PlainRows | undefined {
  const start = endOfFirst(BEFORE_ROWS, frame)
  if (start === undefined || count === 0 || count > MAX_BLOCK_EVENTS) return undefined
  let parsed: unknown
  try {
    parsed = JSON.parse(textOf.decode(frame.subarray(LENGTH_BYTES, start)) + AFTER_ROWS)
  } catch {
    return undefined
  }
  const header = rowsAndLists(parsed, firstSeq)
  if (header === undefined) return undefined
  const blobAt = LENGTH_BYTES + new DataView(frame.buffer, frame.byteOffset).getUint32(0)
  return {
    blobAt,
    each(take) {
      const reader = new RowReader(frame, start, header.lists.length)
      for (let index = 0; index < count; index++) {
        if (index > 0 && !reader.passComma()) return false
        const row = reader.read()
        if (row === undefined || !take(row)) return false
      }
      return textOf.decode(frame.subarray(reader.at, blobAt)) === AFTER_ROWS
    },
  }
}

function rowsAndLists(
  header: unknown,
  firstSeq: number,
): Pick<ParsedRows, 'rows' | 'lists'> | undefined {
  if (!isObject(header) || header.kind !== 'events' || header.firstSeq !== firstSeq)
    return undefined
  const { rows, lists } = header
  if (!Array.isArray(rows) || !Array.isArray(lists)) return undefined
  return lists.every((list) => Array.isArray(list) && list.every(text.is))
    ? { rows, lists }
    : undefined
}

/** The index behind the first occurrence of these bytes. */
function endOfFirst(wanted: Uint8Array, bytes: Uint8Array): number | undefined {
  const [first = 0] = wanted
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at + wanted.length
  }
  return undefined
}

// A recording as bytes (`.roundabout`), big endian throughout:
//
//   12 bytes: signature │ 4 bytes: version │ blocks: a head, then events in order, then, if complete, an end
//
// A block is: 4 bytes: type │ 4 bytes: length of its content │ 4 bytes: CRC-32 of type, length and content │ content
//
//   HEAD  JSON, UTF-8: RecordingHead, and the vocabulary (feed/vocabulary.ts) in which all that follows is written.
//         Format 1 names no vocabulary: its own is fixed (format-1.ts)
//   EVTS  44 bytes: BlockSummary │ raw deflate of: 4 bytes: length of keyframe, 0: none │ keyframe, a frame │
//         4 bytes: length of events │ events, a frame │ their real times (real-times.ts)
//   DONE  nothing
import { concat } from '../concat'
import { crc32 } from './crc32'

/**
 * Increases when a released version can no longer read events that it knows, because a field that it needs is retired.
 * Additions do not change it: the vocabulary names them.
 */
export const VERSION = 2
/** The version without a vocabulary. */
export const FORMAT_1 = 1

/** Has both kinds of line ends and an end-of-file mark: a transfer as text damages them, and the check finds it. */
const SIGNATURE = new TextEncoder().encode('RNDABOUT\r\n\u001a\n')
/** The signature and the version. */
export const PREFIX_BYTES = SIGNATURE.length + 4
const BLOCK_HEADER_BYTES = 12
export const SUMMARY_BYTES = 44

const BLOCK_TYPES = ['HEAD', 'EVTS', 'DONE'] as const
type BlockType = (typeof BLOCK_TYPES)[number]

/** Limit of a block's content, stored or inflated. */
export const MAX_BLOCK_BYTES = 64 * 1024 * 1024
/** Events of one block. */
export const MAX_BLOCK_EVENTS = 100_000

export interface RecordingHead {
  /** Milliseconds since 1970 when simulated time was 0. */
  startedAt: number
  /** The version of the app that wrote it. */
  app: string
}

/** Limit of a head's length. */
export const MAX_HEAD_BYTES = 1024 * 1024

/** Facts about a block of events that need no inflating. Times are simulated, in whole microseconds. */
export interface BlockSummary {
  firstSeq: number
  count: number
  firstAt: number
  lastAt: number
  /** Packets sent in it; both 0 without packets. */
  firstPacket: number
  lastPacket: number
  /** Bytes of its content, inflated. */
  inflatedBytes: number
}

export function encodePrefix(): Uint8Array {
  const prefix = new Uint8Array(PREFIX_BYTES)
  prefix.set(SIGNATURE)
  new DataView(prefix.buffer).setUint32(SIGNATURE.length, VERSION)
  return prefix
}

export function encodeBlockOf(type: BlockType, ...content: readonly Uint8Array[]): Uint8Array {
  const block = concat([new Uint8Array(BLOCK_HEADER_BYTES), ...content])
  const view = new DataView(block.buffer)
  for (let index = 0; index < 4; index++) block[index] = type.charCodeAt(index)
  view.setUint32(4, block.length - BLOCK_HEADER_BYTES)
  view.setUint32(8, checksumOf(block))
  return block
}

export function encodeSummary(summary: BlockSummary): Uint8Array {
  const bytes = new Uint8Array(SUMMARY_BYTES)
  const view = new DataView(bytes.buffer)
  view.setFloat64(0, summary.firstSeq)
  view.setFloat64(8, summary.firstAt)
  view.setFloat64(16, summary.lastAt)
  view.setUint32(24, summary.count)
  view.setFloat64(28, summary.firstPacket)
  view.setUint32(36, packetsIn(summary))
  view.setUint32(40, summary.inflatedBytes)
  return bytes
}

/** The summary as written; indexer.ts checks it against the events. */
export function decodeSummary(bytes: Uint8Array): BlockSummary {
  const view = new DataView(bytes.buffer, bytes.byteOffset, SUMMARY_BYTES)
  const firstPacket = view.getFloat64(28)
  const packets = view.getUint32(36)
  return {
    firstSeq: view.getFloat64(0),
    firstAt: view.getFloat64(8),
    lastAt: view.getFloat64(16),
    count: view.getUint32(24),
    firstPacket,
    lastPacket: packets === 0 ? 0 : firstPacket + packets - 1,
    inflatedBytes: view.getUint32(40),
  }
}

function packetsIn({ firstPacket, lastPacket }: BlockSummary): number {
  return firstPacket === 0 ? 0 : lastPacket - firstPacket + 1
}

/** A block and its position. `unfinished`: the bytes end before it does. */
type FoundBlock =
  /** `other`: a type that a newer version may know. */
  | { kind: 'block'; type: BlockType | 'other'; content: Uint8Array; end: number }
  | { kind: 'unfinished' }
  | { kind: 'damaged'; problem: string }

/** The block that begins at this byte, which must not be past the last. */
export function findBlock(bytes: Uint8Array, from: number): FoundBlock {
  if (bytes.length - from < BLOCK_HEADER_BYTES) return { kind: 'unfinished' }
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, BLOCK_HEADER_BYTES)
  const name = nameAt(bytes, from)
  if (!/^[A-Z]{4}$/.test(name))
    return { kind: 'damaged', problem: 'its kind is none that there is' }
  const type = BLOCK_TYPES.find((known) => known === name) ?? 'other'
  const length = view.getUint32(4)
  if (length > MAX_BLOCK_BYTES) {
    return { kind: 'damaged', problem: `it says that it has ${length} bytes, more than any has` }
  }
  const end = from + BLOCK_HEADER_BYTES + length
  if (end > bytes.length) return { kind: 'unfinished' }
  if (checksumOf(bytes.subarray(from, end)) !== view.getUint32(8)) {
    return { kind: 'damaged', problem: 'its checksum does not match its bytes' }
  }
  return { kind: 'block', type, content: bytes.subarray(from + BLOCK_HEADER_BYTES, end), end }
}

/** The contents of blocks of events from this byte on, by where each block begins; their checksums are not checked. */
export function* eventBlocks(bytes: Uint8Array, from: number): Generator<[number, Uint8Array]> {
  for (let at = from; at + BLOCK_HEADER_BYTES <= bytes.length; ) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, BLOCK_HEADER_BYTES)
    const end = at + BLOCK_HEADER_BYTES + view.getUint32(4)
    if (end > bytes.length) return
    if (nameAt(bytes, at) === 'EVTS') yield [at, bytes.subarray(at + BLOCK_HEADER_BYTES, end)]
    at = end
  }
}

/** What is wrong with the first bytes of a recording, in words; undefined: nothing. */
export function prefixProblem(bytes: Uint8Array): string | undefined {
  if (SIGNATURE.some((byte, index) => index < bytes.length && bytes[index] !== byte)) {
    return looksConverted(bytes)
      ? 'It was damaged by a transfer as text: its first bytes were changed.'
      : 'It is no recording of Roundabout: it does not begin like one.'
  }
  if (bytes.length < PREFIX_BYTES) return 'It is cut short: not even its first bytes are whole.'
  const format = formatOf(bytes)
  return format >= FORMAT_1 && format < 1_000
    ? undefined
    : `It is damaged at byte ${SIGNATURE.length}: there is no format ${format}.`
}

/** The number of the format of a recording whose prefix is whole. */
export function formatOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(SIGNATURE.length)
}

/** The length of the complete and undamaged beginning of a recording's bytes. */
export function completeBlocks(bytes: Uint8Array): number {
  if (prefixProblem(bytes) !== undefined) return 0
  let end = PREFIX_BYTES
  for (;;) {
    const found = findBlock(bytes, end)
    if (found.kind !== 'block') return end === PREFIX_BYTES ? 0 : end
    if ((found.type === 'HEAD') !== (end === PREFIX_BYTES)) return end === PREFIX_BYTES ? 0 : end
    end = found.end
    if (found.type === 'DONE') return end
  }
}

/** The signature's letters are right, its line ends are not. */
function looksConverted(bytes: Uint8Array): boolean {
  return nameAt(bytes, 0) === 'RNDA' && nameAt(bytes, 4) === 'BOUT'
}

function nameAt(bytes: Uint8Array, from: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + 4))
}

/** The checksum of a block's bytes, which leaves out the checksum itself. */
function checksumOf(block: Uint8Array): number {
  return crc32(block.subarray(BLOCK_HEADER_BYTES), crc32(block.subarray(0, 8)))
}

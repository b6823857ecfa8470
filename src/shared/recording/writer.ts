// Writes a recording: a head, blocks of events one after another, and, when it is complete, an end.
import { concat } from '../concat'
import type { Slice } from '../feed/event-bytes'
import { lengthAsBytes, partsOfFrame } from '../feed/events-frame'
import { encodeSnapshot } from '../feed/frame'
import type { State } from '../state/state'
import {
  type BlockSummary,
  encodeBlockOf,
  encodePrefix,
  encodeSummary,
  MAX_BLOCK_BYTES,
  type RecordingHead,
} from './format'
import { writeHead } from './head'
import { encodeRealTimes } from './real-times'

export type { RecordingHead }

export interface Block {
  /** Consecutive, at least one. */
  slice: Slice
  /** Their real times in milliseconds since 1970, to the microsecond. */
  realTimes: readonly number[]
  /** The state before its first event; its list of packets is not written. */
  before: State | undefined
}

/** Raw deflate (RFC 1951). */
export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array>

/** Half of a block at the most. */
const MAX_KEYFRAME_BYTES = MAX_BLOCK_BYTES / 2

const NOTHING = new Uint8Array(0)
const bytesOf = new TextEncoder()

/** The beginning of a recording: its signature, its version and its head. */
export function encodeHead(head: RecordingHead): Uint8Array {
  const prefix = encodePrefix()
  const block = encodeBlockOf('HEAD', bytesOf.encode(writeHead(head)))
  return concat([prefix, block])
}

/**
 * Throws if there are no events, or not one real time for each. `join` puts together what is deflated: nobody needs it
 * afterwards.
 */
export async function encodeBlock(
  block: Block,
  deflate: Deflate,
  join: (parts: readonly Uint8Array[]) => Uint8Array = concat,
): Promise<Uint8Array> {
  const { slice, realTimes, before } = block
  const { events, from, to } = slice
  const count = to - from
  if (count === 0) throw new Error('A block has at least one event.')
  if (realTimes.length !== count) {
    throw new Error(`A block of ${count} events has ${realTimes.length} real times.`)
  }
  const lastAt = events.at(to - 1)
  const keyframe = keyframeOf(before)
  const frame = partsOfFrame(0, lastAt, [slice])
  const inflated = join([
    lengthAsBytes(keyframe.length),
    keyframe,
    lengthAsBytes(frame.reduce((length, part) => length + part.length, 0)),
    ...frame,
    encodeRealTimes(realTimes),
  ])
  const { first, last } = events.packetsIn(from, to)
  const summary: BlockSummary = {
    firstSeq: events.firstSeq + from,
    count,
    firstAt: microseconds(events.at(from)),
    lastAt: microseconds(lastAt),
    firstPacket: first,
    lastPacket: last,
    inflatedBytes: inflated.length,
  }
  return encodeBlockOf('EVTS', encodeSummary(summary), await deflate(inflated))
}

/** Omits the list of packets, and keeps all bytes of those in flight. */
export const WHOLE_STATE = { packets: 0, bytes: Number.POSITIVE_INFINITY }

/** A keyframe has the figures by second only at the beginning of a file (figures-at.ts). */
export function withoutFigures(state: State): State {
  return state.metrics.size === 0 ? state : { ...state, metrics: new Map() }
}

/** Empty without a state, or if the keyframe exceeds a block's limit: a recording can be read without it. */
function keyframeOf(before: State | undefined): Uint8Array {
  if (before === undefined) return NOTHING
  const keyframe = encodeSnapshot(0, before.at, before, 0, WHOLE_STATE)
  return keyframe.length <= MAX_KEYFRAME_BYTES ? keyframe : NOTHING
}

/** Distinguishes a complete recording from one that was cut short. */
export function encodeEnd(): Uint8Array {
  return encodeBlockOf('DONE')
}

function microseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000)
}

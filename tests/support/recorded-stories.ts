// For tests: stories written down as recordings, cut into blocks of any size, with keyframes or without.

import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import type { LabEvent } from '../../src/shared/events'
import { sliceOf } from '../../src/shared/feed/event-bytes'
import { encodeBlock, encodeEnd, encodeHead } from '../../src/shared/recording/writer'
import { INITIAL_STATE, reduce } from '../../src/shared/state/reduce'
import type { State } from '../../src/shared/state/state'
import { inBatches } from './stories'

export const SORT_KEYS = [
  'type',
  'from',
  'to',
  'policy',
  'size',
  'link',
  'roundTrip',
  'status',
] as const

export const HEAD = { startedAt: 1_700_000_000_000.25, app: '0.1.0' }

const packed = promisify(deflateRaw)
export const deflate = async (bytes: Uint8Array): Promise<Uint8Array> => packed(bytes, { level: 1 })

export interface Cut {
  /** Events a block, again from the first when they run out. */
  sizes: readonly number[]
  /** Every how manyth block has a keyframe; 0: none has. */
  keyframeEvery: number
}

/** When an event really happened, as recordings made here say. */
function realTimeOf(event: LabEvent): number {
  // Not always later than the one before, and to the microsecond.
  return Math.round(HEAD.startedAt * 1000 + event.at * 4321 - (event.seq % 5) * 7) / 1000
}

/** A block as a version of the writer makes it. */
export function blockBy(
  writer: { encodeBlock: typeof encodeBlock; sliceOf: typeof sliceOf },
  events: readonly LabEvent[],
  before: State | undefined,
  realTimeOf = ({ at }: LabEvent) => at,
): Promise<Uint8Array> {
  const slice = writer.sliceOf(events)
  return writer.encodeBlock({ slice, realTimes: events.map(realTimeOf), before }, deflate)
}

/** The blocks of events alone. `start`: the state before the first one. */
export async function blocksOf(
  events: readonly LabEvent[],
  { sizes, keyframeEvery }: Cut,
  start: State = INITIAL_STATE,
): Promise<Uint8Array[]> {
  const blocks: Uint8Array[] = []
  let state = start
  for (const batch of inBatches(events, sizes)) {
    const hasKeyframe = keyframeEvery > 0 && blocks.length % keyframeEvery === 0
    const before = hasKeyframe ? state : undefined
    blocks.push(await blockBy({ encodeBlock, sliceOf }, batch, before, realTimeOf))
    state = reduce(state, batch)
  }
  return blocks
}

/** A complete recording. */
export async function recordingOf(
  events: readonly LabEvent[],
  cut: Cut,
  start: State = INITIAL_STATE,
): Promise<Uint8Array> {
  const blocks = await blocksOf(events, cut, start)
  return new Uint8Array(Buffer.concat([encodeHead(HEAD), ...blocks, encodeEnd()]))
}

// The compressed blocks of a recording in memory, and the few that are open: scrubbing goes back and forth over the
// same ones.
import type { LabEvent } from '../events'
import { decodeFrame } from '../feed/frame'
import type { Translation } from '../feed/translation'
import { type BlockSummary, SUMMARY_BYTES } from './format'
import { inflate } from './inflate'
import { decodeRealTimes } from './real-times'

/** A block of events and its position in the recording. */
export interface EventsBlock {
  /** Its index among the blocks of events. */
  index: number
  /** Its offset in the recording, in bytes. */
  offset: number
  /** The whole block, and its content. */
  bytes: Uint8Array
  content: Uint8Array
  summary: BlockSummary
  /** The number of the last packet sent before it. */
  packetsBefore: number
}

/** What is needed to open a block. */
export type BlockContent = Pick<EventsBlock, 'content' | 'summary'>

/** The parts of a block's inflated content. */
export interface OpenBlock {
  inflated: Uint8Array
  /** Empty in a block without a keyframe. */
  keyframe: Uint8Array
  frame: Uint8Array
  realTimes: Uint8Array
  events: LabEvent[] | undefined
}

/** Bytes of inflated blocks that are kept open; their events take about three times as much again. */
const OPEN_BYTES = 12 * 1024 * 1024

/** Opens blocks, and keeps those open that were used last. */
export class OpenBlocks {
  /** From the recording's vocabulary. */
  translation: Translation | undefined
  private readonly open = new Map<EventsBlock, OpenBlock>()
  private bytes = 0

  /** Throws if the block does not inflate to its stated size, or its parts do not add up. */
  get(block: EventsBlock): OpenBlock {
    const open = this.open.get(block)
    if (open === undefined) return this.keep(block, openBlock(block))
    this.open.delete(block)
    this.open.set(block, open)
    return open
  }

  /** The events of a block that has been checked. */
  events(block: EventsBlock): readonly LabEvent[] {
    const open = this.get(block)
    open.events ??= eventsOf(open, this.translation)
    return open.events
  }

  /** Their real times, in milliseconds since 1970. */
  realTimes(block: EventsBlock): readonly number[] {
    return decodeRealTimes(this.get(block).realTimes, block.summary.count) ?? []
  }

  private keep(block: EventsBlock, open: OpenBlock): OpenBlock {
    this.open.set(block, open)
    this.bytes += open.inflated.length
    for (const [oldest, { inflated }] of this.open) {
      if (this.bytes <= OPEN_BYTES || oldest === block) break
      this.open.delete(oldest)
      this.bytes -= inflated.length
    }
    return open
  }
}

/** Shared by blocks that are read one after another: memory for each would burden the garbage collector. */
const ROOM = new Uint8Array(2 * 1024 * 1024)

/** The block is valid until another is opened like this. */
export function openBriefly(block: BlockContent): OpenBlock {
  return openBlock(block, ROOM)
}

/** `room`: memory for the inflated block if it is not kept open. */
export function openBlock({ content, summary }: BlockContent, room?: Uint8Array): OpenBlock {
  const inflated = inflate(content.subarray(SUMMARY_BYTES), summary.inflatedBytes, room)
  const view = new DataView(inflated.buffer, inflated.byteOffset, inflated.length)
  const keyframeEnd = 4 + view.getUint32(0)
  const frameEnd = keyframeEnd + 4 + view.getUint32(keyframeEnd)
  if (frameEnd > inflated.length) throw new Error('Its parts are longer than it is.')
  return {
    inflated,
    keyframe: inflated.subarray(4, keyframeEnd),
    frame: inflated.subarray(keyframeEnd + 4, frameEnd),
    realTimes: inflated.subarray(frameEnd),
    events: undefined,
  }
}

function eventsOf({ frame }: OpenBlock, translation: Translation | undefined): LabEvent[] {
  const decoded = decodeFrame(frame, translation)
  return decoded.kind === 'events' ? decoded.events : []
}

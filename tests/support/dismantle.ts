// For tests of what writes recordings: takes one apart by the format alone, block by block.
import { inflateRawSync } from 'node:zlib'
import type { LabEvent } from '../../src/shared/events'
import { decodeFrame } from '../../src/shared/feed/frame'
import {
  findBlock,
  PREFIX_BYTES,
  type RecordingHead,
  SUMMARY_BYTES,
} from '../../src/shared/recording/format'
import { decodeRealTimes } from '../../src/shared/recording/real-times'
import type { State } from '../../src/shared/state/state'

interface DismantledBlock {
  events: LabEvent[]
  realTimes: readonly number[]
  before: State | undefined
}

export interface Dismantled {
  head: RecordingHead
  blocks: DismantledBlock[]
  /** It has its end mark. */
  isComplete: boolean
}

/** Throws where a byte of it is damaged or missing. */
export function dismantle(bytes: Uint8Array): Dismantled {
  const blocks: DismantledBlock[] = []
  let head: RecordingHead | undefined
  let isComplete = false
  for (let at = PREFIX_BYTES; at < bytes.length; ) {
    const found = findBlock(bytes, at)
    if (found.kind !== 'block') throw new Error(`At byte ${at} the recording is ${found.kind}.`)
    if (found.type === 'HEAD') head = headOf(found.content)
    else if (found.type === 'EVTS') blocks.push(blockOf(found.content))
    else isComplete = true
    at = found.end
  }
  if (head === undefined) throw new Error('The recording has no head.')
  return { head, blocks, isComplete }
}

function blockOf(content: Uint8Array): DismantledBlock {
  let rest = new Uint8Array(inflateRawSync(content.subarray(SUMMARY_BYTES)))
  const take = () => {
    const length = new DataView(rest.buffer, rest.byteOffset).getUint32(0)
    const taken = rest.subarray(4, 4 + length)
    rest = rest.subarray(4 + length)
    return taken
  }
  const keyframe = take()
  const frame = decodeFrame(take())
  if (frame.kind !== 'events') throw new Error('A block has no events.')
  const realTimes = decodeRealTimes(rest, frame.events.length)
  if (realTimes === undefined) throw new Error('The real times cannot be read.')
  return { events: frame.events, realTimes, before: stateOf(keyframe) }
}

function stateOf(keyframe: Uint8Array): State | undefined {
  if (keyframe.length === 0) return undefined
  const frame = decodeFrame(keyframe)
  return frame.kind === 'snapshot' ? frame.state : undefined
}

/** Without the vocabulary. */
function headOf(content: Uint8Array): RecordingHead {
  const { startedAt, app }: RecordingHead = JSON.parse(new TextDecoder().decode(content))
  return { startedAt, app }
}

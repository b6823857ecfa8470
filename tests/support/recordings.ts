// For tests: a recording's bytes taken apart the plain way, without the reader that the app has for them.
import { inflateRawSync } from 'node:zlib'
import type { LabEvent } from '../../src/shared/events'
import { decodeFrame } from '../../src/shared/feed/frame'
import {
  decodeSummary,
  findBlock,
  PREFIX_BYTES,
  prefixProblem,
  type RecordingHead,
  SUMMARY_BYTES,
} from '../../src/shared/recording/format'
import { decodeRealTimes } from '../../src/shared/recording/real-times'
import type { State } from '../../src/shared/state/state'

interface ReadBlock {
  events: LabEvent[]
  realTimes: number[]
  /** The keyframe, where the block has one. */
  before: State | undefined
}

interface ReadRecording {
  head: RecordingHead
  blocks: ReadBlock[]
  /** It has an end. */
  isComplete: boolean
}

/** Throws where the bytes are not whole blocks from a head on. */
export function readRecording(bytes: Uint8Array): ReadRecording {
  const problem = prefixProblem(bytes)
  if (problem !== undefined) throw new Error(problem)
  let head: RecordingHead | undefined
  const blocks: ReadBlock[] = []
  let isComplete = false
  for (let at = PREFIX_BYTES; at < bytes.length; ) {
    const found = findBlock(bytes, at)
    if (found.kind !== 'block') throw new Error(`There is no whole block at byte ${at}.`)
    if (found.type === 'HEAD') head = headOf(found.content)
    else if (found.type === 'EVTS') blocks.push(readBlock(found.content))
    else isComplete = true
    at = found.end
  }
  if (head === undefined) throw new Error('The recording has no head.')
  return { head, blocks, isComplete }
}

function readBlock(content: Uint8Array): ReadBlock {
  const { count } = decodeSummary(content)
  const inflated = inflateRawSync(content.subarray(SUMMARY_BYTES))
  const keyframeEnd = 4 + inflated.readUInt32BE(0)
  const frameEnd = keyframeEnd + 4 + inflated.readUInt32BE(keyframeEnd)
  const frame = decodeFrame(inflated.subarray(keyframeEnd + 4, frameEnd))
  const realTimes = decodeRealTimes(inflated.subarray(frameEnd), count)
  if (frame.kind !== 'events' || realTimes === undefined) throw new Error('A block has no events.')
  const keyframe = keyframeEnd === 4 ? undefined : decodeFrame(inflated.subarray(4, keyframeEnd))
  const before = keyframe?.kind === 'snapshot' ? keyframe.state : undefined
  return { events: frame.events, realTimes, before }
}

/** Without the vocabulary. */
function headOf(content: Uint8Array): RecordingHead {
  const { startedAt, app }: RecordingHead = JSON.parse(new TextDecoder().decode(content))
  return { startedAt, app }
}

// A keyframe: the state before a block's first event, without its list of packets. It is checked completely before a
// state is made from it.
import { isObject } from '../feed/field'
import { decodeFrame, splitFrame } from '../feed/frame'
import { type PlainState, stateShape } from '../feed/state-table'
import type { Translation } from '../feed/translation'
import type { State } from '../state/state'

/** The state in a keyframe that has been checked before. */
export function decodeKeyframe(frame: Uint8Array, translation?: Translation): State {
  const decoded = decodeFrame(frame, translation)
  if (decoded.kind !== 'snapshot') throw new Error('A keyframe is a snapshot.')
  return decoded.state.notShown === 0 ? decoded.state : { ...decoded.state, notShown: 0 }
}

/** What is wrong with a keyframe, in words, or how many packets were sent before it. */
export type ReadKeyframe = { problem: string } | { packets: number }

/** Checks a keyframe. `before`: the number and time of the event that follows it. */
export function readKeyframe(
  frame: Uint8Array,
  before: { seq: number; at: number },
  translation?: Translation,
): ReadKeyframe {
  let split: ReturnType<typeof splitFrame>
  try {
    split = splitFrame(frame)
  } catch {
    return { problem: 'its state cannot be read' }
  }
  const { header, blobAt } = split
  if (!isObject(header) || header.kind !== 'snapshot') return { problem: 'its state is none' }
  const state = translation === undefined ? header.state : translation.state(header.state)
  if (!isState(state)) {
    const fault = stateShape.faultIn?.(state) ?? ''
    return { problem: `its state has a value that it cannot have (state${fault})` }
  }
  if (state.seq !== before.seq - 1 || state.at > before.at) {
    return { problem: 'its state is that of another moment' }
  }
  const problem = packetsProblem(state, frame.length - blobAt)
  return problem === undefined ? { packets: state.firstKept } : { problem }
}

function packetsProblem(state: PlainState, bytes: number): string | undefined {
  if (state.packets.length > 0) return 'its state has a list of packets'
  let sum = 0
  for (const { id, size, originalSize = 0, status, endedAt, dropped } of state.inFlight) {
    if (id > state.firstKept || id === 0)
      return 'its state has a packet in flight that was never sent'
    if (
      (status !== 'flying' && status !== 'unknown') ||
      endedAt !== undefined ||
      dropped !== undefined
    )
      return 'its state has a packet in flight that has arrived or was lost'
    sum += size + originalSize
  }
  return sum === bytes ? undefined : 'its state does not have the bytes that it says it has'
}

function isState(value: unknown): value is PlainState {
  return stateShape.is(value)
}

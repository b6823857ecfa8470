import { expect, it } from 'vitest'
import { encodeSnapshot, splitFrame } from '../feed/frame'
import { INITIAL_STATE, reduce } from '../state/reduce'
import { readKeyframe } from './keyframe'

const SENT = {
  type: 'packet.sent',
  packet: 1,
  exchange: 1,
  kind: 0,
  from: 'client:1',
  to: 'proxy',
  connection: 1,
  dueAt: 605,
  bytes: Uint8Array.of(123, 125),
  copyOf: null,
} as const
const STATE = reduce(INITIAL_STATE, [{ seq: 1, at: 5, ...SENT }])
const FRAME = encodeSnapshot(0, 5, STATE, 0, { packets: 0 })
const BEFORE = { seq: 2, at: 9 }

/** The keyframe with other text in its header. */
function keyframe(from = '', to = ''): Uint8Array {
  const { header, blobAt } = splitFrame(FRAME)
  const changed = new TextEncoder().encode(JSON.stringify(header).replace(from, to))
  const frame = new Uint8Array(4 + changed.length + FRAME.length - blobAt)
  new DataView(frame.buffer).setUint32(0, changed.length)
  frame.set(changed, 4)
  frame.set(FRAME.subarray(blobAt), 4 + changed.length)
  return frame
}

it('is in order with a packet in flight', () => {
  expect(readKeyframe(keyframe(), BEFORE)).toEqual({ packets: 1 })
})

it.each([
  ['"id":1', '"id":2', 'its state has a packet in flight that was never sent'],
  [
    '"status":"flying"',
    '"status":"delivered"',
    'its state has a packet in flight that has arrived or was lost',
  ],
])('says what is wrong with the packets in flight: %s changed to %s', (from, to, problem) => {
  expect(readKeyframe(keyframe(from, to), BEFORE)).toEqual({ problem })
})

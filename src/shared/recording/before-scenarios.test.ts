// Recordings from before scenarios had names: no event tells one, and no state in them has one.
import { expect, it } from 'vitest'
import { KINDS } from '../feed/event-kinds'
import { VOCABULARY_1 } from '../feed/format-1'
import { encodeEvents, encodeSnapshot, splitFrame } from '../feed/frame'
import { rowProblem } from '../feed/rows'
import { Translation } from '../feed/translation'
import { INITIAL_STATE, reduce } from '../state/reduce'
import type { LabEvent } from '../state/state'
import { decodeKeyframe, readKeyframe } from './keyframe'

/** The order in which types are numbered in files: new ones come behind these. */
const TYPES_OF_OLD = [
  ...['packet.sent', 'packet.delivered', 'packet.dropped', 'packet.held', 'packet.released'],
  ...['packet.edited', 'packet.read', 'breakpoint.set', 'breakpoint.removed', 'decision.made'],
  ...['upstream.failed', 'answer.verified', 'exchange.finished', 'connection.opened'],
  ...['connection.closed', 'proxy.listening', 'node.added', 'node.changed', 'node.removed'],
  ...['row.set', 'row.removed', 'policy.next', 'clock.changed', 'latency.changed', 'log'],
  'scenario.reset',
]
const RESET: LabEvent = { seq: 1, at: 5, type: 'scenario.reset' }
const FROM_FORMAT_1 = new Translation(VOCABULARY_1, false)
const BEFORE = { seq: 2, at: 9 }

it('have their events under the same numbers', () => {
  const types = VOCABULARY_1.types.map(({ name }) => name)
  expect(types.slice(0, TYPES_OF_OLD.length)).toEqual(TYPES_OF_OLD)
  expect(KINDS.slice(0, types.length).map(({ type, formerly = type }) => formerly)).toEqual(types)
  expect(splitFrame(encodeEvents(1, 5, [RESET])).header).toMatchObject({ rows: [[25, 5_000]] })
  expect(rowProblem([25, 5_000], 0)).toBeUndefined()
})

it('have states that are read, without a name', () => {
  const keyframe = encodeSnapshot(0, 5, reduce(INITIAL_STATE, [RESET]), 0, { packets: 0 })
  expect(readKeyframe(keyframe, BEFORE)).toEqual({ packets: 0 })
  const old = withoutScenario(keyframe)
  expect(old.length).toBeLessThan(keyframe.length)
  expect(readKeyframe(old, BEFORE, FROM_FORMAT_1)).toEqual({ packets: 0 })
  expect(decodeKeyframe(old, FROM_FORMAT_1)).toEqual(decodeKeyframe(keyframe))
  expect(decodeKeyframe(old, FROM_FORMAT_1).scenario).toBeNull()
})

it('today have the name, and a state with something else in its place is refused', () => {
  const opened: LabEvent = { ...RESET, type: 'scenario.opened', name: 'Lesson 3', seed: 1 }
  const keyframe = encodeSnapshot(0, 5, reduce(INITIAL_STATE, [opened]), 0, { packets: 0 })
  expect(decodeKeyframe(keyframe).scenario).toBe('Lesson 3')
  const wrong = changed(keyframe, (text) => text.replace('"Lesson 3"', '3'))
  expect(readKeyframe(wrong, BEFORE)).toEqual({
    problem: expect.stringMatching(/state\.scenario/),
  })
  expect(rowProblem([26, 5_000, 3, 1], 0)).toMatch(/“name” of scenario\.opened/)
})

function withoutScenario(frame: Uint8Array): Uint8Array {
  return changed(frame, (text) => text.replace('"scenario":null,', ''))
}

/** A frame without messages, with another header. */
function changed(frame: Uint8Array, change: (header: string) => string): Uint8Array {
  const header = new TextEncoder().encode(change(new TextDecoder().decode(frame.subarray(4))))
  const made = new Uint8Array(4 + header.length)
  new DataView(made.buffer).setUint32(0, header.length)
  made.set(header, 4)
  return made
}

import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Bridge } from '../../../shared/contract'
import type { LabEvent } from '../../../shared/events'
import { encodeEvents, encodeSnapshot } from '../../../shared/feed/frame'
import { INITIAL_STATE, reduce } from '../../../shared/state/reduce'
import { execute, type FrameChange, onFrame, simNow, startLab, useLab } from './lab'

const ADDED: LabEvent = {
  seq: 1,
  at: 0,
  type: 'node.added',
  node: { id: 'server:100', role: 'server', origin: 'inside', protocolId: '100', policy: '111' },
}
const PAUSED: LabEvent = { seq: 2, at: 5, type: 'clock.changed', paused: true, speed: 1 }

/** A bridge whose other end the test holds. */
function fakeBridge() {
  const acknowledged: number[] = []
  let onFrameBytes: ((bytes: Uint8Array) => void) | undefined
  let onConnectedChange: ((connected: boolean) => void) | undefined
  const bridge: Bridge = {
    kind: 'browser',
    platform: 'linux',
    execute: async (command) =>
      command.type === 'pause' ? { ok: true } : Promise.reject(new Error('The line is cut.')),
    subscribe: (listener) => {
      onFrameBytes = listener
      return () => {
        onFrameBytes = undefined
      }
    },
    acknowledge: (frame) => acknowledged.push(frame),
    onMenu: () => () => {},
    onConnected: (listener) => {
      onConnectedChange = listener
      return () => {}
    },
  }
  return {
    bridge,
    acknowledged,
    frame: (bytes: Uint8Array) => onFrameBytes?.(bytes),
    connected: (connected: boolean) => onConnectedChange?.(connected),
  }
}

let stop = () => {}
let line = fakeBridge()
let tasks: (() => void)[] = []

beforeEach(() => {
  useLab.setState({ state: INITIAL_STATE, connected: false })
  line = fakeBridge()
  tasks = []
  stop = startLab(line.bridge, (task) => tasks.push(task))
})
afterEach(() => stop())

it('reduces each frame into the state with one change of the store', () => {
  let changes = 0
  const unsubscribe = useLab.subscribe(() => changes++)
  line.frame(encodeEvents(1, 5, [ADDED, PAUSED]))
  unsubscribe()
  expect(changes).toBe(1)
  expect(useLab.getState().connected).toBe(true)
  expect(useLab.getState().state).toEqual(reduce(INITIAL_STATE, [ADDED, PAUSED]))
})

it('acknowledges a frame once it has been taken in, when its turn comes', () => {
  line.frame(encodeEvents(7, 5, [ADDED]))
  expect(line.acknowledged).toEqual([])
  for (const task of tasks) task()
  expect(line.acknowledged).toEqual([7])
})

it('takes a snapshot in place of everything before', () => {
  line.frame(encodeEvents(1, 5, [ADDED]))
  const other = reduce(INITIAL_STATE, [PAUSED])
  line.frame(encodeSnapshot(2, 9, other, 40))
  expect(useLab.getState().state.nodes.size).toBe(0)
  expect(useLab.getState().state.clock.paused).toBe(true)
})

it('tells listeners what changed after the store has it', () => {
  const heard: [FrameChange, boolean][] = []
  const silence = onFrame((change, state) =>
    heard.push([change, state === useLab.getState().state]),
  )
  line.frame(encodeSnapshot(1, 0, INITIAL_STATE, 0))
  line.frame(encodeEvents(2, 5, [ADDED]))
  silence()
  line.frame(encodeEvents(3, 5, [PAUSED]))
  expect(heard).toEqual([
    [{ kind: 'snapshot' }, true],
    [{ kind: 'events', events: [ADDED] }, true],
  ])
})

it('knows the simulated time of a paused lab exactly', () => {
  line.frame(encodeEvents(1, 1234, [PAUSED]))
  expect(simNow()).toBe(1234)
})

it('says when the line is down and up again', () => {
  line.connected(true)
  expect(useLab.getState().connected).toBe(true)
  line.connected(false)
  expect(useLab.getState().connected).toBe(false)
})

it('gives what went wrong with a command as words, and never rejects', async () => {
  expect(await execute({ type: 'pause' })).toEqual({ ok: true })
  expect(await execute({ type: 'resume' })).toEqual({ ok: false, error: 'The line is cut.' })
  stop()
  expect(await execute({ type: 'pause' })).toMatchObject({ ok: false })
})

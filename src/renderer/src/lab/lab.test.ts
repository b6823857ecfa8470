import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LabEvent } from '../../../shared/events'
import { encodeEvents, encodeSnapshot } from '../../../shared/feed/frame'
import { INITIAL_STATE, reduce } from '../../../shared/state/reduce'
import { fakeBridge } from '../line/testing'
import {
  execute,
  type FrameChange,
  onFrame,
  onLiveFrame,
  showInstead,
  showLiveAgain,
  simNow,
  simSpeed,
  startLab,
  updateShown,
  useLab,
} from './lab'
import { stubFrames } from './testing'

const ADDED: LabEvent = {
  seq: 1,
  at: 0,
  type: 'node.added',
  node: { id: 'server:100', role: 'server', origin: 'inside', protocolId: '100', policy: '111' },
}
const PAUSED: LabEvent = { seq: 2, at: 5, type: 'clock.changed', paused: true, speed: 1 }
const logged = (seq: number, at: number): LabEvent => ({
  seq,
  at,
  type: 'log',
  node: 'server:100',
  level: 'info',
  text: `${seq}`,
})

let stop = () => {}
let line = fakeBridge()
let tasks: (() => void)[] = []
let glides = false
let frames = stubFrames()

beforeEach(() => {
  useLab.setState({ state: INITIAL_STATE, live: INITIAL_STATE, connected: false })
  line = fakeBridge()
  tasks = []
  glides = false
  frames = stubFrames()
  stop = startLab(
    line.bridge,
    (task) => tasks.push(task),
    () => glides,
  )
})
afterEach(() => {
  stop()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

it('reduces each frame into the state with one change of the store', () => {
  let changes = 0
  const unsubscribe = useLab.subscribe(() => changes++)
  line.frame(encodeEvents(1, 5, [ADDED, PAUSED]))
  unsubscribe()
  expect(changes).toBe(1)
  expect(useLab.getState().connected).toBe(true)
  expect(useLab.getState().state).toEqual(reduce(INITIAL_STATE, [ADDED, PAUSED]))
  expect(useLab.getState().live).toBe(useLab.getState().state)
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
  expect(simSpeed()).toBe(0)
})

it('says when the line is down and up again', () => {
  line.connected(true)
  expect(useLab.getState().connected).toBe(true)
  line.connected(false)
  expect(useLab.getState().connected).toBe(false)
})

it('gives what went wrong with a command as words, and never rejects', async () => {
  line.answer = async ({ type }) =>
    type === 'pause' ? { ok: true } : Promise.reject(new Error('The line is cut.'))
  expect(await execute({ type: 'pause' })).toEqual({ ok: true })
  expect(await execute({ type: 'resume' })).toEqual({ ok: false, error: 'The line is cut.' })
  stop()
  expect(await execute({ type: 'pause' })).toMatchObject({ ok: false })
})

it('goes on behind what else is on the screen, and is there at once on the way back', async () => {
  const before = reduce(INITIAL_STATE, [ADDED])
  line.frame(encodeEvents(1, 5, [ADDED, PAUSED]))
  const heard: string[] = []
  const live: string[] = []
  const silences = [onFrame(({ kind }) => heard.push(kind)), onLiveFrame((kind) => live.push(kind))]
  showInstead({ now: () => 3, speed: () => 2, refusal: 'Not here.' }, before)
  line.frame(encodeEvents(2, 5, [logged(3, 5)]))
  expect(useLab.getState().state).toBe(before)
  expect([simNow(), simSpeed()]).toEqual([3, 2])
  expect(await execute({ type: 'resume' })).toEqual({ ok: false, error: 'Not here.' })
  expect(line.commands).toEqual([])

  showLiveAgain()
  updateShown(before, { kind: 'snapshot' })
  for (const silence of silences) silence()
  expect(useLab.getState().state.logs.get('server:100')).toHaveLength(1)
  expect(simNow()).toBe(5)
  expect([heard, live]).toEqual([['snapshot', 'snapshot'], ['events']])
})

/** A paused lab at time 5. */
function pausedLab(): void {
  line.frame(encodeEvents(1, 5, [ADDED, PAUSED]))
  glides = true
}

it('glides through a step: each event at its time, all of them once, and ends at the live state', () => {
  pausedLab()
  const heard: number[][] = []
  const silence = onFrame((change) => {
    if (change.kind === 'events') heard.push(change.events.map(({ seq }) => seq))
  })
  line.frame(encodeEvents(2, 205, [logged(3, 105), logged(4, 205)]))
  expect(useLab.getState().live.seq).toBe(4)
  expect([useLab.getState().state.seq, simNow(), simSpeed()]).toEqual([2, 5, 1])
  frames.run(60)
  expect([useLab.getState().state.seq, simNow()]).toEqual([2, 65])
  frames.run(60)
  expect([useLab.getState().state.seq, simNow()]).toEqual([3, 125])
  frames.run(100)
  expect([useLab.getState().state.seq, simNow(), simSpeed()]).toEqual([4, 205, 0])
  silence()
  expect(heard.filter((seqs) => seqs.length > 0)).toEqual([[3], [4]])
  expect(useLab.getState().state).toBe(useLab.getState().live)
  expect(frames.idle).toBe(true)
})

it('glides no longer than a moment, however far a step goes', () => {
  pausedLab()
  line.frame(encodeEvents(2, 60_005, [logged(3, 60_005)]))
  frames.run(299)
  expect(useLab.getState().state.seq).toBe(2)
  frames.run(1)
  expect(useLab.getState().state.seq).toBe(3)
})

it('tells the speed that the lab reaches while that is less than was asked for', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const reached = () => useLab.getState().reachedSpeed
  const faster = { seq: 1, at: 0, type: 'clock.changed', paused: false, speed: 10 } as const
  line.frame(encodeEvents(1, 0, [faster]))
  vi.advanceTimersByTime(2_500)
  line.frame(encodeEvents(2, 10_000, [logged(2, 10_000)]))
  expect(reached()).toBe(4)
  vi.advanceTimersByTime(2_500)
  line.frame(encodeEvents(3, 35_000, [logged(3, 35_000)]))
  expect(reached()).toBeUndefined()
  vi.advanceTimersByTime(2_500)
  line.frame(encodeEvents(4, 40_000, [logged(4, 40_000)]))
  expect(reached()).toBe(2)
  vi.advanceTimersByTime(5_000)
  // No frame comes any more: nothing happens in the lab.
  expect(reached()).toBeUndefined()
  vi.useRealTimers()
})

it('waits with the acknowledgement for no glide', () => {
  pausedLab()
  line.frame(encodeEvents(2, 205, [logged(3, 205)]))
  for (const task of tasks) task()
  expect(line.acknowledged).toEqual([1, 2])
  expect(useLab.getState().state.seq).toBe(2)
})

it('takes what follows at the same moment along to the end of the glide', () => {
  pausedLab()
  line.frame(encodeEvents(2, 205, [logged(3, 205)]))
  frames.run(100)
  line.frame(encodeEvents(3, 205, [logged(4, 205)]))
  expect(simNow()).toBe(105)
  frames.run(100)
  expect(useLab.getState().state.seq).toBe(4)
})

it('ends a glide at once when time runs again, and tells all of its events', () => {
  pausedLab()
  line.frame(encodeEvents(2, 205, [logged(3, 205)]))
  const heard: number[] = []
  const silence = onFrame((change) => {
    if (change.kind === 'events') heard.push(...change.events.map(({ seq }) => seq))
  })
  line.frame(
    encodeEvents(3, 205, [{ seq: 4, at: 205, type: 'clock.changed', paused: false, speed: 1 }]),
  )
  silence()
  expect(heard).toEqual([3, 4])
  expect(useLab.getState().state).toBe(useLab.getState().live)
  frames.run(500)
  expect(useLab.getState().state.seq).toBe(4)
})

it('pauses at once and glides from there, where a step comes from a running lab', () => {
  glides = true
  line.frame(encodeEvents(1, 0, [ADDED]))
  line.frame(encodeEvents(2, 105, [PAUSED, logged(3, 105)]))
  expect([useLab.getState().state.seq, simNow()]).toEqual([2, 5])
  frames.run(100)
  expect([useLab.getState().state.seq, simNow()]).toEqual([3, 105])
})

it('jumps where nothing may move', () => {
  pausedLab()
  glides = false
  line.frame(encodeEvents(2, 205, [logged(3, 205)]))
  expect([useLab.getState().state.seq, simNow()]).toEqual([3, 205])
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { REPLY_LIMIT_MS } from '../../../shared/limits'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import type { Packet, RowState, State } from '../../../shared/state/state'
import { showInstead, showLiveAgain, updateShown, useLab } from './lab'
import { PACE_MS } from './paced'
import { stubFrames, testPacket } from './testing'
import { atReadingPace, isAtRest, isUnderWay, LATELY_MS, whileTimeRuns } from './ticks'

const HELD = { breakpoint: 1, behind: null }

function lab(packets: readonly Packet[], begun = 0): State {
  return {
    ...INITIAL_STATE,
    inFlight: new Map(packets.map((packet) => [packet.id, packet])),
    totals: { ...INITIAL_STATE.totals, exchanges: { ...INITIAL_STATE.totals.exchanges, begun } },
  }
}

const flying = testPacket(1, { exchange: 1, status: 'flying', endedAt: undefined, dueAt: 600 })
const held = testPacket(2, { exchange: 2, status: 'flying', endedAt: undefined, held: HELD })

it('something flies, until nobody can expect it to arrive', () => {
  expect(isUnderWay(lab([flying], 1), 300)).toBe(true)
  expect(isUnderWay(lab([flying, held], 2), 300)).toBe(true)
  expect(isUnderWay(lab([flying], 1), 600 + 2 * REPLY_LIMIT_MS)).toBe(false)
})

it('a server is left alone until a moment, and a health check flies', () => {
  const row: RowState = {
    server: '1',
    policy: '111',
    listenPort: 1,
    address: '',
    node: 'server:1',
    health: 'down',
    until: 900,
    chosen: 0,
    served: 0,
    failed: 0,
  }
  const ejected = { ...lab([]), rows: new Map([['1', row]]) }
  expect([300, 900].map((now) => isUnderWay(ejected, now))).toEqual([true, false])
  const check = {
    id: 1,
    server: '1',
    node: 'server:1',
    way: 'connect',
    sentAt: 0,
    dueAt: 600,
  } as const
  const checked = { ...lab([]), checks: new Map([[1, check]]) }
  expect([300, 600].map((now) => isUnderWay(checked, now))).toEqual([true, false])
})

it('what is held waits for a hand, not for time', () => {
  expect(isUnderWay(lab([held], 1), 300)).toBe(false)
})

it('an answer is waited for, though nothing flies, as long as it can come', () => {
  expect(isUnderWay(lab([], 1), 300)).toBe(true)
  expect(isUnderWay(lab([held], 2), 300)).toBe(true)
  expect(isUnderWay(lab([], 1), REPLY_LIMIT_MS - 1)).toBe(true)
  expect(isUnderWay(lab([], 1), 2 * REPLY_LIMIT_MS)).toBe(false)
  expect(isUnderWay(lab([]), 300)).toBe(false)
})

it('is at rest once nothing has happened for a while of real time, and never while paused', () => {
  const quiet = { ...lab([]), at: 5_000 }
  const restsAfter = (ms: number, speed: number, state: State = quiet) =>
    isAtRest(state, 5_000 + ms, speed)
  expect([LATELY_MS - 1, LATELY_MS].map((ms) => restsAfter(ms, 1))).toEqual([false, true])
  expect([LATELY_MS, 10 * LATELY_MS].map((ms) => restsAfter(ms, 10))).toEqual([false, true])
  expect(restsAfter(LATELY_MS, 0)).toBe(false)
  expect(restsAfter(LATELY_MS, 1, { ...lab([flying], 1), at: 5_000 })).toBe(false)
})

/** The lab of `show` has been quiet by then. */
const LATER = LATELY_MS
let now = LATER
let speed = 1

/** Shows a lab whose time the test controls. */
function show(state: State): void {
  updateShown(state, { kind: 'snapshot' })
}

/** Afterwards the next change is read at once. */
function waitToRead(): void {
  vi.advanceTimersByTime(3 * PACE_MS)
}

beforeEach(() => {
  vi.useFakeTimers()
  now = LATER
  speed = 1
  showInstead({ now: () => now, speed: () => speed, refusal: '' }, lab([]))
  waitToRead()
})
afterEach(() => {
  showLiveAgain()
  useLab.setState({ state: INITIAL_STATE, live: INITIAL_STATE })
  waitToRead()
  vi.useRealTimers()
})

it('ticks while something is under way, and sets no timer while nothing is', () => {
  const tick = vi.fn()
  const stop = atReadingPace(tick)
  expect(vi.getTimerCount()).toBe(0)

  show(lab([flying], 1))
  vi.advanceTimersByTime(1_000)
  // At the change, after a longer wait for the next one, and then at each interval.
  expect(tick).toHaveBeenCalledTimes(10)

  show(lab([]))
  expect(vi.getTimerCount()).toBe(0)
  stop()
})

it('ticks at the same pace where changes come all the time, not for both', () => {
  const tick = vi.fn()
  const stop = atReadingPace(tick)
  for (let frame = 0; frame < 60; frame++) {
    show(lab([flying], 1))
    vi.advanceTimersByTime(1_000 / 60)
  }
  expect(tick.mock.calls.length).toBeLessThanOrEqual(11)
  stop()
})

it('ticks on for a while after messages that no tick has seen in flight', () => {
  const rests: boolean[] = []
  const stop = atReadingPace(() => rests.push(isAtRest(useLab.getState().state, now, speed)))
  show({ ...lab([]), at: now })
  for (let turn = 0; turn < (2 * LATELY_MS) / PACE_MS; turn++) {
    now += PACE_MS
    vi.advanceTimersByTime(PACE_MS)
  }
  expect(rests.at(-1)).toBe(true)
  expect(rests.indexOf(true)).toBe(rests.length - 1)
  expect(rests.length).toBeGreaterThan(LATELY_MS / PACE_MS / 2)
  expect(vi.getTimerCount()).toBe(0)
  stop()
})

it('sets no timer while time stands, whatever is under way', () => {
  const tick = vi.fn()
  const stop = atReadingPace(tick)
  show(lab([flying], 1))
  speed = 0
  show(lab([flying], 1))
  waitToRead()
  expect(vi.getTimerCount()).toBe(0)
  speed = 1
  show(lab([flying], 1))
  expect(vi.getTimerCount()).toBe(1)
  stop()
  expect(vi.getTimerCount()).toBe(0)
})

it('comes to rest by itself where no frame tells of an end, and tells of that', () => {
  const ticks: boolean[] = []
  const stop = atReadingPace(() => ticks.push(!isAtRest(useLab.getState().state, now, speed)))
  show(lab([], 1))
  vi.advanceTimersByTime(150)
  now = 2 * REPLY_LIMIT_MS
  vi.advanceTimersByTime(1_000)
  expect(ticks).toEqual([true, true, false])
  expect(vi.getTimerCount()).toBe(0)
  stop()
})

it('works before each paint while time runs, and not while it stands still or moves nothing', () => {
  const frames = stubFrames()
  let turns = 0
  show(lab([flying], 1))
  const stop = whileTimeRuns(() => turns++)
  for (let frame = 0; frame < 3; frame++) frames.run(16)
  expect(turns).toBe(4)

  speed = 0
  frames.run(16)
  expect([turns, frames.idle]).toEqual([5, true])
  // A step or a seek is followed at once.
  show(lab([flying], 1))
  expect([turns, frames.idle]).toEqual([6, true])

  speed = 1
  show(lab([held], 1))
  expect([turns, frames.idle]).toEqual([7, true])
  show(lab([flying], 1))
  expect(frames.idle).toBe(false)
  stop()
  const before = turns
  frames.run(16)
  show(lab([flying], 1))
  expect([turns, frames.idle]).toEqual([before, true])
  vi.unstubAllGlobals()
})

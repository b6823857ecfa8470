import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { simNow, startLab, useLab } from '../lab/lab'
import { stubFrames } from '../lab/testing'
import { LATELY_MS } from '../lab/ticks'
import { usePast } from './moment'
import { PastView } from './past-view'
import { shownMoment } from './shown-moment'
import { FakeSession, PROXY_ADDED, SENT } from './testing'

const FINISHED = {
  type: 'exchange.finished',
  exchange: 1,
  client: 'client:1',
  server: '100',
  reason: null,
} as const
const initial = usePast.getState()
let session = new FakeSession()
let frames = stubFrames()
let stops: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  useLab.setState({ state: INITIAL_STATE, live: INITIAL_STATE, connected: false })
  usePast.setState(initial, true)
  session = new FakeSession()
  frames = stubFrames()
  const stopLab = startLab(session.line.bridge, () => {})
  const past = new PastView(session.line.bridge, {
    create: () => session.history(),
    open: async () => session.history(),
  })
  stops = [() => past.close(), stopLab]
})
afterEach(() => {
  for (const stop of stops) stop()
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** Lets time pass for the lab's clock and for whatever waits. */
function pass(ms: number): void {
  frames.run(ms)
  vi.advanceTimersByTime(ms)
}

it('is the one on the timeline, which stands while the lab is idle and its clock runs on', () => {
  session.happen([0, PROXY_ADDED], [10, { ...SENT, dueAt: 600 }])
  pass(300)
  pass(300)
  expect(shownMoment.value).toBeGreaterThan(300)
  expect(shownMoment.value).toBe(usePast.getState().at)

  session.happen(
    [610, { type: 'packet.delivered', packet: 1 }],
    [610, { ...FINISHED, outcome: 'answered' }],
  )
  for (let ms = 0; ms <= LATELY_MS; ms += 200) pass(200)
  const rest = usePast.getState()
  expect(rest.atRest).toBe(true)
  pass(5_000)
  expect(simNow()).toBeGreaterThan(5_000)
  expect(usePast.getState().at).toBe(rest.at)
  expect(shownMoment.value).toBe(rest.at)
})

it('follows the past as it is played, at the pace for reading', () => {
  usePast.setState({ view: 'past', at: 100 })
  vi.advanceTimersByTime(200)
  frames.run(200)
  let changes = 0
  const stop = shownMoment.subscribe(() => changes++)
  for (let at = 116; at <= 1_000; at += 16) {
    usePast.setState({ at })
    pass(16)
  }
  pass(100)
  stop()
  expect(shownMoment.value).toBe(usePast.getState().at)
  expect(changes).toBeLessThanOrEqual(11)
  usePast.setState(initial, true)
})

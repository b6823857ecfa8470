import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Mark } from '../../../shared/state/marks'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { useUi } from '../choices/ui'
import { startLab, useLab } from '../lab/lab'
import { promisesSettled, stubFrames } from '../lab/testing'
import { startPast, usePast } from '../past/past'
import { FakeSession } from '../past/testing'
import { markBeside, seekMark } from './seek-mark'

const initial = usePast.getState()
let stops: (() => void)[] = []

beforeEach(() => {
  useLab.setState({ state: INITIAL_STATE, live: INITIAL_STATE, connected: false })
  usePast.setState(initial, true)
  useUi.setState({ notices: [] })
  stubFrames()
  const session = new FakeSession()
  stops = [
    startLab(
      session.line.bridge,
      () => {},
      () => false,
    ),
    startPast(session.line.bridge, {
      create: () => session.history(),
      open: () => Promise.reject(new Error('This is no recording.')),
    }),
  ]
  const line = (text: string) => ({ type: 'log', node: 'proxy', level: 'info', text }) as const
  session.happen(
    [0, { type: 'node.added', node: { id: 'proxy', role: 'proxy', origin: 'inside' } }],
    [10, line('a')],
    [20, line('b')],
    [30, line('c')],
  )
  const marks: Mark[] = [
    { kind: 'registration', at: 10, seq: 2 },
    { kind: 'error', at: 20, seq: 3 },
  ]
  useLab.setState(({ live }) => ({ live: { ...live, marks } }))
  usePast.setState({ seq: useLab.getState().live.seq })
})
afterEach(() => {
  for (const each of stops.reverse()) each()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

async function go(direction: 1 | -1) {
  seekMark(direction)
  await promisesSettled()
  return usePast.getState()
}

it('goes back from now to the last mark, to the one before it, and on again', async () => {
  expect(await go(-1)).toMatchObject({ view: 'past', seq: 3 })
  expect(await go(-1)).toMatchObject({ view: 'past', seq: 2 })
  expect(await go(1)).toMatchObject({ view: 'past', seq: 3 })
})

it('stays, and says so, where there is no further mark', async () => {
  expect(await go(1)).toMatchObject({ view: 'now' })
  expect(useUi.getState().notices.map(({ text }) => text)).toEqual([
    'There is no mark after this moment.',
  ])
})

it('finds the mark before and after an event', () => {
  const marks = [10, 20, 30].map((seq): Mark => ({ kind: 'held', at: seq, seq }))
  expect(markBeside(marks, 20, 1)?.seq).toBe(30)
  expect(markBeside(marks, 20, -1)?.seq).toBe(10)
  expect(markBeside(marks, 30, 1)).toBeUndefined()
})

// A window whose lab begins another session.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { UserRole } from '../../../shared/commands'
import { encodeSnapshot } from '../../../shared/feed/frame'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { useUi } from '../choices/ui'
import { startLab, useLab } from '../lab/lab'
import { useLine } from '../line/line'
import { usePast } from './past'
import { PastView } from './past-view'
import { FakeHistory, FakeSession } from './testing'

let session: FakeSession
let past: PastView
let histories: FakeHistory[]
let stops: (() => void)[]
const RECORDED = [{ seq: 1, at: 5, type: 'scenario.reset' } as const]

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', () => 0)
  useUi.setState({ notices: [], selection: null })
  useLine.setState({ role: 'operator' })
  session = new FakeSession()
  histories = []
  const stopLab = startLab(
    session.line.bridge,
    () => {},
    () => false,
  )
  past = new PastView(session.line.bridge, {
    create: () => {
      const history = session.history()
      histories.push(history)
      return history
    },
    open: async () => new FakeHistory(RECORDED),
  })
  stops = [() => past.close(), stopLab]
  begin('one')
  session.happen([10, { type: 'scenario.reset' }], [20, { type: 'scenario.reset' }])
})
afterEach(() => {
  for (const stop of stops) stop()
  vi.unstubAllGlobals()
})

/** A snapshot, as at the beginning of a session and after the line was down. */
const begin = (name: string) =>
  session.line.frame(encodeSnapshot(1, 0, INITIAL_STATE, 0, { session: name }))
const looks = () => session.line.commands.filter(({ type }) => type === 'lookBack').length
const notices = () => useUi.getState().notices.map(({ text }) => text)

it('stays in the past when its line comes up again in the same session', async () => {
  await past.seek({ at: 10 })
  begin('one')
  expect(usePast.getState().view).toBe('past')
  expect(notices()).toEqual([])
})

it.each<[UserRole, string]>([
  ['operator', 'The one that you looked back at is kept under “Open recent”.'],
  ['viewer', 'The past that you looked at belongs to the one before.'],
])('leaves the past of the old one, and says so: %s', async (role, words) => {
  useLine.setState({ role })
  await past.seek({ at: 10 })
  useUi.getState().select({ kind: 'packet', id: 3 })
  begin('two')
  expect(usePast.getState().view).toBe('now')
  expect(useLab.getState().session).toBe('two')
  expect(useUi.getState().selection).toBeNull()
  expect(notices()).toEqual([
    `A new session has begun: time, packet numbers and counters start at 0. ${words}`,
  ])
})

it('reads the new one from its beginning', async () => {
  await past.currentHistory()
  session.events.splice(0)
  begin('two')
  session.happen([3, { type: 'scenario.reset' }])
  const history = await past.currentHistory()
  expect(histories[0]?.cleared).toBe(1)
  expect(history.extent).toMatchObject({ to: 3, lastSeq: 1 })
})

it('keeps a recording open, and tells the new session that it still looks back', async () => {
  await past.openRecording(new File([], 'lesson.roundabout'))
  begin('two')
  expect(usePast.getState()).toMatchObject({ view: 'recording', name: 'lesson.roundabout' })
  expect(looks()).toBe(2)
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EventBody } from '../../../shared/events'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { useUi } from '../choices/ui'
import { execute, onFrame, simNow, simSpeed, startLab, useLab } from '../lab/lab'
import { promisesSettled, stubFrames } from '../lab/testing'
import { useLine } from '../line/line'
import { withProgress } from './long-work'
import { atEnd, usePast } from './moment'
import { PastView } from './past-view'
import { FakeHistory, FakeSession, PROXY_ADDED, SENT, story } from './testing'

const line = (text: string): EventBody => ({ type: 'log', node: 'proxy', level: 'info', text })

let past: PastView
let session = new FakeSession()
let frames = stubFrames()
let histories: FakeHistory[] = []
let open = async (_file: Blob): Promise<FakeHistory> => {
  throw new Error('This is no recording.')
}
let stops: (() => void)[] = []
const initial = usePast.getState()

beforeEach(() => {
  useLab.setState({ state: INITIAL_STATE, live: INITIAL_STATE, connected: false })
  usePast.setState(initial, true)
  useUi.setState({ notices: [], pausesWhileLookingBack: true })
  useLine.setState({ role: 'operator' })
  session = new FakeSession()
  histories = []
  frames = stubFrames()
  stops = [
    startLab(
      session.line.bridge,
      () => {},
      () => false,
    ),
    () => past.close(),
  ]
  past = new PastView(session.line.bridge, {
    create: () => {
      const history = session.history()
      histories.push(history)
      return history
    },
    open: (file) => open(file),
  })
  session.happen(
    [0, PROXY_ADDED],
    [10, line('a')],
    [20, line('b')],
    [20, line('c')],
    [30, line('d')],
  )
})
afterEach(() => {
  for (const each of stops.reverse()) each()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const lines = () =>
  (useLab.getState().state.logs.get('proxy') ?? []).map(({ text }) => text).join('')
/** The commands that told the engine about looking back. */
const looks = () =>
  session.line.commands.map(({ type }) => {
    if (type !== 'lookBack' && type !== 'returnToLive') throw new Error(`It was asked to ${type}.`)
    return type === 'lookBack'
  })
const notices = () => useUi.getState().notices.map(({ text }) => text)

it('stands where the lab came to rest, and goes on by itself with what is sent', async () => {
  frames.run(2_000)
  await vi.waitFor(() => expect(usePast.getState()).toMatchObject({ seq: 5, atRest: true }))
  session.happen([40, { ...SENT, dueAt: 60_000 }])
  await vi.waitFor(() => expect(usePast.getState()).toMatchObject({ seq: 6, atRest: false }))
  frames.run(1_000)
  await vi.waitFor(() => expect(usePast.getState().at).toBe(1_040))
})

it('shows a moment of the past, with the lab paused and told of it', async () => {
  const kinds: string[] = []
  const silence = onFrame(({ kind }) => kinds.push(kind))
  await past.seek({ at: 12 })
  silence()
  expect(lines()).toBe('a')
  expect(usePast.getState()).toMatchObject({ view: 'past', seq: 2, at: 12 })
  expect(usePast.getState().extent).toMatchObject({ from: 0, to: 30, lastSeq: 6 })
  expect([simNow(), simSpeed()]).toEqual([12, 0])
  expect(looks()).toEqual([true])
  expect(looks()).toEqual([true])
  // The pause itself was a live event; then a snapshot of the moment was shown.
  expect(kinds).toEqual(['events', 'snapshot'])
})

it('refuses every command in the past, in words', async () => {
  await past.seek({ at: 12 })
  const refused = await execute({ type: 'sendAll' })
  expect(refused).toMatchObject({ ok: false, error: expect.stringMatching(/^This is the past: /) })
  expect(looks()).toEqual([true])
})

it('shows the live state of by then when it comes back, running as before, and tells the engine', async () => {
  await past.seek({ at: 12 })
  session.happen([30, line('e')])
  expect(lines()).toBe('a')
  expect(useLab.getState().live.clock.paused).toBe(true)
  past.backToNow()
  expect(lines()).toBe('abcde')
  expect(useLab.getState().state.clock.paused).toBe(false)
  await vi.waitFor(() => expect(usePast.getState()).toMatchObject({ view: 'now', seq: 8 }))
  expect(looks()).toEqual([true, false])
  expect(await execute({ type: 'sendAll' })).toEqual({ ok: true })
})

it('does of many seeks only the one under way and the last one', async () => {
  await past.seek({ at: 0 })
  const [history] = histories
  if (!history) throw new Error('There is no history.')
  history.held = true
  const all = [5, 10, 20, 15].map((at) => past.seek({ at }))
  await promisesSettled()
  expect(history.sought).toEqual([{ at: 0 }, { at: 5 }])
  history.letSeek()
  await promisesSettled()
  history.letSeek()
  await Promise.all(all)
  expect(history.sought).toEqual([{ at: 0 }, { at: 5 }, { at: 15 }])
  expect(usePast.getState().at).toBe(15)
  expect(lines()).toBe('a')
})

it('goes from event to event, and from the last one back to now', async () => {
  await past.previousEvent()
  expect(lines()).toBe('abc')
  await past.previousEvent()
  expect(lines()).toBe('a')
  await past.nextEvent()
  expect([lines(), usePast.getState().at]).toEqual(['abc', 20])
  await past.nextEvent()
  expect([lines(), atEnd()]).toEqual(['abcd', true])
  await past.nextEvent()
  expect(usePast.getState().view).toBe('now')
})

it('goes back to the event that has happened last, from between two of them', async () => {
  await past.seek({ at: 15 })
  await past.previousEvent()
  expect(usePast.getState()).toMatchObject({ seq: 2, at: 10 })
  await past.previousEvent()
  expect(usePast.getState()).toMatchObject({ seq: 1, at: 0 })
})

it('stays with now where that was asked for while the way into the past was still long', async () => {
  await past.seek({ at: 12 })
  past.backToNow()
  const [history] = histories
  if (!history) throw new Error('There is no history.')
  history.held = true
  const again = past.seek({ at: 12 })
  await promisesSettled()
  past.backToNow()
  history.letSeek()
  await again
  expect(usePast.getState().view).toBe('now')
  expect(lines()).toBe('abcd')
  expect(looks()).toEqual([true, false, true, false])
})

it('says so and stays with now where the past cannot be read', async () => {
  session.line.read = () => Promise.reject(new Error('The disk is gone.'))
  await past.seek({ at: 12 })
  expect(usePast.getState()).toMatchObject({ view: 'now', work: undefined })
  expect(notices()).toEqual(['That moment could not be shown. The disk is gone.'])
  expect(looks()).toEqual([true, false])
})

it('stays with now where reading the session is called off', async () => {
  let deliver = () => {}
  const { read } = session.line
  session.line.read = async (from) => {
    await new Promise<void>((resolve) => {
      deliver = resolve
    })
    return read(from)
  }
  const seeking = past.seek({ at: 12 })
  await promisesSettled()
  usePast.getState().work?.cancel()
  await seeking
  expect(usePast.getState()).toMatchObject({ view: 'now', work: undefined })
  expect(looks()).toEqual([true, false])
  expect(notices()).toEqual([])
  // The read continues: the next request gets its result.
  session.line.read = read
  deliver()
  expect((await past.currentHistory()).extent.lastSeq).toBe(7)
})

it('does not look back where the engine refuses it', async () => {
  session.line.answer = async () => ({ ok: false, error: 'The engine is not connected.' })
  await past.seek({ at: 12 })
  expect(usePast.getState().view).toBe('now')
  expect(looks()).toEqual([true])
  expect(notices()).toHaveLength(1)
})

it('plays each event once and at its time, and stops at the end, in the past', async () => {
  await past.seek({ at: 5 })
  const played: number[] = []
  const silence = onFrame((change) => {
    if (change.kind === 'events') played.push(...change.events.map(({ seq }) => seq))
  })
  past.play()
  await promisesSettled()
  expect(simSpeed()).toBe(1)
  frames.run(4)
  expect([lines(), simNow()]).toEqual(['', 9])
  frames.run(4)
  expect([lines(), simNow(), usePast.getState().at]).toEqual(['a', 13, 13])
  past.setSpeed(2)
  frames.run(4)
  expect([lines(), simNow(), simSpeed()]).toEqual(['abc', 21, 2])
  frames.run(100)
  await promisesSettled()
  frames.run(100)
  silence()
  expect(played).toEqual([2, 3, 4, 5, 6])
  expect(usePast.getState()).toMatchObject({ view: 'past', playing: false, at: 30, seq: 6 })
  expect([atEnd(), simSpeed(), frames.idle]).toEqual([true, 0, true])
})

it('stands where playing was stopped, and goes on from there', async () => {
  await past.seek({ at: 0 })
  past.play()
  await promisesSettled()
  frames.run(12)
  past.stop()
  frames.run(50)
  expect([lines(), simNow(), usePast.getState().playing]).toEqual(['a', 12, false])
  past.play()
  await promisesSettled()
  frames.run(10)
  expect([lines(), simNow()]).toEqual(['abc', 22])
})

it('plays on from where it is dragged to', async () => {
  await past.seek({ at: 0 })
  past.play()
  await promisesSettled()
  frames.run(1)
  await past.seek({ at: 20 })
  await promisesSettled()
  frames.run(10)
  expect([lines(), usePast.getState().playing]).toEqual(['abcd', true])
})

it('does not run on past what has been fetched', async () => {
  await past.seek({ at: 0 })
  past.play()
  frames.run(25)
  expect(simNow()).toBe(0)
  await promisesSettled()
  frames.run(25)
  expect(lines()).toBe('abc')
})

it('brings the history up to date with only what is new', async () => {
  const asked: number[] = []
  const { read } = session.line
  session.line.read = (from) => {
    asked.push(from)
    return read(from)
  }
  await past.currentHistory()
  session.happen([40, line('e')])
  const [one, two] = await Promise.all([past.currentHistory(), past.currentHistory()])
  expect(one).toBe(two)
  expect(one.extent).toMatchObject({ to: 40, lastSeq: 6 })
  expect(asked).toEqual([0, 5])
  expect(histories).toHaveLength(1)
})

it('begins anew where the recording has forgotten what was read', async () => {
  const history = await past.currentHistory()
  session.line.read = async () => ({ bytes: new Uint8Array(2), from: 9, end: 11 })
  await past.currentHistory()
  expect([histories[0]?.cleared, history.extent.lastSeq]).toEqual([1, 2])
})

it('tells a line that came up again that it still looks back', async () => {
  await past.seek({ at: 12 })
  session.line.connected(false)
  session.line.connected(true)
  expect(looks()).toEqual([true, true])
})

describe('a lab that runs on meanwhile', () => {
  const pauses = () =>
    session.line.commands.map((command) => command.type === 'lookBack' && command.pausesLab)

  it('is a viewer’s, and an operator’s who has chosen that', async () => {
    await past.seek({ at: 12 })
    useUi.getState().setPausesWhileLookingBack(false)
    expect(pauses()).toEqual([true, false])
    past.backToNow()
    useUi.getState().setPausesWhileLookingBack(true)
    useLine.setState({ role: 'viewer' })
    await past.seek({ at: 12 })
    expect(pauses()).toEqual([true, false, false, false])
  })

  it('makes the timeline longer, and leads event by event to what is new', async () => {
    useUi.getState().setPausesWhileLookingBack(false)
    await past.seek({ at: 30 })
    expect([lines(), atEnd()]).toEqual(['abcd', true])
    session.happen([40, line('e')], [50, line('f')])
    expect(lines()).toBe('abcd')
    await vi.waitFor(() => expect(usePast.getState().extent.lastSeq).toBe(7))
    expect(atEnd()).toBe(false)
    await past.nextEvent()
    expect(lines()).toBe('abcde')
    await past.nextEvent()
    expect([lines(), usePast.getState().view]).toEqual(['abcdef', 'past'])
    session.happen([60, line('g')])
    await vi.waitFor(() => expect(usePast.getState().extent.lastSeq).toBe(8))
    await past.seek({ at: 60 })
    expect(lines()).toBe('abcdefg')
  })

  it('is played on to what has happened since', async () => {
    useUi.getState().setPausesWhileLookingBack(false)
    await past.seek({ at: 25 })
    past.play()
    await promisesSettled()
    session.happen([40, line('e')])
    for (let frame = 0; frame < 20; frame++) {
      frames.run(5)
      await promisesSettled()
    }
    expect(lines()).toBe('abcde')
    expect(usePast.getState().playing).toBe(false)
  })
})

const RECORDED = story([
  [100, PROXY_ADDED],
  [1110, line('x')],
  [1120, line('y')],
])

it('opens a recording where its lab is set up and closes it on the live lab, which runs on as before', async () => {
  const recording = new FakeHistory(RECORDED)
  open = async () => recording
  await past.openRecording(new File([], 'lesson.roundabout'))
  expect(usePast.getState()).toMatchObject({
    view: 'recording',
    name: 'lesson.roundabout',
    at: 1100,
  })
  expect(looks()).toEqual([true])
  expect(await past.currentHistory()).toBe(recording)
  expect(await execute({ type: 'sendAll' })).toMatchObject({
    error: expect.stringMatching(/^This is a recording: /),
  })
  await past.nextEvent()
  expect(lines()).toBe('x')
  await past.seek({ at: 1120 })
  await past.nextEvent()
  expect([lines(), usePast.getState().view]).toEqual(['xy', 'recording'])
  past.play()
  await promisesSettled()
  past.setSpeed(10)
  for (let frame = 0; frame < 5; frame++) frames.run(20.3)
  expect(lines()).toBe('x')
  past.backToNow()
  expect([lines(), useLab.getState().state.clock.paused]).toEqual(['abcd', false])
  expect([recording.closed, usePast.getState().name]).toEqual([true, undefined])
})

it('leaves the past for a recording, and one recording for another', async () => {
  await past.seek({ at: 12 })
  const [first, second] = [new FakeHistory(RECORDED), new FakeHistory(RECORDED)]
  open = async () => first
  await past.openRecording(new File([], 'one.roundabout'))
  open = async () => second
  await past.openRecording(new File([], 'two.roundabout'))
  expect([first.closed, second.closed]).toEqual([true, false])
  expect(usePast.getState().name).toBe('two.roundabout')
  expect(looks()).toEqual([true])
})

it('opens the recording that was asked for last, whichever is read first', async () => {
  const [slow, fast] = [new FakeHistory(RECORDED), new FakeHistory(RECORDED)]
  slow.held = true
  open = async () => slow
  const first = past.openRecording(new File([], 'slow.roundabout'))
  await promisesSettled()
  open = async () => fast
  expect(await past.openRecording(new File([], 'fast.roundabout'))).toBe(true)
  slow.held = false
  slow.letSeek()
  expect(await first).toBe(false)
  expect([slow.closed, fast.closed, usePast.getState().name]).toEqual([
    true,
    false,
    'fast.roundabout',
  ])
})

it('stays with now where that was asked for while a recording was being opened', async () => {
  const recording = new FakeHistory(RECORDED)
  recording.held = true
  open = async () => recording
  const opening = past.openRecording(new File([], 'lesson.roundabout'))
  await promisesSettled()
  past.backToNow()
  recording.held = false
  recording.letSeek()
  expect(await opening).toBe(false)
  expect([recording.closed, usePast.getState().view]).toEqual([true, 'now'])
  expect(looks()).toEqual([])
})

it('opens a recording where the engine is gone', async () => {
  session.line.answer = async () => ({ ok: false, error: 'The engine is not connected.' })
  open = async () => new FakeHistory(RECORDED)
  await past.openRecording(new File([], 'lesson.roundabout'))
  expect(usePast.getState().view).toBe('recording')
  expect(notices()).toEqual([])
})

it('opens nothing where a file is no recording, and says why', async () => {
  open = () => Promise.reject(new Error('This is no recording of Roundabout.'))
  await past.openRecording(new File([], 'cat.png'))
  expect(usePast.getState()).toMatchObject({ view: 'now', work: undefined })
  expect(notices()).toEqual(['cat.png was not opened. This is no recording of Roundabout.'])
  expect(session.line.commands).toEqual([])
})

it('shows how far long work is, and gives nothing where it was called off', async () => {
  const result = withProgress('Counting', async ({ onProgress, signal }) => {
    onProgress?.(0.5)
    expect(usePast.getState().work).toMatchObject({ title: 'Counting', done: 0.5 })
    usePast.getState().work?.cancel()
    signal?.throwIfAborted()
    return 'counted'
  })
  expect(await result).toBeUndefined()
  expect(usePast.getState().work).toBeUndefined()
  expect(await withProgress('Counting', async () => 7)).toBe(7)
})

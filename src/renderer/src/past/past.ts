// Which moment is on the screen: now, one of the past of the running session, or one of a recording. In the past
// `useLab().state` is the state of that moment, and every view shows the past without knowing it.
import type { Bridge } from '../../../shared/contract'
import type { SimMs } from '../../../shared/ids'
import type { Mark, State } from '../../../shared/state/state'
import { wordsOf } from '../../../shared/words-of'
import { useUi } from '../choices/ui'
import {
  type Elsewhere,
  liveNow,
  lookAtLive,
  lookElsewhere,
  onLiveFrame,
  showElsewhere,
  simNow,
  simSpeed,
  useLab,
} from '../lab/lab'
import { onPaced } from '../lab/paced'
import { isUnderWay, whileUnderWay } from '../lab/ticks'
import { useLine } from '../line/line'
import {
  createHistory,
  type Extent,
  type History,
  type LongWork,
  type Moment,
  openHistory,
} from './history/history'
import { withProgress } from './long-work'
import { atEnd, REFUSALS, usePast } from './moment'
import { Player } from './player'
import { SessionHistory } from './session-history'

export { withProgress } from './long-work'
export { atEnd, type Past, type Refusal, refusalNow, usePast, useRefusal } from './moment'

/** Where histories come from. */
interface Histories {
  create: typeof createHistory
  open: typeof openHistory
}

type Wish = Moment | 'previous' | 'next'

let bridge: Bridge | undefined
let histories: Histories
let session: SessionHistory | undefined
let opened: History | undefined
let player: Player | undefined
/** Whether the engine knows that this window looks back, or was asked to. */
let looking = false
/** Counts the arrivals at now and in recordings: what was asked for before is out of date then. */
let visit = 0
/** Counts openings: the last one that was asked for is the one that opens. */
let openings = 0
/** The last moment asked for that is not being looked for yet. */
let wish: Wish | undefined
let seeking: Promise<void> | undefined

/** Starts to follow the lab. Returns the way to stop. */
export function startPast(
  newBridge: Bridge,
  newHistories: Histories = { create: createHistory, open: openHistory },
): () => void {
  bridge = newBridge
  histories = newHistories
  session = new SessionHistory(newBridge, newHistories.create)
  const stops = [
    onPaced(growWithLab),
    whileUnderWay(growWithLab),
    useUi.subscribe(({ pausesWhileLookingBack: pauses }, before) => {
      if (looking && pauses !== before.pausesWhileLookingBack) void lookBack().catch(() => {})
    }),
    onLiveFrame((kind) => {
      if (kind === 'snapshot') followAnotherEngine()
      if (usePast.getState().view === 'past') growWithLab()
    }),
    newBridge.onConnected((connected) => {
      if (!connected) session?.beginAnew()
      else if (looking) void lookBack().catch(() => {})
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    arriveAtNow()
    session?.close()
    session = undefined
    bridge = undefined
  }
}

/** Shows a moment of the past. The last one asked for wins. */
export function seek(moment: Moment): Promise<void> {
  return wishFor(moment)
}

/** The moments at which something happened, one after another. `nextEvent` from the last one leads back to now. */
export function previousEvent(): Promise<void> {
  stop()
  return wishFor('previous')
}

export function nextEvent(): Promise<void> {
  if (usePast.getState().view === 'now' && !seeking) return Promise.resolve()
  stop()
  return wishFor('next')
}

/** Plays the past forward, at its own speed, until its end; a recording at its end from its beginning. */
export function play(): void {
  const { view, playing, at, extent } = usePast.getState()
  if (view === 'now' || playing) return
  if (!atEnd()) {
    startPlaying()
  } else if (view === 'recording' && at > extent.from) {
    const here = visit
    void seek({ at: extent.from }).then(() => {
      if (here === visit) startPlaying()
    })
  }
}

export function stop(): void {
  const { playing } = usePast.getState()
  if (!playing) return
  const at = player?.now ?? usePast.getState().at
  player?.stop()
  player = undefined
  usePast.setState({ playing: false, at })
  // Time stands still from here: whoever reckons it has to hear of that.
  showElsewhere(useLab.getState().state, { kind: 'events', events: [] })
}

export function setPastSpeed(speed: number): void {
  player?.setSpeed(speed)
  usePast.setState({ speed })
  showElsewhere(useLab.getState().state, { kind: 'events', events: [] })
}

/** Leaves the past, or the recording: the live state is on the screen again, and the lab as it was before. */
export function backToNow(): void {
  arriveAtNow()
  // What was refused there is allowed again.
  const { notices, dismiss } = useUi.getState()
  for (const { id, text } of notices)
    if (text === REFUSALS.past.sentence || text === REFUSALS.recording.sentence) dismiss(id)
}

/**
 * Opens a recording from a file, in place of an opening that is under way; whether it was opened. What is wrong with it is
 * said in a notice, and nothing changes then.
 */
export async function openRecording(file: File): Promise<boolean> {
  const opening = ++openings
  usePast.getState().work?.cancel()
  try {
    const history = await withProgress(`Opening ${file.name}`, (work) => histories.open(file, work))
    if (!history) return false
    if (opening === openings) {
      await enterRecording(history, file.name)
      const { notice } = history.extent
      if (notice !== undefined) useUi.getState().notify('info', notice)
      return true
    }
    history.close()
  } catch (error) {
    useUi.getState().notify('error', `${file.name} was not opened. ${wordsOf(error)}`)
  }
  return false
}

/** The history of what is on the screen, up to date: the running session's, or the open recording's. */
export async function currentHistory(work?: LongWork): Promise<History> {
  if (opened) return opened
  if (!session) throw new Error('The engine is not connected.')
  const { view } = usePast.getState()
  if (view === 'past' && session.known) return session.known
  return session.upToDate(work)
}

function wishFor(newWish: Wish): Promise<void> {
  wish = newWish
  seeking ??= followWishes()
  return seeking
}

async function followWishes(): Promise<void> {
  while (wish !== undefined) {
    const next = wish
    wish = undefined
    const here = visit
    try {
      await fulfil(next)
    } catch (error) {
      // What was looked at has been left meanwhile: nobody waits for it any more.
      if (here !== visit) continue
      wish = undefined
      if (usePast.getState().view === 'now') returnToLive()
      useUi.getState().notify('error', `That moment could not be shown. ${wordsOf(error)}`)
    }
  }
  seeking = undefined
}

async function fulfil(next: Wish): Promise<void> {
  const here = visit
  const entering = usePast.getState().view === 'now'
  const known = entering ? await lookIntoSession() : (opened ?? session?.known)
  if (here !== visit) return
  if (!known) return returnToLive()
  if (next === 'next' && !entering && atEnd()) {
    if (!opened) arriveAtNow()
    return
  }
  const history = opened ? known : await readUpTo(next, known)
  if (here !== visit) return
  const extent = opened ? known.extent : sessionExtent(history)
  const moment = momentOf(next, entering, extent)
  const state = await history.seek(moment)
  if (here !== visit) return
  const at = 'at' in moment ? Math.min(extent.to, Math.max(extent.from, moment.at)) : state.at
  const place = { extent, seq: state.seq, at }
  if (entering) {
    usePast.setState({ view: 'past', ...place })
    lookElsewhere(elsewhere(REFUSALS.past.sentence), state)
    return
  }
  const { playing } = usePast.getState()
  player?.stop()
  player = undefined
  usePast.setState(place)
  showElsewhere(state, { kind: 'snapshot' })
  if (playing) startPlaying()
}

function momentOf(next: Wish, entering: boolean, extent: Extent): Moment {
  if (typeof next === 'object') return next
  const { seq, at } = usePast.getState()
  if (entering) return { before: extent.lastSeq }
  if (next === 'previous') {
    // Between two events, the one before is the last one that has happened.
    return at > useLab.getState().state.at ? { seq } : { before: seq }
  }
  // After the last event there may still be time in which nothing happened.
  return seq >= extent.lastSeq ? { at: extent.to } : { after: seq }
}

/** Tells the engine, and reads the session up to now. Undefined where that came too late. */
async function lookIntoSession(): Promise<History | undefined> {
  const here = visit
  await lookBack()
  if (here !== visit || !session) return undefined
  return withProgress('Reading the session', (work) => currentHistory(work))
}

async function enterRecording(history: History, name: string): Promise<void> {
  const { extent } = history
  const at = Math.min(extent.to, extent.from + SETTING_UP_MS)
  const { state, marks } = await firstAndLast(history, at).catch((error: unknown) => {
    history.close()
    throw error
  })
  // A recording can be looked at without an engine too.
  if (!looking) await lookBack().catch(() => {})
  leave()
  opened = history
  usePast.setState({ view: 'recording', name, extent, marks, seq: state.seq, at })
  lookElsewhere(elsewhere(REFUSALS.recording.sentence), state)
}

/** A lab sets itself up in its first second: a recording opens behind that, not on an empty canvas. */
const SETTING_UP_MS = 1_000

/** What is shown of a recording first, and the marks that it has come to at its end. */
async function firstAndLast(
  history: History,
  at: SimMs,
): Promise<{ state: State; marks: readonly Mark[] }> {
  const { marks } = await history.seek({ at: history.extent.to })
  return { state: await history.seek({ at }), marks }
}

/** The session's history, with what is new where this moment is later than what has been read: the lab may run on. */
async function readUpTo(next: Wish, known: History): Promise<History> {
  const { lastSeq, to } = known.extent
  if (!session || lastSeq >= useLab.getState().live.seq) return known
  const isLater =
    next === 'next'
      ? usePast.getState().seq >= lastSeq
      : typeof next === 'object' && 'at' in next && next.at > to
  return isLater ? session.upToDate() : known
}

/** What the timeline spans: while the lab runs, it is longer than what has been read. */
function sessionExtent({ extent }: History): Extent {
  const { live } = useLab.getState()
  if (live.seq <= extent.lastSeq) return extent
  return {
    ...extent,
    to: Math.max(extent.to, liveNow()),
    lastSeq: live.seq,
    packets: live.packets.end,
  }
}

/** Tells the engine that this window looks back. Rejects with an Error in words where it cannot be told. */
async function lookBack(): Promise<void> {
  if (!bridge) throw new Error('The engine is not connected.')
  const { role } = useLine.getState()
  const pausesLab = role === 'operator' && useUi.getState().pausesWhileLookingBack
  looking = true
  const result = await bridge.execute({ type: 'lookBack', pausesLab })
  if (result.ok) return
  looking = false
  throw new Error(result.error)
}

function returnToLive(): void {
  if (!looking) return
  looking = false
  void bridge?.execute({ type: 'returnToLive' })
}

/** What was asked for up to here, and what is played, is over. */
function leave(): void {
  visit++
  wish = undefined
  player?.stop()
  player = undefined
  opened?.close()
  opened = undefined
  usePast.setState({ playing: false, name: undefined, marks: [], speed: 1 })
}

function arriveAtNow(): void {
  const { view } = usePast.getState()
  leave()
  returnToLive()
  if (view === 'now') return
  usePast.setState({ view: 'now' })
  lookAtLive()
  growWithLab()
}

function startPlaying(): void {
  const history = opened ?? session?.known
  if (!history || usePast.getState().view === 'now') return
  player?.stop()
  const { at, speed } = usePast.getState()
  player = new Player(history, useLab.getState().state, at, speed, {
    moment: (state, events, now) => {
      usePast.setState({ seq: state.seq, at: now })
      if (events.length > 0) showElsewhere(state, { kind: 'events', events })
    },
    ended: () => void playOn(),
    failed: (error) => {
      stop()
      useUi.getState().notify('error', `The past could not be played on. ${wordsOf(error)}`)
    },
  })
  usePast.setState({ playing: true })
  showElsewhere(useLab.getState().state, { kind: 'events', events: [] })
}

/** At the end of what has been read: further where the lab has run on, else it stops. */
async function playOn(): Promise<void> {
  const here = visit
  const { live } = useLab.getState()
  if (!opened && session?.known && session.known.extent.lastSeq < live.seq) {
    await session.upToDate().catch(() => {})
    if (here !== visit || !usePast.getState().playing) return
    if (session.known.extent.to > usePast.getState().at) {
      usePast.setState({ extent: sessionExtent(session.known) })
      return startPlaying()
    }
  }
  stop()
}

function elsewhere(refusal: string): Elsewhere {
  return {
    now: () => player?.now ?? usePast.getState().at,
    speed: () => player?.speed ?? 0,
    refusal,
  }
}

/** The timeline grows with the lab; while now is on the screen, a lab at rest stands where that began. */
function growWithLab(): void {
  const { view } = usePast.getState()
  if (view === 'past' && session?.known) {
    const grown = sessionExtent(session.known)
    if (grown.lastSeq > usePast.getState().extent.lastSeq) usePast.setState({ extent: grown })
  }
  if (view !== 'now') return
  const { live } = useLab.getState()
  const known = session?.known?.extent
  const extent: Extent = {
    from: known?.from ?? 0,
    to: simNow(),
    firstSeq: known?.firstSeq ?? 1,
    lastSeq: live.seq,
    packets: live.packets.end,
  }
  const atRest = simSpeed() > 0 && !isUnderWay(live, extent.to)
  usePast.setState({ extent, seq: live.seq, at: extent.to, atRest })
}

/** A snapshot of a session that is not as far as the one on the screen: the engine was started anew. */
function followAnotherEngine(): void {
  const { view, extent } = usePast.getState()
  if (view !== 'past' || useLab.getState().live.seq >= extent.lastSeq) return
  session?.beginAnew()
  arriveAtNow()
  useUi.getState().notify('info', 'Roundabout was restarted: its past began anew.')
}

// Switches the screen between live, the past of the running session, and a recording. While looking back,
// `useLab().state` is the state of that moment, so that every view shows the past without knowing it.
import type { Bridge } from '../../../shared/contract'
import { errorText } from '../../../shared/error-text'
import type { State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import {
  liveNow,
  onLiveFrame,
  type ShownInstead,
  showInstead,
  showLiveAgain,
  simNow,
  simSpeed,
  updateShown,
  useLab,
} from '../lab/lab'
import { onPaced } from '../lab/paced'
import { isUnderWay, whileUnderWay } from '../lab/ticks'
import { useLine } from '../line/line'
import type {
  createHistory,
  Extent,
  History,
  LongWork,
  Moment,
  openHistory,
} from './history/history'
import { withProgress } from './long-work'
import { atEnd, type Past, REFUSALS, usePast } from './moment'
import { newSessionWords } from './new-session-words'
import { firstAndLast, SETTING_UP_MS } from './opening'
import { Player } from './player'
import { SessionHistory } from './session-history'

/** Creates histories; tests pass their own. */
export interface Histories {
  create: typeof createHistory
  open: typeof openHistory
}

type Wish = Moment | 'previous' | 'next'

export class PastView {
  private readonly session: SessionHistory
  private opened: History | undefined
  private player: Player | undefined
  /** Whether the engine was told that this window looks back. */
  private looking = false
  /** Counts the returns to live and the openings of recordings, which invalidate earlier requests. */
  private visit = 0
  /** Counts openings: only the latest requested one opens. */
  private openings = 0
  /** The latest requested moment whose search has not begun. */
  private wish: Wish | undefined
  private seeking: Promise<void> | undefined
  /** The name of the session that the lab showed last. */
  private sessionName: string | undefined
  private readonly stops: readonly (() => void)[]

  /** Follows the lab from now on. */
  constructor(
    private readonly bridge: Bridge,
    private readonly histories: Histories,
  ) {
    this.session = new SessionHistory(bridge, histories.create)
    const growWithLab = () => this.growWithLab()
    const lookBackAgain = () => {
      if (this.looking) void this.lookBack().catch(() => {})
    }
    this.stops = [
      onPaced(growWithLab),
      whileUnderWay(growWithLab),
      useUi.subscribe(({ pausesWhileLookingBack: pauses }, before) => {
        if (pauses !== before.pausesWhileLookingBack) lookBackAgain()
      }),
      onLiveFrame((kind) => {
        if (kind === 'snapshot') this.followSession()
        if (usePast.getState().view === 'past') growWithLab()
      }),
      bridge.onConnected((connected) => {
        if (connected) lookBackAgain()
      }),
    ]
  }

  /** Returns to live, and no longer follows the lab. */
  close(): void {
    for (const stop of this.stops) stop()
    this.arriveAtNow()
    this.session.close()
  }

  /** Shows a moment of the past. The latest request wins. */
  seek(moment: Moment): Promise<void> {
    return this.wishFor(moment)
  }

  /** Shows the last moment before this one that has an event. */
  previousEvent(): Promise<void> {
    this.stop()
    return this.wishFor('previous')
  }

  /** Shows the next moment that has an event; after the last one, returns to live. */
  nextEvent(): Promise<void> {
    if (usePast.getState().view === 'now' && !this.seeking) return Promise.resolve()
    this.stop()
    return this.wishFor('next')
  }

  /** Plays the past at its own speed to its end; a recording that is at its end, from its beginning. */
  play(): void {
    const { view, playing, at, extent } = usePast.getState()
    if (view === 'now' || playing) return
    if (!atEnd()) {
      this.startPlaying()
    } else if (view === 'recording' && at > extent.from) {
      const here = this.visit
      void this.seek({ at: extent.from }).then(() => {
        if (here === this.visit) this.startPlaying()
      })
    }
  }

  stop(): void {
    const { playing } = usePast.getState()
    if (!playing) return
    const at = this.player?.now ?? usePast.getState().at
    this.player?.stop()
    this.player = undefined
    usePast.setState({ playing: false, at })
    // Tells those who extrapolate the time that it has stopped.
    updateShown(useLab.getState().state, { kind: 'events', events: [] })
  }

  setSpeed(speed: number): void {
    this.player?.setSpeed(speed)
    usePast.setState({ speed })
    updateShown(useLab.getState().state, { kind: 'events', events: [] })
  }

  /** Leaves the past or the recording: the screen is live again, and the lab is paused or runs as before. */
  backToNow(): void {
    this.arriveAtNow()
    // What was refused while looking back is allowed again.
    const { notices, dismiss } = useUi.getState()
    for (const { id, text } of notices)
      if (text === REFUSALS.past.sentence || text === REFUSALS.recording.sentence) dismiss(id)
  }

  /**
   * Opens a recording from a file, and cancels an earlier opening. Returns whether it was opened; if not, a notice says
   * why and nothing changes.
   */
  async openRecording(file: File): Promise<boolean> {
    const opening = ++this.openings
    const here = this.visit
    const isWanted = () => opening === this.openings && here === this.visit
    usePast.getState().work?.cancel()
    try {
      const history = await withProgress(`Opening ${file.name}`, (work) =>
        this.histories.open(file, work),
      )
      if (!history) return false
      if (await this.enterRecording(history, file.name, isWanted)) {
        const { notice } = history.extent
        if (notice !== undefined) useUi.getState().notify('info', notice)
        return true
      }
    } catch (error) {
      useUi.getState().notify('error', `${file.name} was not opened. ${errorText(error)}`)
    }
    return false
  }

  /** The up-to-date history of what is on the screen: the running session's, or the open recording's. */
  async currentHistory(work?: LongWork): Promise<History> {
    if (this.opened) return this.opened
    const { view } = usePast.getState()
    if (view === 'past' && this.session.known) return this.session.known
    return this.session.upToDate(work)
  }

  private wishFor(newWish: Wish): Promise<void> {
    this.wish = newWish
    this.seeking ??= this.followWishes()
    return this.seeking
  }

  private async followWishes(): Promise<void> {
    while (this.wish !== undefined) {
      const next = this.wish
      this.wish = undefined
      const here = this.visit
      try {
        await this.fulfil(next)
      } catch (error) {
        // The view has changed, so that the moment is no longer needed.
        if (here !== this.visit) continue
        this.wish = undefined
        if (usePast.getState().view === 'now') this.returnToLive()
        useUi.getState().notify('error', `That moment could not be shown. ${errorText(error)}`)
      }
    }
    this.seeking = undefined
  }

  private async fulfil(next: Wish): Promise<void> {
    const here = this.visit
    const entering = usePast.getState().view === 'now'
    const known = entering ? await this.lookIntoSession() : (this.opened ?? this.session.known)
    if (here !== this.visit) return
    if (!known) return this.returnToLive()
    if (next === 'next' && !entering && atEnd()) {
      if (!this.opened) this.arriveAtNow()
      return
    }
    const history = this.opened ? known : await this.readUpTo(next, known)
    if (here !== this.visit) return
    const extent = this.opened ? known.extent : sessionExtent(history)
    const moment = momentOf(next, entering, extent)
    const state = await history.seek(moment)
    if (here !== this.visit) return
    const at = 'at' in moment ? Math.min(extent.to, Math.max(extent.from, moment.at)) : state.at
    const place = { extent, seq: state.seq, at }
    if (entering) {
      usePast.setState({ view: 'past', ...place })
      showInstead(this.shownInstead(REFUSALS.past.sentence), state)
      return
    }
    const { playing } = usePast.getState()
    this.player?.stop()
    this.player = undefined
    usePast.setState(place)
    updateShown(state, { kind: 'snapshot' })
    if (playing) this.startPlaying()
  }

  /** Tells the engine, and reads the session up to now; undefined if the view has changed by then. */
  private async lookIntoSession(): Promise<History | undefined> {
    const here = this.visit
    await this.lookBack()
    if (here !== this.visit) return undefined
    return withProgress('Reading the session', (work) => this.currentHistory(work))
  }

  /** Shows the recording, or closes it if it is no longer wanted by then. Returns whether it is shown. */
  private async enterRecording(
    history: History,
    name: string,
    isWanted: () => boolean,
  ): Promise<boolean> {
    const { extent } = history
    const at = Math.min(extent.to, extent.from + SETTING_UP_MS)
    try {
      const { state, marks } = await firstAndLast(history, at)
      // A recording can be viewed without an engine too.
      if (isWanted() && !this.looking) await this.lookBack().catch(() => {})
      if (isWanted()) {
        this.show(history, name, { extent, marks, seq: state.seq, at }, state)
        return true
      }
    } catch (error) {
      history.close()
      throw error
    }
    history.close()
    return false
  }

  private show(
    history: History,
    name: string,
    place: Pick<Past, 'extent' | 'marks' | 'seq' | 'at'>,
    state: State,
  ): void {
    this.leave()
    this.opened = history
    usePast.setState({ view: 'recording', name, ...place })
    showInstead(this.shownInstead(REFUSALS.recording.sentence), state)
  }

  /** The session's history, read on if this moment is later than what has been read, since the lab may run. */
  private async readUpTo(next: Wish, known: History): Promise<History> {
    const { lastSeq, to } = known.extent
    if (lastSeq >= useLab.getState().live.seq) return known
    const isLater =
      next === 'next'
        ? usePast.getState().seq >= lastSeq
        : typeof next === 'object' && 'at' in next && next.at > to
    return isLater ? this.session.upToDate() : known
  }

  /** Tells the engine that this window looks back. Rejects with an Error in words if that fails. */
  private async lookBack(): Promise<void> {
    const { role } = useLine.getState()
    const pausesLab = role === 'operator' && useUi.getState().pausesWhileLookingBack
    this.looking = true
    const result = await this.bridge.execute({ type: 'lookBack', pausesLab })
    if (result.ok) return
    this.looking = false
    throw new Error(result.error)
  }

  private returnToLive(): void {
    if (!this.looking) return
    this.looking = false
    void this.bridge.execute({ type: 'returnToLive' })
  }

  /** Cancels requests and playing, and closes the recording. */
  private leave(): void {
    this.visit++
    this.wish = undefined
    this.player?.stop()
    this.player = undefined
    this.opened?.close()
    this.opened = undefined
    usePast.setState({ playing: false, name: undefined, marks: [], speed: 1 })
  }

  private arriveAtNow(): void {
    const { view } = usePast.getState()
    this.leave()
    this.returnToLive()
    if (view === 'now') return
    usePast.setState({ view: 'now' })
    showLiveAgain()
    this.growWithLab()
  }

  private startPlaying(): void {
    const history = this.opened ?? this.session.known
    if (!history || usePast.getState().view === 'now') return
    this.player?.stop()
    const { at, speed } = usePast.getState()
    this.player = new Player(history, useLab.getState().state, at, speed, {
      moment: (state, events, now) => {
        usePast.setState({ seq: state.seq, at: now })
        if (events.length > 0) updateShown(state, { kind: 'events', events })
      },
      ended: () => void this.playOn(),
      failed: (error) => {
        this.stop()
        useUi.getState().notify('error', `The past could not be played on. ${errorText(error)}`)
      },
    })
    usePast.setState({ playing: true })
    updateShown(useLab.getState().state, { kind: 'events', events: [] })
  }

  /** Continues with newer events at the end of what has been read, or stops without any. */
  private async playOn(): Promise<void> {
    const here = this.visit
    const { live } = useLab.getState()
    if (!this.opened && this.session.known && this.session.known.extent.lastSeq < live.seq) {
      await this.session.upToDate().catch(() => {})
      if (here !== this.visit || !usePast.getState().playing) return
      if (this.session.known.extent.to > usePast.getState().at) {
        usePast.setState({ extent: sessionExtent(this.session.known) })
        return this.startPlaying()
      }
    }
    this.stop()
  }

  private shownInstead(refusal: string): ShownInstead {
    return {
      now: () => this.player?.now ?? usePast.getState().at,
      speed: () => this.player?.speed ?? 0,
      refusal,
    }
  }

  /** Extends the timeline to the lab's time. It does not grow while the lab is idle. */
  private growWithLab(): void {
    const { view } = usePast.getState()
    if (view === 'past' && this.session.known) {
      const grown = sessionExtent(this.session.known)
      if (grown.lastSeq > usePast.getState().extent.lastSeq) usePast.setState({ extent: grown })
    }
    if (view !== 'now') return
    const { live } = useLab.getState()
    const known = this.session.known?.extent
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

  /** Leaves the past of a session that has ended, and forgets it. */
  private followSession(): void {
    const { session } = useLab.getState()
    const before = this.sessionName
    this.sessionName = session
    if (before === undefined || session === before) return
    this.session.beginAnew()
    const { view } = usePast.getState()
    const { select, notify } = useUi.getState()
    if (view === 'recording') {
      if (this.looking) void this.lookBack().catch(() => {})
    } else {
      this.arriveAtNow()
      this.growWithLab()
      select(null)
    }
    notify('info', newSessionWords(view, useLine.getState().role))
  }
}

/** The span of the timeline: while the lab runs, it is longer than what has been read. */
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

function momentOf(next: Wish, entering: boolean, extent: Extent): Moment {
  if (typeof next === 'object') return next
  const { seq, at } = usePast.getState()
  if (entering) return { before: extent.lastSeq }
  if (next === 'previous') {
    // Between two events, the earlier one is the previous one.
    return at > useLab.getState().state.at ? { seq } : { before: seq }
  }
  // Time may have passed after the last event.
  return seq >= extent.lastSeq ? { at: extent.to } : { after: seq }
}

// Switches the screen between live, the past of the running session, and a recording. While looking back,
// `useLab().state` is the state of that moment, so that every view shows the past without knowing it.
import type { Bridge } from '../../../shared/contract'
import { errorText } from '../../../shared/error-text'
import type { State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import {
  onLiveFrame,
  type ShownInstead,
  showInstead,
  showLiveAgain,
  updateShown,
  useLab,
} from '../lab/lab'
import { atReadingPace } from '../lab/ticks'
import { useLine } from '../line/line'
import type { createHistory, History, LongWork, Moment, openHistory } from './history/history'
import { withProgress } from './long-work'
import { LookBackReport } from './look-back-report'
import { atEnd, NO_RECORDING, type Past, REFUSALS, usePast } from './moment'
import { newSessionWords } from './new-session-words'
import { firstAndLast, SETTING_UP_MS } from './opening'
import { PastPlayback } from './past-playback'
import { livePlace, sessionExtent } from './session-extent'
import { SessionHistory } from './session-history'
import { momentOf, type Wish, Wishes } from './wishes'

/** Creates histories; tests pass their own. */
export interface Histories {
  create: typeof createHistory
  open: typeof openHistory
}

export class PastView {
  private readonly session: SessionHistory
  private readonly lookingBack: LookBackReport
  private readonly wishes = new Wishes((wish) => this.show(wish))
  private opened: History | undefined
  private readonly playback = new PastPlayback({
    history: () => {
      return usePast.getState().view === 'now' ? undefined : (this.opened ?? this.session.known)
    },
    readOn: () => this.readOn(),
  })
  /** Counts the returns to live and the openings of recordings, which invalidate earlier requests. */
  private visit = 0
  /** Counts openings: only the latest requested one opens. */
  private openings = 0
  /** The name of the session that the lab showed last. */
  private sessionName: string | undefined
  private readonly stops: readonly (() => void)[]

  /** Follows the lab from now on. */
  constructor(
    bridge: Bridge,
    private readonly histories: Histories,
  ) {
    this.session = new SessionHistory(bridge, histories.create)
    this.lookingBack = new LookBackReport(bridge)
    const growWithLab = () => this.growWithLab()
    this.stops = [
      atReadingPace(growWithLab),
      onLiveFrame((kind) => {
        if (kind === 'snapshot') this.followSession()
        if (usePast.getState().view === 'past') growWithLab()
      }),
    ]
  }

  /** Returns to live, and no longer follows the lab. */
  close(): void {
    for (const stop of this.stops) stop()
    this.arriveAtNow()
    this.lookingBack.close()
    this.session.close()
  }

  /** Shows a moment of the past. The latest request wins. */
  seek(moment: Moment): Promise<void> {
    return this.wishes.add(moment)
  }

  /** Shows the last moment before this one that has an event. */
  previousEvent(): Promise<void> {
    this.stop()
    return this.wishes.add('previous')
  }

  /** Shows the next moment that has an event; after the last one, returns to live. */
  nextEvent(): Promise<void> {
    if (usePast.getState().view === 'now' && !this.wishes.isBusy) return Promise.resolve()
    this.stop()
    return this.wishes.add('next')
  }

  /** Plays the past at its own speed to its end; a recording that is at its end, from its beginning. */
  play(): void {
    const { view, playing, at, extent } = usePast.getState()
    if (view === 'now' || playing) return
    if (!atEnd()) {
      this.playback.start()
    } else if (view === 'recording' && at > extent.from) {
      const here = this.visit
      void this.seek({ at: extent.from }).then(() => {
        if (here === this.visit) this.playback.start()
      })
    }
  }

  stop(): void {
    this.playback.stop()
  }

  setSpeed(speed: number): void {
    this.playback.setSpeed(speed)
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
   * Opens a recording from a file, at its start or at its end, and cancels an earlier opening. Returns whether it was
   * opened. If it was not, nothing changes, and a notice says why unless the opening was cancelled.
   */
  async openRecording(file: File, where: 'start' | 'end' = 'start'): Promise<boolean> {
    const opening = ++this.openings
    const here = this.visit
    const isWanted = () => opening === this.openings && here === this.visit
    usePast.getState().work?.cancel()
    try {
      const history = await withProgress(`Opening ${file.name}`, (work) =>
        this.histories.open(file, work),
      )
      if (!history) return false
      if (await this.enterRecording(history, { name: file.name, where, isWanted })) {
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

  private async show(wish: Wish): Promise<void> {
    const here = this.visit
    try {
      await this.find(wish)
    } catch (error) {
      // Otherwise the view has changed, so that the moment is no longer needed.
      if (here !== this.visit) return
      this.wishes.clear()
      if (usePast.getState().view === 'now') this.lookingBack.end()
      useUi.getState().notify('error', `That moment could not be shown. ${errorText(error)}`)
    }
  }

  private async find(next: Wish): Promise<void> {
    const here = this.visit
    const entering = usePast.getState().view === 'now'
    const known = entering ? await this.lookIntoSession() : (this.opened ?? this.session.known)
    if (here !== this.visit) return
    if (!known) return this.lookingBack.end()
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
    this.playback.drop()
    usePast.setState(place)
    updateShown(state, { kind: 'snapshot' })
    if (playing) this.playback.start()
  }

  /** Tells the engine, and reads the session up to now; undefined if the view has changed by then. */
  private async lookIntoSession(): Promise<History | undefined> {
    const here = this.visit
    await this.lookingBack.begin()
    if (here !== this.visit) return undefined
    return withProgress('Reading the session', (work) => this.currentHistory(work))
  }

  /** Shows the recording, or closes it if it is no longer wanted by then. Returns whether it is shown. */
  private async enterRecording(
    history: History,
    { name, where, isWanted }: { name: string; where: 'start' | 'end'; isWanted: () => boolean },
  ): Promise<boolean> {
    const { extent } = history
    const at = where === 'end' ? extent.to : Math.min(extent.to, extent.from + SETTING_UP_MS)
    try {
      const { state, ...whole } = await firstAndLast(history, at)
      // A recording can be viewed without an engine too.
      if (isWanted() && !this.lookingBack.isTold) await this.lookingBack.begin().catch(() => {})
      if (isWanted()) {
        this.showRecording(history, name, { extent, ...whole, seq: state.seq, at }, state)
        return true
      }
    } catch (error) {
      history.close()
      throw error
    }
    history.close()
    return false
  }

  private showRecording(
    history: History,
    name: string,
    place: Pick<Past, 'extent' | 'marks' | 'bookmarks' | 'metrics' | 'seq' | 'at'>,
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

  /** Cancels requests and playing, and closes the recording. */
  private leave(): void {
    this.visit++
    this.wishes.clear()
    this.playback.drop()
    this.opened?.close()
    this.opened = undefined
    usePast.setState({ playing: false, speed: 1, ...NO_RECORDING })
  }

  private arriveAtNow(): void {
    const { view } = usePast.getState()
    this.leave()
    this.lookingBack.end()
    if (view === 'now') return
    usePast.setState({ view: 'now' })
    showLiveAgain()
    this.growWithLab()
  }

  /** Whether the running session has become longer than the moment on the screen; undefined where it cannot have. */
  private readOn(): Promise<boolean> | undefined {
    const { known } = this.session
    const { live } = useLab.getState()
    if (this.opened || !known || known.extent.lastSeq >= live.seq) return undefined
    const here = this.visit
    const isLonger = () => {
      if (here !== this.visit || known.extent.to <= usePast.getState().at) return false
      usePast.setState({ extent: sessionExtent(known) })
      return true
    }
    return this.session.upToDate().then(isLonger, isLonger)
  }

  private shownInstead(refusal: string): ShownInstead {
    return {
      now: () => this.playback.now,
      speed: () => this.playback.speed,
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
    if (view === 'now') usePast.setState(livePlace(this.session.known))
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
      this.lookingBack.repeat()
    } else {
      this.arriveAtNow()
      this.growWithLab()
      select(null)
    }
    notify('info', newSessionWords(view, useLine.getState().role))
  }
}

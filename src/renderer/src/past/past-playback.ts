// Plays the past on the screen from the moment shown, at its own speed.
import { errorText } from '../../../shared/error-text'
import type { SimMs } from '../../../shared/ids'
import { useUi } from '../choices/ui'
import { updateShown, useLab } from '../lab/lab'
import type { History } from './history/history'
import { usePast } from './moment'
import { Player } from './player'

interface Source {
  /** The history on the screen; undefined while live. */
  history(): History | undefined
  /** Reads what has happened since. Resolves with whether something follows the moment on the screen; undefined: nothing. */
  readOn(): Promise<boolean> | undefined
}

export class PastPlayback {
  private player: Player | undefined

  constructor(private readonly source: Source) {}

  /** The simulated time on the screen, and its speed. */
  get now(): SimMs {
    return this.player?.now ?? usePast.getState().at
  }

  get speed(): number {
    return this.player?.speed ?? 0
  }

  start(): void {
    const history = this.source.history()
    if (!history) return
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
    tellTime()
  }

  stop(): void {
    if (!usePast.getState().playing) return
    const at = this.now
    this.drop()
    usePast.setState({ playing: false, at })
    tellTime()
  }

  /** Stops without a word, because another moment is about to be shown. */
  drop(): void {
    this.player?.stop()
    this.player = undefined
  }

  setSpeed(speed: number): void {
    this.player?.setSpeed(speed)
    usePast.setState({ speed })
    tellTime()
  }

  /** Continues with newer events at the end of what has been read, or stops without any. */
  private async playOn(): Promise<void> {
    const { player } = this
    const reading = this.source.readOn()
    if (reading === undefined) return this.stop()
    const hasMore = await reading
    if (player !== this.player || !usePast.getState().playing) return
    if (hasMore) this.start()
    else this.stop()
  }
}

/** Tells those who extrapolate the time that it has started, stopped, or changed its speed. */
function tellTime(): void {
  updateShown(useLab.getState().state, { kind: 'events', events: [] })
}

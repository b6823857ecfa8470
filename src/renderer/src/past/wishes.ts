// The moments that a person asks for, faster than they can be found: the latest request wins.
import { useLab } from '../lab/lab'
import type { Extent, Moment } from './history/history'
import { usePast } from './moment'

export type Wish = Moment | 'previous' | 'next'

export class Wishes {
  /** The latest request whose search has not begun. */
  private wish: Wish | undefined
  private running: Promise<void> | undefined

  /** `fulfil` must not reject. */
  constructor(private readonly fulfil: (wish: Wish) => Promise<void>) {}

  /** Whether a search is running. */
  get isBusy(): boolean {
    return this.running !== undefined
  }

  /** Resolves when the latest request is fulfilled. */
  add(wish: Wish): Promise<void> {
    this.wish = wish
    this.running ??= this.run()
    return this.running
  }

  /** Drops the request whose search has not begun. */
  clear(): void {
    this.wish = undefined
  }

  private async run(): Promise<void> {
    while (this.wish !== undefined) {
      const next = this.wish
      this.wish = undefined
      await this.fulfil(next)
    }
    this.running = undefined
  }
}

/** The moment of a request. `entering`: the screen is live. */
export function momentOf(wish: Wish, entering: boolean, extent: Extent): Moment {
  if (typeof wish === 'object') return wish
  const { seq, at } = usePast.getState()
  if (entering) return { before: extent.lastSeq }
  if (wish === 'previous') {
    // Between two events, the earlier one is the previous one.
    return at > useLab.getState().state.at ? { seq } : { before: seq }
  }
  // Time may have passed after the last event.
  return seq >= extent.lastSeq ? { at: extent.to } : { after: seq }
}

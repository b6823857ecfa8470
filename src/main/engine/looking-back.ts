// Which screens look back at the past, and whether the lab is paused for them.
import type { UserRole } from '../../shared/commands'

/** Who gives a command: one screen, or the engine's own process. */
export interface Asker {
  readonly role: UserRole
  /** Set for a screen. */
  readonly isScreen?: true
  /** False: its changes are left out of what can be undone. */
  readonly isRemembered?: false
}

/** The lab's time, as far as looking back pauses it. */
interface Time {
  readonly paused: boolean
  /** Grows with each pause, resume and step. */
  readonly changes: number
  pause(why: { lookingBack: boolean }): void
  resume(): void
}

export class LookingBack {
  /** The screens that look back; true: the lab is paused for it. */
  private readonly askers = new Map<Asker, boolean>()
  /** `changes` at the pause for the first of them; undefined: the lab was already paused. */
  private pausedAt: number | undefined

  constructor(private readonly time: Time) {}

  has(asker: Asker): boolean {
    return this.askers.has(asker)
  }

  /** A screen that already looks back may change whether the lab is paused. */
  begin(asker: Asker, pausesLab: boolean): void {
    this.askers.set(asker, pausesLab)
    if (!pausesLab) {
      this.resumeIfNobodyIsLeft()
      return
    }
    const resumesLater = !this.time.paused || this.hasPaused()
    // A pause by hand stays one.
    this.time.pause({ lookingBack: resumesLater })
    this.pausedAt = resumesLater ? this.time.changes : undefined
  }

  end(asker: Asker): void {
    if (this.askers.delete(asker)) this.resumeIfNobodyIsLeft()
  }

  /** Whether the lab is paused for looking back: nobody has paused, resumed or stepped it since. */
  private hasPaused(): boolean {
    return this.pausedAt === this.time.changes
  }

  private resumeIfNobodyIsLeft(): void {
    if ([...this.askers.values()].includes(true) || !this.hasPaused()) return
    this.pausedAt = undefined
    this.time.resume()
  }
}

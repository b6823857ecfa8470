// Pauses, resumes and steps the lab's clock, and tells the journal. While a window looks back the lab stays paused.
import type { PacketId } from '../../shared/ids'
import type { SteppableClock } from './clock/clock'
import type { Journal } from './journal'
import type { Stepper } from './stepping'

export class TimeControl {
  private lookingBack = 0

  constructor(
    private readonly clock: SteppableClock,
    private readonly journal: Journal,
    private readonly stepper: Stepper,
  ) {}

  /** Whether any window looks back. */
  get isLookedBackOn(): boolean {
    return this.lookingBack > 0
  }

  /** A window begins to look back, or returns to the present. */
  lookBack(looking: boolean): void {
    this.lookingBack += looking ? 1 : -1
    if (looking) this.pause()
  }

  pause(): void {
    this.interrupt()
    this.pauseClock()
  }

  resume(): void {
    this.interrupt()
    if (this.clock.paused) this.change(() => this.clock.resume())
  }

  setSpeed(speed: number): void {
    this.change(() => this.clock.setSpeed(speed))
  }

  step(): Promise<void> {
    this.pauseClock()
    return this.stepper.step()
  }

  stepToDecision(): Promise<void> {
    this.pauseClock()
    return this.stepper.stepToDecision()
  }

  stepToEnd(packet: PacketId): Promise<void> {
    this.pauseClock()
    return this.stepper.stepToEnd(packet)
  }

  /** Ends the steps in progress where they are, without an error. */
  interrupt(): void {
    this.stepper.interrupt()
  }

  private pauseClock(): void {
    if (!this.clock.paused) this.change(() => this.clock.pause())
  }

  private change(change: () => void): void {
    change()
    const { paused, speed } = this.clock
    this.journal.emit({ type: 'clock.changed', paused, speed })
  }
}

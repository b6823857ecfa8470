// Pauses, resumes and steps the lab's clock, and tells the journal.
import type { PacketId } from '../../shared/ids'
import type { SteppableClock } from './clock/clock'
import type { Stepper } from './stepping'
import type { Journal } from './story/journal'

export class TimeControl {
  private times = 0
  /** Whether the present pause is for an operator who looks back. */
  private lookingBack = false

  constructor(
    private readonly clock: SteppableClock,
    private readonly journal: Journal,
    private readonly stepper: Stepper,
  ) {}

  get paused(): boolean {
    return this.clock.paused
  }

  /** How often time was paused, resumed or stepped so far. */
  get changes(): number {
    return this.times
  }

  /** Also ends a step in progress. `lookingBack`: the pause is for an operator who looks back. */
  pause({ lookingBack = false } = {}): void {
    this.times++
    this.interrupt()
    this.pauseClock(lookingBack)
  }

  resume(): void {
    this.times++
    this.interrupt()
    this.lookingBack = false
    if (this.clock.paused) this.change(() => this.clock.resume())
  }

  setSpeed(speed: number): void {
    this.change(() => this.clock.setSpeed(speed))
  }

  step(): Promise<void> {
    this.pauseToStep()
    return this.stepper.step()
  }

  stepToDecision(): Promise<void> {
    this.pauseToStep()
    return this.stepper.stepToDecision()
  }

  stepToEnd(packet: PacketId): Promise<void> {
    this.pauseToStep()
    return this.stepper.stepToEnd(packet)
  }

  /** Ends the steps in progress where they are, without an error. */
  interrupt(): void {
    this.stepper.interrupt()
  }

  private pauseToStep(): void {
    this.times++
    this.pauseClock(false)
  }

  private pauseClock(lookingBack: boolean): void {
    if (this.clock.paused && this.lookingBack === lookingBack) return
    this.lookingBack = lookingBack
    this.change(() => this.clock.pause())
  }

  private change(change: () => void): void {
    change()
    const { paused, speed } = this.clock
    const why = this.lookingBack ? { lookingBack: true } : {}
    this.journal.emit({ type: 'clock.changed', paused, speed, ...why })
  }
}

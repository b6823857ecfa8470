// What comes before a step can ask anything: its lab, leave for its program, and what the lab plays first.
import type { Lesson, Step } from '../../shared/lesson/lesson'
import type { Lock } from '../../shared/lesson/locks'
import { watch } from '../../shared/lesson/watch'
import type { LessonLab } from './lab'
import { type LessonProgram, programCommand } from './lesson-program'
import { prepareLab, stepAt } from './prepared-lab'
import type { StepPlay } from './step-play'
import { DEFAULT_AT_MOST_MS, happensInTime } from './wait'
import { comesTrue } from './watching'

export interface SetupOptions {
  readonly lesson: Lesson
  readonly index: number
  readonly lab: LessonLab
  readonly program: LessonProgram
  /** The lab is not as the step before has left it. */
  readonly isAnew: boolean
  readonly warn: (text: string) => void
}

export class StepSetup {
  /** The command that waits for leave. */
  programAsked: string | null = null
  private readonly step: Step
  private giveLeave: (() => void) | undefined

  constructor(
    private readonly options: SetupOptions,
    private readonly play: StepPlay,
  ) {
    this.step = stepAt(options.lesson, options.index)
  }

  /** Returns whether the lab should run if the step has nothing else in mind. Rejects with a LessonFault. */
  async prepare(): Promise<boolean> {
    const { lesson, index, lab, program, isAnew, warn } = this.options
    const runs = await prepareLab({
      lesson,
      index,
      lab,
      observer: this.play.observer,
      program,
      isAnew,
      signal: this.play.signal,
      askLeave: (name) => this.askLeave(name),
      warn,
    })
    lab.lock(this.locks)
    return runs
  }

  /** Returns why not, as a sentence. */
  allowProgram(): string | undefined {
    if (this.giveLeave === undefined) return 'No program waits for leave.'
    this.giveLeave()
    return undefined
  }

  /** Lets the lab run until what the step waits for, if anything, and pauses it then. Rejects with a LessonFault. */
  async playUntil(): Promise<void> {
    const { play: wanted } = this.step.setup
    if (wanted === undefined) return
    const { lab, observer, signal } = this.play
    this.play.enter('playing')
    const { until, atMostMs = DEFAULT_AT_MOST_MS } = wanted
    const waiting = happensInTime('What this step waits for', comesTrue(watch(until, lab.now)), {
      lab,
      observer,
      atMostMs,
      pauses: true,
      signal,
    })
    // It may be rejected before the lab has resumed.
    waiting.catch(() => {})
    await lab.resume()
    await waiting
  }

  private get locks(): readonly Lock[] {
    return this.step.setup.lock ?? []
  }

  private askLeave(name: string): Promise<void> {
    const { lab } = this.options
    this.programAsked = programCommand(name).replace('"{dir}/', '').replace('"', '')
    lab.lock(this.locks)
    this.play.enter('programAsked')
    const { signal } = this.play
    return new Promise((resolve, reject) => {
      const stop = () => reject(signal.reason)
      signal.addEventListener('abort', stop)
      this.giveLeave = () => {
        signal.removeEventListener('abort', stop)
        this.giveLeave = undefined
        this.programAsked = null
        this.play.enter('preparing')
        resolve()
      }
    })
  }
}

// One run of a step, from its preparation to its outcome. Everything that it decides, it reads from the lab's events; whatever
// keeps it from going on is said as a sentence, and it can be begun again or skipped.
import type { LabEvent } from '../../shared/events'
import type { Answer } from '../../shared/lesson/answer'
import type { Step } from '../../shared/lesson/lesson'
import type { ShownGate, StepPhase } from '../../shared/lesson/lesson-line'
import type { Lock } from '../../shared/lesson/locks'
import { LessonFault } from './fault'
import { otherLab, programGone } from './interruption'
import { Observer } from './observer'
import { stepAt } from './prepared-lab'
import { StepExplanation } from './step-explanation'
import type { SeenBefore, StepOutcome } from './step-outcome'
import type { StepPlay } from './step-play'
import { StepQuestion } from './step-question'
import { type SetupOptions, StepSetup } from './step-setup'
import { NO_HINT, StepTask, type TaskOptions } from './step-task'

interface StepRunOptions extends SetupOptions, TaskOptions {
  /** It has been played: only its lab is made, and what came of it is shown. */
  readonly seen: SeenBefore | undefined
  readonly onChange: () => void
  readonly onOutcome: (outcome: StepOutcome) => void
}

/** Why a run was ended from outside. */
const ENDED = new Error('The step was ended.')

export class StepRun {
  readonly step: Step
  phase: StepPhase = 'preparing'
  problem = ''
  /** Whether the lab is still the one that the lesson has made. */
  isLabOurs = true
  /** Ends what it waits for, when it is ended or stuck; it can still be looked at then. */
  private readonly control = new AbortController()
  private readonly observer: Observer
  private readonly stopListening: () => void
  private readonly setup: StepSetup
  /** What the step asks, if it asks anything. */
  private readonly question: StepQuestion | undefined
  private readonly task: StepTask | undefined
  private readonly explanation: StepExplanation | undefined
  private work: Promise<void> = Promise.resolve()

  constructor(private readonly options: StepRunOptions) {
    const { lesson, index, lab } = options
    this.step = stepAt(lesson, index)
    this.observer = new Observer(lab)
    this.stopListening = lab.subscribe((event) => this.look(event))
    const { asks } = this.step
    const play = this.seenFromWithin()
    this.setup = new StepSetup(options, play)
    if (asks.kind === 'ask') this.question = new StepQuestion(asks, play)
    if (asks.kind === 'explain') this.explanation = new StepExplanation(asks)
    if (asks.kind === 'task') this.task = new StepTask(asks, play, options)
  }

  /** The command that waits for leave. */
  get programAsked(): string | null {
    return this.setup.programAsked
  }

  /** It was not played now: its lab is the one before its question. */
  get isSeen(): boolean {
    return this.options.seen !== undefined
  }

  get locks(): readonly Lock[] {
    return this.step.setup.lock ?? []
  }

  /** What stands on the page below the text. */
  shownGate(): ShownGate {
    const { asks } = this.step
    switch (asks.kind) {
      case 'nothing':
        return { kind: 'nothing' }
      case 'ask':
        return this.question?.shown() ?? { kind: 'nothing' }
      case 'task':
        return this.task?.shown() ?? { kind: 'nothing' }
      case 'explain':
        return this.explanation?.shown() ?? { kind: 'nothing' }
    }
  }

  begin(): void {
    this.run(async () => {
      const runs = await this.setup.prepare()
      if (this.options.seen !== undefined) await this.showAgain(this.options.seen, runs)
      else await this.playStep(runs)
    })
  }

  /** Returns why not, as a sentence. */
  give(answer: Answer): string | undefined {
    const { question } = this
    if (question === undefined) return 'This step asks for no answer.'
    if (this.phase !== 'open') return this.notNow()
    const fault = question.take(answer)
    if (fault !== undefined) return fault
    this.enter('revealing')
    const at = new Date()
    this.run(() => question.findTruth(answer, at))
    return undefined
  }

  explain(text: string): string | undefined {
    const { explanation } = this
    if (explanation === undefined) return 'This step asks for no explanation.'
    if (this.phase !== 'open' && this.phase !== 'done') return this.notNow()
    const fault = explanation.take(text)
    if (fault !== undefined) return fault
    this.options.onOutcome({ kind: 'explained', text })
    this.enter('done')
    return undefined
  }

  hint(): string | undefined {
    return this.task === undefined ? NO_HINT : this.task.hint()
  }

  allowProgram(): string | undefined {
    return this.setup.allowProgram()
  }

  startCheck(command: string, folder: string | undefined): string | undefined {
    const check = this.task?.check
    if (check === undefined) return 'This step checks no program.'
    if (this.phase !== 'open' && this.phase !== 'done') return this.notNow()
    check.start(command, folder)
    return undefined
  }

  stopCheck(): void {
    this.task?.check?.stop()
    this.options.onChange()
  }

  /** Shows what follows, without an answer. */
  async skip(): Promise<void> {
    this.control.abort(ENDED)
    this.task?.check?.stop()
    await this.work
    await this.question?.release()
    this.enter('done')
  }

  /** Leaves the lab as it is, without what the step has set to hold packets. Resolves when nothing of the step runs any more. */
  async end(): Promise<void> {
    this.control.abort(ENDED)
    this.task?.check?.stop()
    await this.work
    this.stopListening()
    this.observer.stop()
    await this.question?.release()
  }

  private seenFromWithin(): StepPlay {
    const run = this
    const { lab, onChange, onOutcome } = this.options
    return {
      lab,
      observer: this.observer,
      signal: this.signal,
      get phase() {
        return run.phase
      },
      enter: (phase) => this.enter(phase),
      onChange,
      onOutcome,
    }
  }

  private get isOver(): boolean {
    return this.control.signal.aborted
  }

  private enter(phase: StepPhase): void {
    this.phase = phase
    this.problem = ''
    // Nothing is waited for any more, and to learn from every event has its price.
    if (phase === 'done') this.observer.stop()
    this.options.onChange()
  }

  /** One thing after another; what goes wrong is said on the page. */
  private run(action: () => Promise<void>): void {
    this.work = this.work.then(async () => {
      if (this.isOver) return
      try {
        await action()
      } catch (error) {
        if (this.isOver) return
        if (!(error instanceof LessonFault)) {
          this.options.warn(`A step of a lesson had a fault: ${String(error)}`)
        }
        this.getStuck(error instanceof Error ? error.message : String(error))
      }
    })
  }

  private getStuck(problem: string): void {
    const { lab } = this.options
    this.phase = 'stuck'
    this.problem = problem
    this.control.abort(ENDED)
    this.task?.check?.stop()
    lab.lock(this.locks)
    this.options.onChange()
  }

  private get signal(): AbortSignal {
    return this.control.signal
  }

  private async showAgain(seen: SeenBefore, runs: boolean): Promise<void> {
    this.question?.showAgain(seen)
    this.explanation?.showAgain(seen)
    if (runs) await this.options.lab.resume()
    this.task?.openCheck()
    this.enter('done')
  }

  private async playStep(runs: boolean): Promise<void> {
    const { lab } = this.options
    const { setup, asks } = this.step
    this.question?.watchFigures()
    await this.setup.playUntil()
    switch (asks.kind) {
      case 'nothing':
        if (runs && setup.play === undefined) await lab.resume()
        return this.enter('done')
      case 'explain':
        if (runs && setup.play === undefined) await lab.resume()
        return this.enter('open')
      case 'ask':
        return this.question?.open(runs && setup.play === undefined, this.locks.includes('time'))
      case 'task':
        return this.task?.open()
    }
  }

  /** What people do meanwhile. */
  private look(event: LabEvent): void {
    const { lab } = this.options
    const another = otherLab(event, lab)
    const gone = programGone(event, lab)
    if (another !== undefined) {
      if (!this.isLabOurs) return
      this.isLabOurs = false
      // Its packets were taken off their links just before, which says less.
      if (this.phase !== 'done') {
        this.getStuck(`${another} while this step was played: begin it again.`)
      }
    } else if (gone !== undefined) {
      if (this.isUnderWay) this.getStuck(`${gone} Begin the step again.`)
    } else if (event.type === 'clock.changed') this.sayPaused(event.paused)
    else if (this.phase === 'open') {
      const happened = this.question?.whatHappened(event)
      if (happened !== undefined) this.getStuck(`${happened} Begin the step again.`)
    }
  }

  /** The step waits for the lab, and time stands still. */
  private sayPaused(paused: boolean): void {
    if (this.phase !== 'playing' && this.phase !== 'revealing') return
    const problem =
      paused && !this.options.lab.isChanging
        ? 'The lab is paused: let it run, and the step goes on.'
        : ''
    if (problem === this.problem) return
    this.problem = problem
    this.options.onChange()
  }

  private get isUnderWay(): boolean {
    return this.phase !== 'done' && this.phase !== 'stuck'
  }

  private notNow(): string {
    return this.phase === 'done'
      ? 'This step has been answered: begin it again to answer anew.'
      : 'The step is not ready for that yet.'
  }
}

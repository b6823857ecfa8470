// The task of a step: what does it, what spoils it, its hints, and the check of the person's own program.
import type { Task } from '../../shared/lesson/lesson'
import type { ShownGate } from '../../shared/lesson/lesson-line'
import { watch } from '../../shared/lesson/watch'
import { type ProgramChecks, StepCheck } from './step-check'
import type { StepPlay } from './step-play'
import { watchingAll } from './watching'

export const NO_HINT = 'There is no further hint.'

export interface TaskOptions {
  readonly checks: ProgramChecks
  /** Hints that were asked for already. */
  readonly hints: number
  /** Gets how many hints were asked for. */
  readonly onHint: (hints: number) => void
}

export class StepTask {
  /** Undefined: the task checks no program, or has not begun. */
  check: StepCheck | undefined
  private hints: number
  private spoilt: string | null = null

  constructor(
    private readonly task: Task,
    private readonly play: StepPlay,
    private readonly options: TaskOptions,
  ) {
    this.hints = options.hints
  }

  shown(): ShownGate {
    const { task, hints } = this.task
    const all = hints ?? []
    return {
      kind: 'task',
      task,
      isDone: this.play.phase === 'done',
      spoilt: this.spoilt,
      hints: all.slice(0, this.hints),
      hintsLeft: Math.max(0, all.length - this.hints),
      check: this.shownCheck(),
    }
  }

  /** From now on, what happens does the task or spoils it. */
  async open(): Promise<void> {
    const { lab, observer, signal } = this.play
    this.openCheck()
    const now = lab.now
    const done = this.task.done && watch(this.task.done, now)
    const spoilers = (this.task.never ?? []).map(({ condition, because }) => ({
      wanted: watch(condition, now),
      because,
    }))
    const all = [...spoilers.map(({ wanted }) => wanted), ...(done ? [done] : [])]
    const stop = observer.add(
      watchingAll(all, () => {
        const spoiler = spoilers.find(({ wanted }) => wanted.isTrue)
        if (spoiler !== undefined) this.spoil(spoiler.because)
        else if (done?.isTrue) this.finish()
        else return
        stop()
      }),
    )
    signal.addEventListener('abort', stop)
    this.play.enter('open')
    await lab.resume()
  }

  openCheck(): void {
    if (this.task.check === undefined) return
    this.check = new StepCheck(this.options.checks, this.task.check, (holds) => {
      if (holds) this.finish()
      this.play.onChange()
    })
  }

  /** Returns why not, as a sentence. */
  hint(): string | undefined {
    if (this.hints >= (this.task.hints ?? []).length) return NO_HINT
    this.hints++
    this.options.onHint(this.hints)
    this.play.onChange()
    return undefined
  }

  private spoil(because: string): void {
    this.spoilt = because
    this.check?.stop()
    this.play.onChange()
  }

  private finish(): void {
    if (this.play.phase !== 'open' || this.spoilt !== null) return
    this.play.onOutcome({ kind: 'done' })
    this.play.enter('done')
  }

  private shownCheck() {
    const { check, task } = this
    if (task.check === undefined || check === undefined) return null
    const { isRunning, error, requirements } = check
    return { program: task.check.program, isRunning, error, requirements }
  }
}

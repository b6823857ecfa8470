// Checks the person's own program for a task: by the homework check, and of its requirements only those that the task names.
import type { RunningProgramCheck } from '../../shared/check/program-check'
import type { ShownRequirement } from '../../shared/lesson/lesson-line'
import type { ProgramKind } from '../../shared/program-command'
import type { StartProgramCheck } from '../check'

export interface ProgramChecks {
  readonly start: StartProgramCheck
  /** All requirements of such a program. */
  readonly requirements: (kind: ProgramKind) => readonly { id: string; title: string }[]
}

interface CheckTask {
  readonly program: ProgramKind
  readonly requirements: readonly string[]
}

export class StepCheck {
  isRunning = false
  error = ''
  private readonly shown: Map<string, ShownRequirement>
  private running: RunningProgramCheck | undefined

  /** `onChange` is called after each change, with whether all requirements hold. */
  constructor(
    private readonly checks: ProgramChecks,
    readonly task: CheckTask,
    private readonly onChange: (holds: boolean) => void,
  ) {
    const titles = new Map(checks.requirements(task.program).map(({ id, title }) => [id, title]))
    this.shown = new Map(
      task.requirements.map((id) => [
        id,
        { id, title: titles.get(id) ?? id, outcome: 'waiting', detail: '' },
      ]),
    )
  }

  get requirements(): readonly ShownRequirement[] {
    return [...this.shown.values()]
  }

  /** In place of the check that runs. */
  start(command: string, folder: string | undefined): void {
    this.stop()
    this.error = ''
    for (const [id, { title }] of this.shown) {
      this.shown.set(id, { id, title, outcome: 'waiting', detail: '' })
    }
    this.isRunning = true
    const { program, requirements } = this.task
    this.running = this.checks.start(
      { program, command, only: requirements, ...(folder !== undefined && { folder }) },
      (update) => {
        switch (update.kind) {
          case 'checked': {
            const { id, title, outcome, hint, reason, evidence } = update.requirement
            if (!this.shown.has(id)) return
            const why = evidence && `Expected: ${evidence.expected}. Instead: ${evidence.came}.`
            const detail =
              outcome === 'passed' ? '' : [reason ?? why, hint].filter(Boolean).join(' ')
            this.shown.set(id, {
              id,
              title,
              outcome: outcome === 'passed' ? 'passed' : 'failed',
              detail,
            })
            break
          }
          case 'failed':
            this.isRunning = false
            this.error = update.error
            break
          case 'done':
            this.isRunning = false
            break
          default:
            return
        }
        this.onChange(this.holds)
      },
    )
    this.onChange(false)
  }

  /** Ends the check, and the program. */
  stop(): void {
    this.running?.stop()
    this.running = undefined
    this.isRunning = false
  }

  private get holds(): boolean {
    return !this.isRunning && this.requirements.every(({ outcome }) => outcome === 'passed')
  }
}

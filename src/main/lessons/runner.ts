// The lesson that is open: at which step it is, and what a page may ask of it. One for each host: all operators' pages see the
// same lesson.

import type { Lesson, LessonProblem } from '../../shared/lesson/lesson'
import type {
  LessonInfo,
  LessonRequest,
  LessonUpdate,
  LessonView,
} from '../../shared/lesson/lesson-line'
import { LessonFault } from './fault'
import { type LessonEngine, LessonLab } from './lab'
import { LessonProgram } from './lesson-program'
import { lessonInfo, type OpenLesson, viewOfLesson } from './lesson-view'
import type { LessonLibrary, ReadLesson } from './library'
import type { Progress } from './progress'
import { type LessonRecord, newRecord, type StepChange, stepIn, withStep } from './record'
import { resultFile } from './result/result-file'
import type { ProgramChecks } from './step-check'
import { changeOf, type StepOutcome, seenIn } from './step-outcome'
import { StepRun } from './step-run'

export interface LessonsOptions {
  readonly engine: LessonEngine
  readonly library: LessonLibrary
  readonly progress: Progress
  readonly checks: ProgramChecks
  readonly warn: (text: string) => void
}

type Tell = (update: LessonUpdate) => void

export class LessonRunner {
  private readonly lab: LessonLab
  private readonly program: LessonProgram
  private open: OpenLesson | undefined
  private turn: Promise<void> = Promise.resolve()
  private readonly listeners = new Set<(view: LessonView | null) => void>()
  private readonly stopWatching: () => void
  private isTelling = false

  constructor(private readonly options: LessonsOptions) {
    this.lab = new LessonLab(options.engine)
    this.program = new LessonProgram(this.lab)
    this.stopWatching = options.library.onChange(() => void this.inTurn(() => this.reread()))
  }

  /** The lesson as it is on the page; null: none is open. */
  get view(): LessonView | null {
    return this.open === undefined ? null : viewOfLesson(this.open, this.recordOf(this.open.lesson))
  }

  /** Calls the listener with the view after each change, at most once for what happens at once; returns a function that stops this. */
  onChange(listener: (view: LessonView | null) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Carries out what a page asks for, and tells it what only it has asked for. Never rejects. */
  async request(asked: LessonRequest, tell: Tell): Promise<void> {
    const error = await this.carryOut(asked, tell).catch((reason: unknown) => {
      if (!(reason instanceof LessonFault))
        this.options.warn(`A lesson had a fault: ${String(reason)}`)
      return reason instanceof Error ? reason.message : String(reason)
    })
    if (error !== undefined) tell({ kind: 'refused', error })
  }

  /** Ends the lesson, and with it what it has locked or started. */
  async close(): Promise<void> {
    this.stopWatching()
    await this.inTurn(() => this.closeLesson())
    await this.options.progress.written()
  }

  /** Returns or rejects with a sentence if it cannot be done. */
  private async carryOut(asked: LessonRequest, tell: Tell): Promise<string | undefined> {
    switch (asked.kind) {
      case 'list':
        tell({ kind: 'lessons', lessons: await this.list() })
        return undefined
      case 'open':
        return this.inTurn(() => this.openById(asked.id, asked.anew ?? false))
      case 'openFile':
        return this.inTurn(async () => {
          const bytes = Buffer.from(asked.base64, 'base64')
          await this.openRead(await this.options.library.readFile(asked.name, bytes), false)
        })
      case 'close':
        return this.inTurn(() => this.closeLesson())
      case 'goTo':
        return this.inTurn(() => this.goTo(asked.step))
      case 'again':
        return this.inTurn(() => this.enter(this.opened().at, { isAnew: true, isAgain: true }))
      case 'skip':
        return this.inTurn(() => this.skip())
      case 'answer':
        return this.running().give(asked.answer)
      case 'hint':
        return this.running().hint()
      case 'explain':
        return this.running().explain(asked.text)
      case 'allowProgram':
        return this.running().allowProgram()
      case 'check':
        return this.running().startCheck(asked.command, asked.folder)
      case 'stopCheck':
        this.running().stopCheck()
        return undefined
      case 'export': {
        const { lesson } = this.opened()
        const { format, name } = asked
        const record = this.recordOf(lesson)
        tell({ kind: 'result', ...resultFile({ lesson, record, name, now: new Date() }, format) })
        return undefined
      }
    }
  }

  private async list(): Promise<LessonInfo[]> {
    const entries = await this.options.library.list()
    return entries.map((entry) => lessonInfo(entry, this.options.progress.of(entry.lesson.id)))
  }

  private async openById(id: string, isAnew: boolean): Promise<void> {
    const read = await this.options.library.read(id)
    if (read === undefined) throw new LessonFault(`There is no lesson “${id}”.`)
    await this.openRead(read, isAnew)
  }

  private async openRead({ lesson, problems }: ReadLesson, isAnew: boolean): Promise<void> {
    if (lesson === undefined) throw new LessonFault(mistakesText(problems))
    await this.closeLesson()
    const known = isAnew ? undefined : this.options.progress.of(lesson.id)
    const record = known ?? newRecord(new Date())
    this.options.progress.set(lesson.id, record)
    this.open = { lesson, problems, run: undefined, at: 0 }
    await this.enter(Math.min(record.at, lesson.steps.length - 1), { isAnew: true })
  }

  /** Its author has changed it. The step begins again if it is another one now. */
  private async reread(): Promise<void> {
    const { open } = this
    if (open === undefined) return
    const read = await this.options.library.read(open.lesson.id)
    if (read === undefined) return
    const { lesson = open.lesson, problems } = read
    const isSame = lesson === open.lesson
    const last = lesson.steps.length - 1
    this.open = { lesson, problems, run: open.run, at: open.at }
    if (isSame) return this.changed()
    await this.enter(Math.min(open.at, last), { isAnew: true, isAgain: true })
  }

  private async closeLesson(): Promise<void> {
    const { open } = this
    if (open === undefined) return
    this.open = undefined
    await open.run?.end()
    await this.program.remove()
    this.lab.unlock()
    this.changed()
  }

  private async goTo(step: number): Promise<void> {
    const open = this.opened()
    const { lesson, at, run } = open
    const { reached } = this.recordOf(lesson)
    if (step >= lesson.steps.length) throw new LessonFault(`The lesson has no step ${step + 1}.`)
    if (step > reached) {
      throw new LessonFault(
        `Step ${step + 1} comes after step ${reached + 1}: do or skip that first.`,
      )
    }
    if (step === at && run?.phase !== 'stuck') return
    const follows = step === at + 1 && run?.phase === 'done' && run.isLabOurs && !run.isSeen
    await this.enter(step, { isAnew: !follows })
  }

  private async skip(): Promise<void> {
    const { lesson, at, run } = this.opened()
    const step = lesson.steps[at]
    if (run === undefined || step === undefined) return
    const before = this.recordOf(lesson)
    if (step.asks.kind !== 'nothing' && (stepIn(before, step, at)?.outcome ?? null) === null) {
      this.keep(lesson, at, { outcome: 'skipped', endedAt: new Date().toISOString() })
    }
    this.reach(lesson, at + 1)
    if (at + 1 < lesson.steps.length) return this.enter(at + 1, { isAnew: true })
    await run.skip()
  }

  private async enter(
    at: number,
    { isAnew, isAgain = false }: { readonly isAnew: boolean; readonly isAgain?: boolean },
  ): Promise<void> {
    const open = this.opened()
    const { lesson } = open
    await open.run?.end()
    open.at = at
    const record = { ...this.recordOf(lesson), at }
    this.options.progress.set(lesson.id, record)
    const { lab, program } = this
    const { checks, warn } = this.options
    const run = new StepRun({
      lesson,
      index: at,
      lab,
      program,
      checks,
      isAnew,
      seen: isAgain ? undefined : seenIn(record, lesson, at),
      hints: isAgain ? 0 : (record.steps[at]?.hints ?? 0),
      onChange: () => {
        if (open.run !== run) return
        if (run.phase === 'done') this.reach(lesson, at + 1)
        this.changed()
      },
      onOutcome: (outcome) => this.keepOutcome(lesson, at, outcome),
      onHint: (hints) => this.keep(lesson, at, { hints }),
      warn,
    })
    open.run = run
    run.begin()
    this.changed()
  }

  private keepOutcome(lesson: Lesson, at: number, outcome: StepOutcome): void {
    const step = lesson.steps[at]
    if (step === undefined) return
    const attempts = stepIn(this.recordOf(lesson), step, at)?.attempts ?? []
    const endedAt = new Date().toISOString()
    this.keep(lesson, at, { ...changeOf(step, outcome, attempts), endedAt })
  }

  private keep(lesson: Lesson, at: number, change: StepChange): void {
    const step = lesson.steps[at]
    if (step === undefined) return
    this.options.progress.set(lesson.id, withStep(this.recordOf(lesson), step, at, change))
  }

  private reach(lesson: Lesson, step: number): void {
    const record = this.recordOf(lesson)
    const reached = Math.min(step, lesson.steps.length - 1)
    if (reached > record.reached) this.options.progress.set(lesson.id, { ...record, reached })
  }

  private recordOf({ id }: Lesson): LessonRecord {
    return this.options.progress.of(id) ?? newRecord(new Date())
  }

  private opened(): OpenLesson {
    if (this.open === undefined) throw new LessonFault('No lesson is open.')
    return this.open
  }

  private running(): StepRun {
    const { run } = this.opened()
    if (run === undefined) throw new LessonFault('The step is not ready for that yet.')
    return run
  }

  /** What changes the step is done one after another. */
  private inTurn(change: () => Promise<void>): Promise<undefined> {
    const done = this.turn.then(change, change)
    this.turn = done.catch(() => {})
    return done.then(() => undefined)
  }

  /** Several things may change at once: listeners are called once for all of them. */
  private changed(): void {
    if (this.isTelling) return
    this.isTelling = true
    queueMicrotask(() => {
      this.isTelling = false
      const { view } = this
      for (const listener of this.listeners) listener(view)
    })
  }
}

function mistakesText(problems: readonly LessonProblem[]): string {
  const [first] = problems.filter(({ isWarning }) => !isWarning)
  if (first === undefined) return 'The lesson cannot be played.'
  const where = first.line === 0 ? first.file : `${first.file}, line ${first.line}`
  return `The lesson cannot be played. ${where}: ${first.problem}`
}

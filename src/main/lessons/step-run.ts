// One run of a step, from its preparation to its outcome. Everything that it decides, it reads from the lab's events; whatever
// keeps it from going on is said as a sentence, and it can be begun again or skipped.
import type { LabEvent } from '../../shared/events'
import type { PacketId } from '../../shared/ids'
import type { Answer, Reveal } from '../../shared/lesson/answer'
import { FigureWindow } from '../../shared/lesson/figure'
import { judge } from '../../shared/lesson/judge'
import type { Ask, Lesson, Step, Task } from '../../shared/lesson/lesson'
import type { ShownGate, ShownQuestion, StepPhase } from '../../shared/lesson/lesson-line'
import type { Lock } from '../../shared/lesson/locks'
import { answerFault, shownQuestion } from '../../shared/lesson/shown'
import { TruthFinder } from '../../shared/lesson/truth'
import { type Watch, watch } from '../../shared/lesson/watch'
import { LessonFault } from './fault'
import { Gate, type HeldPacket } from './gate'
import type { LessonLab } from './lab'
import { type LessonProgram, programCommand } from './lesson-program'
import { Observer, type Observing } from './observer'
import { prepareLab, stepAt } from './prepared-lab'
import { type ProgramChecks, StepCheck } from './step-check'
import type { SeenBefore, StepOutcome } from './step-outcome'
import { waitFor } from './wait'

const DEFAULT_AT_MOST_MS = 60_000
const MOST_SPENT_WORDS = 'of simulated time'

interface StepRunOptions {
  readonly lesson: Lesson
  readonly index: number
  readonly lab: LessonLab
  readonly program: LessonProgram
  readonly checks: ProgramChecks
  /** The lab is not as the step before has left it. */
  readonly isAnew: boolean
  /** It has been played: only its lab is made, and what came of it is shown. */
  readonly seen: SeenBefore | undefined
  /** Hints that were asked for already. */
  readonly hints: number
  readonly onChange: () => void
  readonly onOutcome: (outcome: StepOutcome) => void
  /** Gets how many hints were asked for. */
  readonly onHint: (hints: number) => void
  readonly warn: (text: string) => void
}

/** Why a run was ended from outside. */
const ENDED = new Error('The step was ended.')

export class StepRun {
  readonly step: Step
  phase: StepPhase = 'preparing'
  problem = ''
  /** Whether the lab is still the one that the lesson has made. */
  isLabOurs = true
  /** The command that waits for leave. */
  programAsked: string | null = null
  /** Ends what it waits for, when it is ended or stuck; it can still be looked at then. */
  private readonly control = new AbortController()
  private readonly observer: Observer
  private readonly gate: Gate
  private readonly stopListening: () => void
  private question: ShownQuestion | undefined
  private held: HeldPacket | undefined
  private answer: Answer | null = null
  private reveal: Reveal | null = null
  private explanation: string | null = null
  private hints = 0
  private spoilt: string | null = null
  private check: StepCheck | undefined
  private giveLeave: (() => void) | undefined
  /** The figures of the time before the answer; the question's truth continues them. */
  private figures: FigureWindow | undefined
  private stopFigures = () => {}
  private work: Promise<void> = Promise.resolve()

  constructor(private readonly options: StepRunOptions) {
    const { lesson, index, lab, hints } = options
    this.step = stepAt(lesson, index)
    this.observer = new Observer(lab)
    this.gate = new Gate(lab, this.observer)
    this.stopListening = lab.subscribe((event) => this.look(event))
    this.hints = hints
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
        return {
          kind: 'ask',
          question: this.question ?? shownQuestion(asks, this.options.lab.state),
          held: this.heldPacket,
          answer: this.answer,
          reveal: this.reveal && { ...this.reveal, because: this.because(asks) },
        }
      case 'task':
        return {
          kind: 'task',
          task: asks.task,
          isDone: this.phase === 'done',
          spoilt: this.spoilt,
          hints: (asks.hints ?? []).slice(0, this.hints),
          hintsLeft: Math.max(0, (asks.hints ?? []).length - this.hints),
          check: this.shownCheck(asks),
        }
      case 'explain':
        return {
          kind: 'explain',
          question: asks.explain,
          text: this.explanation,
          model: this.explanation === null ? null : asks.model,
        }
    }
  }

  /** The packet that waits for the answer. */
  get heldPacket(): PacketId | null {
    return this.phase === 'open' ? (this.held?.packet ?? null) : null
  }

  begin(): void {
    this.run(async () => {
      const runs = await this.prepare()
      if (this.options.seen !== undefined) await this.showAgain(this.options.seen, runs)
      else await this.play(runs)
    })
  }

  /** Returns why not, as a sentence. */
  give(answer: Answer): string | undefined {
    const { asks } = this.step
    if (asks.kind !== 'ask') return 'This step asks for no answer.'
    if (this.phase !== 'open' || this.question === undefined) return this.notNow()
    const fault = answerFault(this.question, answer)
    if (fault !== undefined) return fault
    this.answer = answer
    this.enter('revealing')
    const at = new Date()
    this.run(() => this.findTruth(asks, answer, at))
    return undefined
  }

  explain(text: string): string | undefined {
    if (this.step.asks.kind !== 'explain') return 'This step asks for no explanation.'
    if (this.phase !== 'open' && this.phase !== 'done') return this.notNow()
    if (text.trim() === '') return 'Write a sentence or two first.'
    this.explanation = text
    this.options.onOutcome({ kind: 'explained', text })
    this.enter('done')
    return undefined
  }

  hint(): string | undefined {
    const { asks } = this.step
    if (asks.kind !== 'task' || this.hints >= (asks.hints ?? []).length) {
      return 'There is no further hint.'
    }
    this.hints++
    this.options.onHint(this.hints)
    this.options.onChange()
    return undefined
  }

  allowProgram(): string | undefined {
    if (this.giveLeave === undefined) return 'No program waits for leave.'
    this.giveLeave()
    return undefined
  }

  startCheck(command: string, folder: string | undefined): string | undefined {
    if (this.check === undefined) return 'This step checks no program.'
    if (this.phase !== 'open' && this.phase !== 'done') return this.notNow()
    this.check.start(command, folder)
    return undefined
  }

  stopCheck(): void {
    this.check?.stop()
    this.options.onChange()
  }

  /** Shows what follows, without an answer. */
  async skip(): Promise<void> {
    this.control.abort(ENDED)
    this.check?.stop()
    await this.work
    await this.gate.open()
    this.enter('done')
  }

  /** Leaves the lab as it is, without what the step has set to hold packets. Resolves when nothing of the step runs any more. */
  async end(): Promise<void> {
    this.control.abort(ENDED)
    this.check?.stop()
    await this.work
    this.stopListening()
    this.observer.stop()
    await this.gate.open()
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
    this.check?.stop()
    lab.lock(this.locks)
    this.options.onChange()
  }

  private get signal(): AbortSignal {
    return this.control.signal
  }

  private async prepare(): Promise<boolean> {
    const { lesson, index, lab, program, isAnew, warn } = this.options
    const runs = await prepareLab({
      lesson,
      index,
      lab,
      observer: this.observer,
      program,
      isAnew,
      signal: this.signal,
      askLeave: (name) => this.askLeave(name),
      warn,
    })
    lab.lock(this.locks)
    return runs
  }

  private askLeave(name: string): Promise<void> {
    const { lab } = this.options
    this.programAsked = programCommand(name).replace('"{dir}/', '').replace('"', '')
    lab.lock(this.locks)
    this.enter('programAsked')
    const { signal } = this
    return new Promise((resolve, reject) => {
      const stop = () => reject(signal.reason)
      signal.addEventListener('abort', stop)
      this.giveLeave = () => {
        signal.removeEventListener('abort', stop)
        this.giveLeave = undefined
        this.programAsked = null
        this.enter('preparing')
        resolve()
      }
    })
  }

  private async showAgain(seen: SeenBefore, runs: boolean): Promise<void> {
    const { asks } = this.step
    if (asks.kind === 'ask') this.question = shownQuestion(asks, this.options.lab.state)
    this.answer = seen.answer
    this.reveal = seen.reveal
    this.explanation = seen.explanation
    if (runs) await this.options.lab.resume()
    this.openCheck()
    this.enter('done')
  }

  private async play(runs: boolean): Promise<void> {
    const { lab } = this.options
    const { setup, asks } = this.step
    if (asks.kind === 'ask' && asks.ask === 'number' && 'figure' in asks.truth) {
      this.figures = new FigureWindow(asks.truth, lab.now)
      this.stopFigures = this.observer.add(windowPart(this.figures))
    }
    if (setup.play !== undefined) await this.playUntil(setup.play)
    switch (asks.kind) {
      case 'nothing':
        if (runs && setup.play === undefined) await lab.resume()
        return this.enter('done')
      case 'explain':
        if (runs && setup.play === undefined) await lab.resume()
        return this.enter('open')
      case 'ask':
        return this.openQuestion(asks, runs && setup.play === undefined)
      case 'task':
        return this.openTask(asks)
    }
  }

  private async playUntil({ until, atMostMs = DEFAULT_AT_MOST_MS }: Play): Promise<void> {
    const { lab } = this.options
    this.enter('playing')
    const wanted = watch(until, lab.now)
    const waiting = this.waitFor(resultOf(wanted), atMostMs, true)
    waiting.catch(() => {})
    await lab.resume()
    if ((await waiting) === undefined) {
      throw new LessonFault(
        `What this step waits for did not happen within ${atMostMs / 1_000} s ${MOST_SPENT_WORDS}.`,
      )
    }
  }

  private async openQuestion(ask: Ask, runs: boolean): Promise<void> {
    const { lab } = this.options
    if (ask.gate !== undefined) {
      this.enter('playing')
      this.held = await this.gate.hold(ask.gate, this.signal)
    } else if (this.locks.includes('time')) await lab.pause()
    else if (runs) await lab.resume()
    this.question = shownQuestion(ask, lab.state)
    this.enter('open')
  }

  private async openTask(task: Task): Promise<void> {
    const { lab } = this.options
    this.openCheck()
    const now = lab.now
    const done = task.done && watch(task.done, now)
    const spoilers = (task.never ?? []).map(({ condition, because }) => ({
      wanted: watch(condition, now),
      because,
    }))
    const all = [...spoilers.map(({ wanted }) => wanted), ...(done ? [done] : [])]
    const stop = this.observer.add(
      severalPart(all, () => {
        const spoiler = spoilers.find(({ wanted }) => wanted.isTrue)
        if (spoiler !== undefined) this.spoil(spoiler.because)
        else if (done?.isTrue) this.finishTask()
        else return
        stop()
      }),
    )
    this.signal.addEventListener('abort', stop)
    this.enter('open')
    await lab.resume()
  }

  private spoil(because: string): void {
    this.spoilt = because
    this.check?.stop()
    this.options.onChange()
  }

  private finishTask(): void {
    if (this.phase !== 'open' || this.spoilt !== null) return
    this.options.onOutcome({ kind: 'done' })
    this.enter('done')
  }

  private openCheck(): void {
    const { asks } = this.step
    if (asks.kind !== 'task' || asks.check === undefined) return
    this.check = new StepCheck(this.options.checks, asks.check, (holds) => {
      if (holds) this.finishTask()
      this.options.onChange()
    })
  }

  private shownCheck({ check: task }: Task) {
    const { check } = this
    if (task === undefined || check === undefined) return null
    const { isRunning, error, requirements } = check
    return { program: task.program, isRunning, error, requirements }
  }

  private async findTruth(ask: Ask, answer: Answer, answeredAt: Date): Promise<void> {
    const { lab } = this.options
    const simulatedMs = lab.now
    const { atMostMs = DEFAULT_AT_MOST_MS } = ask
    this.stopFigures()
    const finder = new TruthFinder(ask, {
      at: simulatedMs,
      exchange: this.held?.exchange,
      figures: this.figures,
    })
    const found = this.waitFor(
      {
        get dueAt() {
          return finder.dueAt
        },
        apply: (event, facts) => finder.apply(event, facts),
        pass: (at, facts) => finder.pass(at, facts),
        get result() {
          return finder.truth
        },
      },
      atMostMs,
      false,
    )
    found.catch(() => {})
    for (const command of ask.commands ?? []) await lab.giveAuthored(command)
    await this.gate.open()
    if (finder.truth === undefined || this.held !== undefined) await lab.resume()
    const truth = await found
    if (truth === undefined) {
      throw new LessonFault(
        `What this question is about did not happen within ${atMostMs / 1_000} s ${MOST_SPENT_WORDS}.`,
      )
    }
    const { decision, reason } = finder
    this.reveal = { truth, ...judge(ask, answer, truth, reason), ...(decision && { decision }) }
    this.options.onOutcome({
      kind: 'predicted',
      answer,
      answeredAt,
      simulatedMs,
      reveal: this.reveal,
    })
    this.enter('done')
  }

  private because(ask: Ask): string {
    if (ask.ask !== 'choice' || this.answer?.kind !== 'choice') return ''
    return ask.choices[this.answer.index]?.because ?? ''
  }

  /** What people do meanwhile. */
  private look(event: LabEvent): void {
    const { lab } = this.options
    const isAnotherSession = event.seq === 1
    // Undo may bring another scenario back without a reset.
    const isOpened = event.type === 'scenario.reset' || event.type === 'scenario.opened'
    if (isAnotherSession || (isOpened && !lab.isChanging)) {
      if (!this.isLabOurs) return
      this.isLabOurs = false
      const what = isAnotherSession
        ? 'A new session has begun'
        : 'Another scenario was opened, or the lab was reset,'
      // Its packets were taken off their links just before, which says less.
      if (this.phase !== 'done') {
        this.getStuck(`${what} while this step was played: begin it again.`)
      }
    } else if (event.type === 'proxy.returned' && !lab.isChanging) {
      const why = event.why === '' ? 'The program in the proxy’s place was taken away.' : event.why
      if (this.isUnderWay) this.getStuck(`${why} Begin the step again.`)
    } else if (event.type === 'clock.changed') this.sayPaused(event.paused)
    else if (this.phase === 'open') {
      const happened = this.gate.whatHappened(event)
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

  private waitFor<T>(awaited: Parameters<typeof waitFor<T>>[0], atMostMs: number, pauses: boolean) {
    const { lab } = this.options
    return waitFor(awaited, {
      lab,
      observer: this.observer,
      atMostMs,
      pauses,
      signal: this.signal,
    })
  }

  private notNow(): string {
    return this.phase === 'done'
      ? 'This step has been answered: begin it again to answer anew.'
      : 'The step is not ready for that yet.'
  }
}

type Play = NonNullable<Step['setup']['play']>

function resultOf(wanted: Watch) {
  return {
    get dueAt() {
      return wanted.dueAt
    },
    apply: wanted.apply.bind(wanted),
    pass: wanted.pass.bind(wanted),
    get result() {
      return wanted.isTrue ? true : undefined
    },
  }
}

function windowPart(window: FigureWindow): Observing {
  return {
    dueAt: undefined,
    apply: (event) => window.apply(event),
    pass() {},
  }
}

function severalPart(watches: readonly Watch[], look: () => void): Observing {
  return {
    get dueAt() {
      const times = watches.flatMap(({ dueAt }) => dueAt ?? [])
      return times.length === 0 ? undefined : Math.min(...times)
    },
    apply(event, facts) {
      for (const each of watches) each.apply(event, facts)
      look()
    },
    pass(at) {
      for (const each of watches) each.pass(at)
      look()
    },
  }
}

// Plays a lesson in a lab in memory from one step to the next, as a person would by the page, but as fast as the machine can.
import { createMemoryLab, type MemoryLab } from '../../src/main/engine/index'
import type { LessonEngine } from '../../src/main/lessons/lab'
import type { LessonLibrary } from '../../src/main/lessons/library'
import { Progress } from '../../src/main/lessons/progress'
import { type LessonRecord, newRecord } from '../../src/main/lessons/record'
import { LessonRunner } from '../../src/main/lessons/runner'
import type { ProgramChecks } from '../../src/main/lessons/step-check'
import type { CommandResult } from '../../src/shared/commands'
import type { LabEvent } from '../../src/shared/events'
import type { Answer, Truth } from '../../src/shared/lesson/answer'
import type { Lesson } from '../../src/shared/lesson/lesson'
import type { LessonRequest, LessonUpdate, LessonView } from '../../src/shared/lesson/lesson-line'
import { memoryPrograms } from './memory-programs'
import { wrongAnswer } from './wrong-answer'

/** Simulated time that the player lets pass between two looks at the page. */
const LOOK_MS = 250
/** Looks after which a step is called stuck: 400 s of simulated time, more than any step may wait. */
const MOST_LOOKS = 1_600

/** What a person does in a lab to do a task: the commands, one after another, each after so much simulated time. */
export type Solution = readonly { readonly [field: string]: unknown; readonly afterMs?: number }[]

interface PlayedStep {
  readonly title: string
  readonly outcome: LessonView['steps'][number]['outcome']
  readonly phase: LessonView['phase']
  readonly problem: string
  readonly truth: Truth | null
  readonly difference: string
  /** The events from the answer, or the beginning of the task, to the outcome. */
  readonly events: readonly LabEvent[]
}

export interface Player {
  readonly lab: MemoryLab
  readonly runner: LessonRunner
  readonly view: LessonView
  readonly refusals: readonly string[]
  ask(request: LessonRequest): Promise<void>
  /** Gives a command on the screen. */
  touch(command: object): Promise<CommandResult>
  /** Lets time pass until this holds for the page. */
  until(holds: (view: LessonView) => boolean): Promise<void>
  pass(ms: number): Promise<void>
  /** Whether no event reaches the lesson, and no time. */
  withhold(isWithheld: boolean): void
  close(): Promise<void>
}

interface PlayerOptions {
  /** Where the person stopped. */
  readonly record?: LessonRecord
  /** Whether the program that a task checks passes. */
  readonly passesChecks?: boolean
  /** Instead: what checks it really. */
  readonly checks?: ProgramChecks
  /** A busy machine: sockets have a turn only after so much simulated time. By default, as soon as they have something to do. */
  readonly turnEveryMs?: number
}

export async function createPlayer(
  lesson: Lesson,
  {
    record,
    passesChecks = true,
    checks = checksThat(passesChecks),
    turnEveryMs,
  }: PlayerOptions = {},
): Promise<Player> {
  const programs = memoryPrograms(() => lab.network)
  const lab = await createMemoryLab({ inOrder: true, isRecorded: false, programs })
  const progress = await Progress.read(undefined, () => {})
  if (record !== undefined) progress.set(lesson.id, record)
  let isWithheld = false
  const { engine } = lab
  const heard: LessonEngine = {
    get state() {
      return engine.state
    },
    get now() {
      return engine.now
    },
    execute: engine.execute,
    restrict: engine.restrict,
    schedule: (delayMs, fire) => engine.schedule(delayMs, () => isWithheld || fire()),
    subscribe: (listener) => engine.subscribe((event) => isWithheld || listener(event)),
  }
  const warnings: string[] = []
  const runner = new LessonRunner({
    engine: heard,
    library: libraryOf(lesson),
    progress,
    checks,
    warn: (text) => warnings.push(text),
  })
  const refusals: string[] = []
  const tell = (update: LessonUpdate) => {
    if (update.kind === 'refused') refusals.push(update.error)
  }
  const screen = engine.openScreen('operator')
  const player: Player = {
    lab,
    runner,
    refusals,
    get view() {
      const { view } = runner
      if (view === null) throw new Error('No lesson is open.')
      return view
    },
    ask: (request) => drive(lab, runner.request(request, tell)),
    async touch(command) {
      const result = screen.execute(command)
      await drive(lab, result)
      return result
    },
    async until(holds) {
      for (let looks = 0; looks < MOST_LOOKS; ) {
        if (runner.view !== null && holds(runner.view)) return
        // While time stands still, the lesson waits for something real, such as the file of its program.
        if (!lab.clock.paused) looks++
        await passTime(lab, LOOK_MS, turnEveryMs)
      }
      const { at, phase, problem } = player.view
      throw new Error(`Step ${at + 1} of “${lesson.id}” does not go on: ${phase}. ${problem}`)
    },
    pass: (ms) => passTime(lab, ms, turnEveryMs),
    withhold(is) {
      isWithheld = is
    },
    async close() {
      await drive(lab, runner.close())
      await drive(lab, engine.close())
      if (warnings.length > 0) throw new Error(warnings.join('\n'))
    },
  }
  await player.ask({ kind: 'open', id: lesson.id })
  return player
}

/** Plays the step that is open to its end. */
export async function playStep(
  player: Player,
  answer: (view: LessonView) => Answer,
  solution: Solution | undefined,
): Promise<PlayedStep> {
  const { at } = player.view
  await player.until(({ phase }) => phase === 'open' || isOver(phase) || phase === 'programAsked')
  if (player.view.phase === 'programAsked') {
    await player.ask({ kind: 'allowProgram' })
    await player.until(({ phase }) => phase === 'open' || isOver(phase))
  }
  const events: LabEvent[] = []
  const stop = player.lab.engine.subscribe((event) => events.push(event))
  const { gate, phase } = player.view
  if (phase === 'open') {
    switch (gate.kind) {
      case 'ask':
        await player.ask({ kind: 'answer', answer: answer(player.view) })
        break
      case 'explain':
        await player.ask({ kind: 'explain', text: 'In my own words.' })
        break
      case 'task':
        if (gate.check !== null) await player.ask({ kind: 'check', command: 'any' })
        else for (const each of solution ?? []) await give(player, each)
        if (gate.check === null && solution === undefined) await player.ask({ kind: 'skip' })
    }
  }
  const skipped = gate.kind === 'task' && gate.check === null && solution === undefined
  if (!skipped) await player.until(({ phase }) => isOver(phase))
  stop()
  const { view } = player
  const step = view.steps[at]
  const { reveal } = view.gate.kind === 'ask' ? view.gate : { reveal: null }
  return {
    title: step?.title ?? '',
    outcome: step?.outcome ?? null,
    phase: view.phase,
    problem: view.problem,
    truth: reveal?.truth ?? null,
    difference: reveal?.difference ?? '',
    events,
  }
}

type Solutions = (title: string) => Solution | undefined

/** Plays a lesson from its first to its last step; `truths`: of each question, as an earlier play has found it. */
export async function playLesson(
  lesson: Lesson,
  strategy: 'any' | 'right' | 'wrong',
  { truths = [], solutions }: { truths?: readonly (Truth | null)[]; solutions: Solutions },
): Promise<PlayedStep[]> {
  const player = await createPlayer(lesson)
  const played: PlayedStep[] = []
  for (let at = 0; at < lesson.steps.length; at++) {
    if (at > 0 && player.view.at < at) await player.ask({ kind: 'goTo', step: at })
    if (player.view.at !== at) throw new Error(`${player.refusals.at(-1)}`)
    const answer = (view: LessonView): Answer => {
      const truth = truths[at] ?? null
      return strategy === 'right' && truth !== null ? truth : wrongAnswer(view, truth)
    }
    played.push(await playStep(player, answer, solutions(lesson.steps[at]?.title ?? '')))
  }
  await player.close()
  return played
}

/** As if the person had gone that far and closed the app. */
export function stoppedAt(step: number): LessonRecord {
  return { ...newRecord(new Date(0)), at: step, reached: step }
}

export function isOver(phase: LessonView['phase']): boolean {
  return phase === 'done' || phase === 'stuck'
}

export async function give(
  player: Player,
  { afterMs = 0, ...command }: Solution[number],
): Promise<void> {
  if (afterMs > 0) await player.pass(afterMs)
  const done = await player.touch(command)
  if (!done.ok) throw new Error(`${JSON.stringify(command)}: ${done.error}`)
}

/** Lets simulated time pass until it is paused, and everybody act on what happens. */
async function passTime(lab: MemoryLab, ms: number, turnEveryMs?: number): Promise<void> {
  await turns(lab)
  const until = lab.engine.now + ms
  while (!lab.clock.paused && lab.engine.now < until) {
    const { clock } = lab
    const turnAt =
      turnEveryMs === undefined ? until : (Math.floor(clock.now() / turnEveryMs) + 1) * turnEveryMs
    const next = Math.min(clock.nextDueAt() ?? until, until, turnAt)
    clock.advance((next - clock.now()) / clock.speed)
    if (turnEveryMs === undefined || next === turnAt) lab.settle()
  }
  await turns(lab)
}

/** Some answers take a few turns of the event loop, and no time. */
async function turns(lab: MemoryLab): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    lab.settle()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** What is asked of the engine may wait for programs, which have their real time. */
async function drive(lab: MemoryLab, work: Promise<unknown>): Promise<void> {
  await work
  await turns(lab)
}

function libraryOf(lesson: Lesson): LessonLibrary {
  const read = { lesson, problems: [] }
  return {
    list: async () => [{ lesson, isShipped: true }],
    read: async (id) => (id === lesson.id ? read : undefined),
    readFile: async () => read,
    onChange: () => () => {},
  }
}

function checksThat(pass: boolean): ProgramChecks {
  return {
    requirements: () => [],
    start(asked, tell) {
      const { only } = asked as { only: readonly string[] }
      for (const id of only) {
        tell({
          kind: 'checked',
          requirement: {
            id,
            title: id,
            why: '',
            hint: '',
            points: 1,
            outcome: pass ? 'passed' : 'failed',
            tookMs: 1,
          },
        })
      }
      tell({ kind: 'done', tookMs: 1 })
      return { end() {}, stop() {} }
    },
  }
}

// Lessons between the page and the process behind it: what a page asks for, and what it shows.
import * as v from 'valibot'
import type { PacketId, ProtocolId } from '../ids'
import { type Answer, answerSchema, type Reveal } from './answer'
import type { LessonProblem } from './lesson'
import { MAX_LESSON_ZIP_BYTES } from './lesson-limits'
import type { Lock } from './locks'
import type { Spotlight } from './spotlight'

export const MAX_EXPLANATION_CHARS = 4_000
/** Characters of a `.roundabout-lesson` file as base64. */
export const MAX_LESSON_FILE_CHARS = 4 * Math.ceil(MAX_LESSON_ZIP_BYTES / 3)
export const lessonFileName = v.pipe(v.string(), v.maxLength(255))
const stepIndex = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1_000))

export const RESULT_FORMATS = ['json', 'csv', 'html'] as const
export type ResultFormat = (typeof RESULT_FORMATS)[number]

/** What a page may ask for. Only an operator's page may. */
export const lessonRequest = v.variant('kind', [
  /** `lessons` follows. */
  v.strictObject({ kind: v.literal('list') }),
  /** Opens a lesson of the list where the person stopped; `anew`: from the first step, without its answers. */
  v.strictObject({
    kind: v.literal('open'),
    id: v.pipe(v.string(), v.maxLength(200)),
    anew: v.exactOptional(v.boolean()),
  }),
  /** Opens a `.roundabout-lesson` file. */
  v.strictObject({
    kind: v.literal('openFile'),
    name: lessonFileName,
    base64: v.pipe(v.string(), v.maxLength(MAX_LESSON_FILE_CHARS), v.base64()),
  }),
  v.strictObject({ kind: v.literal('close') }),
  v.strictObject({ kind: v.literal('goTo'), step: stepIndex }),
  v.strictObject({ kind: v.literal('answer'), answer: answerSchema }),
  /** Continues without an answer, or without the task being done; the result says so. */
  v.strictObject({ kind: v.literal('skip') }),
  v.strictObject({ kind: v.literal('hint') }),
  v.strictObject({
    kind: v.literal('explain'),
    text: v.pipe(v.string(), v.maxLength(MAX_EXPLANATION_CHARS)),
  }),
  /** Begins the step again, with its scenario. */
  v.strictObject({ kind: v.literal('again') }),
  /** Allows the step's program to be started. */
  v.strictObject({ kind: v.literal('allowProgram') }),
  /** Checks the person's own program for the step's task. */
  v.strictObject({
    kind: v.literal('check'),
    command: v.pipe(v.string(), v.maxLength(4_000)),
    folder: v.exactOptional(v.pipe(v.string(), v.maxLength(4_000))),
  }),
  v.strictObject({ kind: v.literal('stopCheck') }),
  /** `result` follows. */
  v.strictObject({
    kind: v.literal('export'),
    format: v.picklist(RESULT_FORMATS),
    name: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  }),
])
export type LessonRequest = v.InferOutput<typeof lessonRequest>

/** A lesson in the list. */
export interface LessonInfo {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly minutes: number
  readonly steps: number
  /** The furthest step that was reached, counted from 1; 0: not begun. */
  readonly reached: number
  readonly isFinished: boolean
  /** It comes with the app. */
  readonly isShipped: boolean
}

/** What can be answered, as the page offers it. */
export type ShownQuestion =
  | {
      readonly kind: 'server'
      readonly question: string
      readonly servers: readonly ProtocolId[]
      readonly others: readonly string[]
    }
  | {
      readonly kind: 'order'
      readonly question: string
      readonly servers: readonly ProtocolId[]
      readonly length: number
    }
  | { readonly kind: 'share'; readonly question: string; readonly servers: readonly ProtocolId[] }
  | {
      readonly kind: 'number'
      readonly question: string
      readonly unit: string
      readonly least: number | undefined
      readonly most: number | undefined
    }
  | { readonly kind: 'choice'; readonly question: string; readonly choices: readonly string[] }

/** A requirement of a program that the person writes. */
export interface ShownRequirement {
  readonly id: string
  readonly title: string
  readonly outcome: 'waiting' | 'passed' | 'failed'
  /** Why it failed, and where to look. */
  readonly detail: string
}

export interface ShownReveal extends Reveal {
  /** Why the answer is wrong, in Markdown; may be empty. */
  readonly because: string
  /** The right answer is the author’s: nothing in the lab could show it. */
  readonly isAuthors?: boolean
}

export type ShownGate =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'ask'
      readonly question: ShownQuestion
      /** The packet that waits for the answer. */
      readonly held: PacketId | null
      readonly answer: Answer | null
      /** Null: what happens is not known yet. */
      readonly reveal: ShownReveal | null
    }
  | {
      readonly kind: 'task'
      readonly task: string
      readonly isDone: boolean
      /** Why the task cannot be done any more. */
      readonly spoilt: string | null
      /** Those that were asked for so far. */
      readonly hints: readonly string[]
      readonly hintsLeft: number
      readonly check: {
        readonly program: 'proxy' | 'server' | 'client'
        readonly isRunning: boolean
        readonly error: string
        readonly requirements: readonly ShownRequirement[]
      } | null
    }
  | {
      readonly kind: 'explain'
      readonly question: string
      readonly text: string | null
      /** Null until the person has written something. */
      readonly model: string | null
    }

/** How far a step is. `stuck`: what it waited for did not happen in its time. `programAsked`: it waits for leave to start one. */
export type StepPhase =
  | 'preparing'
  | 'playing'
  | 'programAsked'
  | 'open'
  | 'revealing'
  | 'done'
  | 'stuck'

/** The lesson on the screen. */
export interface LessonView {
  readonly id: string
  readonly title: string
  readonly misbelief: string | null
  readonly steps: readonly {
    readonly title: string
    readonly asks: 'ask' | 'task' | 'explain' | 'nothing'
    /** Null: not answered yet, or nothing was asked. */
    readonly outcome: 'right' | 'wrong' | 'done' | 'skipped' | null
  }[]
  readonly at: number
  /** The furthest step that may be opened. */
  readonly reached: number
  readonly phase: StepPhase
  /** What goes wrong, as a sentence; empty if nothing does. */
  readonly problem: string
  readonly text: string
  readonly gate: ShownGate
  /** Empty until it is to be shown. */
  readonly afterText: string
  readonly notes: string
  /** The step that follows, for the presenter; null in the last one. */
  readonly next: { readonly title: string; readonly text: string; readonly notes: string } | null
  readonly spotlight: readonly Spotlight[]
  readonly locks: readonly Lock[]
  /** The program that waits for leave, as the command that would run. */
  readonly program: string | null
  /** Pictures by the names in the text, as data URLs. */
  readonly pictures: Readonly<Record<string, string>>
  /** While it is being written: what is wrong with it. */
  readonly mistakes: readonly LessonProblem[]
}

export type LessonUpdate =
  | { readonly kind: 'lessons'; readonly lessons: readonly LessonInfo[] }
  /** Null: no lesson is open. */
  | { readonly kind: 'lesson'; readonly view: LessonView | null }
  | { readonly kind: 'result'; readonly name: string; readonly type: string; readonly text: string }
  /** What was asked for could not be done, as a sentence. */
  | { readonly kind: 'refused'; readonly error: string }

/** Checks an update that a host sends to the page. */
export const lessonUpdate: v.GenericSchema<unknown, LessonUpdate> = v.variant('kind', [
  v.object({ kind: v.literal('lessons'), lessons: v.array(v.custom<LessonInfo>(isObject)) }),
  v.object({ kind: v.literal('lesson'), view: v.nullable(v.custom<LessonView>(isObject)) }),
  v.object({
    kind: v.literal('result'),
    name: v.string(),
    type: v.string(),
    text: v.string(),
  }),
  v.object({ kind: v.literal('refused'), error: v.string() }),
])

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/** One operator's page, which shares the lesson with the others. */
export interface LessonScreen {
  /** Checks what the page asks for, and carries it out. */
  request(asked: unknown): void
  stop(): void
}

/** Connects a page; `tell` is called at once with the lesson that is open. */
export type ServeLessons = (tell: (update: LessonUpdate) => void) => LessonScreen

// What is kept of a person's way through a lesson: how far it went, and of each step what was answered, and when.
import * as v from 'valibot'
import { answerSchema, type Reveal } from '../../shared/lesson/answer'
import type { Lesson, Step } from '../../shared/lesson/lesson'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const MAX_TEXT = 10_000
const text = v.pipe(v.string(), v.maxLength(MAX_TEXT))

const attempt = v.object({
  /** When it was answered: the real time (ISO 8601), and that of the lab. */
  at: text,
  simulatedMs: v.number(),
  answer: answerSchema,
  /** In words. */
  predicted: text,
  happened: text,
  isRight: v.boolean(),
  reveal: v.object({
    truth: answerSchema,
    isRight: v.boolean(),
    difference: text,
    basis: v.optional(text),
    decision: v.optional(v.object({ exchange: count, attempt: count })),
  }),
})
export type Attempt = v.InferOutput<typeof attempt>

const OUTCOMES = ['right', 'wrong', 'done', 'skipped'] as const

const stepRecord = v.object({
  /** A step of another title is another step. */
  title: text,
  /** The latest one. */
  outcome: v.nullable(v.picklist(OUTCOMES)),
  /** When the outcome came about (ISO 8601). */
  endedAt: v.nullable(text),
  /** Every prediction whose outcome was seen, the first one first. */
  attempts: v.array(attempt),
  /** In the person's own words. */
  explanation: v.nullable(text),
  hints: count,
})
type StepRecord = v.InferOutput<typeof stepRecord>
export type StepChange = Partial<Omit<StepRecord, 'title'>>

const lessonRecord = v.object({
  /** The step that was open last. */
  at: count,
  reached: count,
  begunAt: text,
  steps: v.record(v.string(), stepRecord),
})
export type LessonRecord = v.InferOutput<typeof lessonRecord>

/** The records of all lessons, by their ids. */
export const lessonRecords = v.object({
  version: v.literal(1),
  lessons: v.record(v.string(), v.unknown()),
})

/** Undefined: it is damaged, or of another version. */
export function readRecord(value: unknown): LessonRecord | undefined {
  const read = v.safeParse(lessonRecord, value)
  return read.success ? read.output : undefined
}

export function newRecord(now: Date): LessonRecord {
  return { at: 0, reached: 0, begunAt: now.toISOString(), steps: {} }
}

/** Undefined: nothing is known of the step as it is now. */
export function stepIn(
  record: LessonRecord | undefined,
  { title }: Pick<Step, 'title'>,
  index: number,
): StepRecord | undefined {
  const known = record?.steps[index]
  return known?.title === title ? known : undefined
}

export function withStep(
  record: LessonRecord,
  { title }: Pick<Step, 'title'>,
  index: number,
  change: StepChange,
): LessonRecord {
  const before: StepRecord = stepIn(record, { title }, index) ?? {
    title,
    outcome: null,
    endedAt: null,
    attempts: [],
    explanation: null,
    hints: 0,
  }
  return { ...record, steps: { ...record.steps, [index]: { ...before, ...change } } }
}

/** Each step was reached, and of those that ask something each has an outcome. */
export function isFinished(record: LessonRecord | undefined, lesson: Lesson): boolean {
  if (record === undefined || record.reached < lesson.steps.length - 1) return false
  return lesson.steps.every(
    (step, index) =>
      step.asks.kind === 'nothing' || typeof stepIn(record, step, index)?.outcome === 'string',
  )
}

/** The answer as the truth that it may be: `reveal.truth` of the schema allows one kind more. */
export function revealOf({ reveal }: Attempt): Reveal | undefined {
  const { truth } = reveal
  return truth.kind === 'other' ? undefined : { ...reveal, truth }
}

// A lesson as its author writes it: a head, and steps. A step has prose, may set the lab up and let it run, and asks at most
// one thing: a prediction, a task, or words of one's own. These are the schemas of the blocks in a lesson's Markdown
// (docs/lessons.md); main/lessons reads them from files.
import * as v from 'valibot'
import { protocolId, seed, speed } from '../fields'
import { parseFilter } from '../filter/filter'
import { PROGRAM_KINDS } from '../program-command'
import { condition, figure, type LabFigure } from './condition'
import { LOCK_NAMES } from './locks'
import { spotlightText } from './spotlight'

const LESSON_FORMAT = 'roundabout-lesson'
/** Goes up with the first field that an older version could not play a lesson without. */
const LESSON_VERSION = 1

const sentence = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(600))
const markdown = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(8_000))
const fileName = v.pipe(
  v.string(),
  v.regex(
    /^(?!.*(^|\/)\.)[\w. -]+(\/[\w. -]+)*$/u,
    'A file is named from the lesson’s folder: “scenarios/start.roundabout-scenario”.',
  ),
)
const filter = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const parsed = parseFilter(dataset.value)
    if (!parsed.ok) addIssue({ message: parsed.error })
  }),
)

/** The front matter of a lesson. */
export const lessonHead = v.strictObject({
  format: v.literal(LESSON_FORMAT),
  version: v.pipe(
    v.number(),
    v.check(
      (version) => version === LESSON_VERSION,
      `This version of Roundabout plays lessons of version ${LESSON_VERSION}.`,
    ),
  ),
  /** Names the lesson in progress and results: it stays when the title changes. */
  id: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'An id has lower-case letters, digits and hyphens.'),
    v.maxLength(60),
  ),
  title: sentence,
  summary: sentence,
  /** How long it takes, in minutes. */
  minutes: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(240)),
  /** The misbelief that it is built against, in a learner's words. */
  misbelief: v.exactOptional(sentence),
  /** The seed of every scenario of the lesson that names no seed itself. */
  seed: v.exactOptional(seed),
})
type LessonHead = v.InferOutput<typeof lessonHead>

/** What a step does before it asks. In this order: scenario, locks, commands, then the lab runs until `play` comes true. */
export const setupBlock = v.strictObject({
  /** Opens it; without it the lab is as the step before left it. */
  scenario: v.exactOptional(fileName),
  /** Commands of the contract (shared/commands.ts), carried out in order. */
  commands: v.exactOptional(v.pipe(v.array(v.looseObject({ type: v.string() })), v.maxLength(50))),
  speed: v.exactOptional(speed),
  /**
   * Runs the lab until this comes true, and then pauses it. `atMostMs` of simulated time, by default 60,000: then the step
   * says that it did not happen, and offers to begin again.
   */
  play: v.exactOptional(
    v.strictObject({
      until: condition,
      atMostMs: v.exactOptional(v.pipe(v.number(), v.minValue(1), v.maxValue(3_600_000))),
    }),
  ),
  spotlight: v.exactOptional(v.pipe(v.array(spotlightText), v.maxLength(20))),
  lock: v.exactOptional(v.array(v.picklist(LOCK_NAMES))),
  /**
   * Puts a program of the lesson's folder in the proxy's place, once the person has allowed it to be started: its file, whose
   * ending names what runs it (`.py`, `.mjs`).
   */
  proxy: v.exactOptional(fileName),
})
export type Setup = v.InferOutput<typeof setupBlock>

/**
 * Holds the first packet of this filter in the middle of its link, and pauses the lab, until an answer is given. The
 * commands of the step, or traffic, make the packet; `send` sends a message of a client when the gate is set.
 */
const gate = v.strictObject({
  holds: filter,
  send: v.exactOptional(protocolId),
})

/** What happens after the answer, until the truth can be read from it. */
const after = {
  gate: v.exactOptional(gate),
  commands: setupBlock.entries.commands,
  /** Left out: until the exchange of the gate's packet has its decision (server), or at once (choice with `right`). */
  until: v.exactOptional(condition),
  atMostMs: v.exactOptional(v.pipe(v.number(), v.minValue(1), v.maxValue(3_600_000))),
}
const question = markdown

const askServer = v.strictObject({
  ask: v.literal('server'),
  question,
  ...after,
  /** Whose servers can be chosen. */
  policy: protocolId,
  /** Answers beside the servers that are plausible and wrong: “It depends on how busy they are”. */
  others: v.exactOptional(v.pipe(v.array(sentence), v.maxLength(4))),
  /**
   * `decision`: the server of the next decision, that of the gate's packet if there is one. `answer`: the server whose answer
   * the client got. `nobody` is an answer that each of these questions may have.
   */
  truth: v.exactOptional(v.picklist(['decision', 'answer'])),
})

const askOrder = v.strictObject({
  ask: v.literal('order'),
  question,
  ...after,
  policy: protocolId,
  /** How many decisions are predicted, one after another. */
  length: v.pipe(v.number(), v.safeInteger(), v.minValue(2), v.maxValue(12)),
})

const askShare = v.strictObject({
  ask: v.literal('share'),
  question,
  ...after,
  policy: protocolId,
  until: condition,
  /** How many percentage points off still count as right, for each server; by default 5. */
  tolerance: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
})

const countTruth = v.strictObject({ counts: condition })
/** Chosen by its first field, so that a mistake is reported for the form that was meant. */
const numberTruth: v.GenericSchema<unknown, v.InferOutput<typeof countTruth> | LabFigure> = v.lazy(
  (input) =>
    typeof input === 'object' && input !== null && 'figure' in input ? figure : countTruth,
) as v.GenericSchema<unknown, v.InferOutput<typeof countTruth> | LabFigure>

const askNumber = v.strictObject({
  ask: v.literal('number'),
  question,
  ...after,
  unit: v.exactOptional(v.pipe(v.string(), v.maxLength(20))),
  least: v.exactOptional(v.number()),
  most: v.exactOptional(v.number()),
  /** How far off still counts as right; by default 0. `percent`: of the truth. */
  tolerance: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
  tolerancePercent: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
  /** How many events there were, or a figure when `until` came true. */
  truth: numberTruth,
})

const askChoice = v.strictObject({
  ask: v.literal('choice'),
  question,
  ...after,
  choices: v.pipe(
    v.array(
      v.strictObject({
        text: sentence,
        /** It is right if this came true before that of any other choice: what happened decides. */
        when: v.exactOptional(condition),
        /** For questions that no event can answer. */
        right: v.exactOptional(v.literal(true)),
        /** What somebody who chose it has overlooked, shown with the truth. */
        because: v.exactOptional(markdown),
      }),
    ),
    v.minLength(2, 'A question needs at least two choices.'),
    v.maxLength(8),
    v.check(
      (choices) =>
        choices.filter(({ right }) => right).length === 1 ||
        choices.some(({ when }) => when !== undefined),
      'Exactly one choice is “right: true”, or some have “when”.',
    ),
  ),
})

/** A prediction. */
export const askBlock = v.variant('ask', [askServer, askOrder, askShare, askNumber, askChoice])
export type Ask = v.InferOutput<typeof askBlock>

/** A task that is done when something has happened. */
export const taskBlock = v.pipe(
  v.strictObject({
    task: markdown,
    done: v.exactOptional(condition),
    /** The program that the person writes is checked: done when these requirements of the homework check hold. */
    check: v.exactOptional(
      v.strictObject({
        program: v.picklist(PROGRAM_KINDS),
        requirements: v.pipe(v.array(v.string()), v.minLength(1)),
      }),
    ),
    /** Spoils the task: it is said, and the step can be begun again. */
    never: v.exactOptional(v.array(v.strictObject({ condition, because: sentence }))),
    hints: v.exactOptional(v.pipe(v.array(markdown), v.maxLength(8))),
  }),
  v.check(
    ({ done, check }) => (done === undefined) !== (check === undefined),
    'A task has either “done” or “check”.',
  ),
)
export type Task = v.InferOutput<typeof taskBlock>

/** A question that is answered in one's own words, beside a model answer. */
export const explainBlock = v.strictObject({ explain: markdown, model: markdown })
type Explain = v.InferOutput<typeof explainBlock>

export interface Step {
  readonly title: string
  /** Markdown before the question. */
  readonly text: string
  readonly setup: Setup
  readonly asks:
    | ({ readonly kind: 'ask' } & Ask)
    | ({ readonly kind: 'task' } & Task)
    | ({ readonly kind: 'explain' } & Explain)
    | { readonly kind: 'nothing' }
  /** Markdown that follows the question in the file: shown once it is answered, or the task done. */
  readonly afterText: string
  /** Markdown for the person who presents it. */
  readonly notes: string
  /** Where the step begins in lesson.md, counted from 1. */
  readonly line: number
}

export interface Lesson extends LessonHead {
  readonly steps: readonly Step[]
  /** Files of the lesson by their names: scenarios and programs as text, pictures as data URLs. */
  readonly scenarios: ReadonlyMap<string, import('../scenario').Scenario>
  readonly pictures: ReadonlyMap<string, string>
  readonly programs: ReadonlyMap<string, string>
}

/** A mistake in a lesson, in words for its author. */
export interface LessonProblem {
  /** From the lesson's folder: `lesson.md`. */
  readonly file: string
  /** Counted from 1; 0: the whole file. */
  readonly line: number
  readonly problem: string
  /** A warning does not keep the lesson from being played. */
  readonly isWarning: boolean
}

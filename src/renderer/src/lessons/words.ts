// What the column of a lesson says: where one is, what is asked, what was expected and what happened.
import { counted } from '../../../shared/format'
import type { Answer, Truth } from '../../../shared/lesson/answer'
import { whoWords } from '../../../shared/lesson/judge'
import type {
  LessonInfo,
  LessonView,
  ShownGate,
  ShownQuestion,
  ShownReveal,
} from '../../../shared/lesson/lesson-line'
import { numberWords, percentWords } from '../../../shared/lesson/number-words'

const ASKS: Readonly<Record<LessonView['steps'][number]['asks'], string>> = {
  ask: 'predict',
  task: 'do',
  explain: 'explain',
  nothing: 'look',
}

/** `Step 4 of 7 · predict`. */
export function placeWords({ steps, at }: Pick<LessonView, 'steps' | 'at'>): string {
  const asks = steps[at]?.asks ?? 'nothing'
  return `Step ${at + 1} of ${steps.length} · ${ASKS[asks]}`
}

type Outcome = LessonView['steps'][number]['outcome']

const OUTCOMES: Readonly<Record<NonNullable<Outcome>, string>> = {
  right: 'right',
  wrong: 'not as expected',
  done: 'done',
  skipped: 'passed over',
}

/** The words for a step's dot: `Step 3: The first message, right`. */
export function stepWords(
  view: Pick<LessonView, 'steps' | 'at' | 'reached'>,
  step: number,
): string {
  const { title = '', outcome = null } = view.steps[step] ?? {}
  const words = [`Step ${step + 1}: ${title}`]
  if (outcome !== null) words.push(OUTCOMES[outcome])
  if (step > view.reached) words.push('not reached yet')
  return words.join(', ')
}

/** What the lab is doing, while the person can only look. */
export function phaseWords({ phase }: Pick<LessonView, 'phase'>): string {
  switch (phase) {
    case 'preparing':
      return 'The lab is made ready for this step …'
    case 'playing':
      return 'The lab runs until the step’s moment …'
    case 'revealing':
      return 'Watch the graph: the lab shows what happens …'
    default:
      return ''
  }
}

/** How far the person has got in a lesson, for the list of lessons. */
export function progressWords({ reached, steps, isFinished }: LessonInfo): string {
  if (isFinished) return 'finished'
  return reached === 0 ? counted(steps, 'step') : `step ${reached} of ${steps}`
}

/** How an answer reads: `server 300`, `100, 300, 100`, `40 messages`. */
export function shownAnswerWords(question: ShownQuestion, answer: Answer | Truth): string {
  switch (answer.kind) {
    case 'server':
      return whoWords(answer.server)
    case 'other':
      return question.kind === 'server' ? (question.others[answer.index] ?? '') : ''
    case 'order':
      return answer.servers.length === 0 ? 'none' : answer.servers.join(', ')
    case 'share':
      return answer.shares
        .map(({ server, percent }) => `server ${server}: ${percentWords(percent)}`)
        .join(', ')
    case 'number':
      return withUnit(question, answer.value)
    case 'choice':
      return question.kind === 'choice' ? (question.choices[answer.index] ?? '') : ''
  }
}

function withUnit(question: ShownQuestion, value: number): string {
  const unit = question.kind === 'number' ? question.unit : ''
  return unit === '' ? numberWords(value) : `${numberWords(value)} ${unit}`
}

/** What a screen reader hears when the step moves on; empty: nothing. */
export function spokenWords(view: LessonView | null): string {
  if (view === null) return ''
  const { gate, phase, problem, steps, at } = view
  if (phase === 'stuck') return `This did not happen. ${problem}`
  if (phase === 'programAsked') return 'This step would start a program. Read its command first.'
  if (phase === 'revealing') return phaseWords(view)
  if (phase === 'open' && gate.kind === 'ask') return `The question is open. ${held(gate)}`.trim()
  const step = `${placeWords(view)}: ${steps[at]?.title ?? ''}.`
  if (gate.kind === 'ask' && gate.reveal !== null) {
    const { reveal } = gate
    return `${reveal.isRight ? 'Right' : wrongWords(reveal)}. ${reveal.difference}`
  }
  if (gate.kind === 'task') {
    if (gate.isDone) return 'The task is done.'
    if (gate.spoilt !== null) return `The task cannot be done any more. ${gate.spoilt}`
  }
  if (gate.kind === 'explain' && gate.model !== null) return 'The model answer is shown.'
  return step
}

function held({ held: packet }: Extract<ShownGate, { kind: 'ask' }>): string {
  return packet === null ? '' : `Message ${packet} waits for your answer.`
}

/** The verdict on an answer that was not right. */
export function wrongWords({ isAuthors }: Pick<ShownReveal, 'isAuthors'>): string {
  return isAuthors ? 'Not so' : 'Not as you expected'
}

/** At the end: `4 of 6 predictions were right; 1 step passed over.` */
export function sumWords({ steps }: Pick<LessonView, 'steps'>): string {
  const asked = steps.filter(({ asks }) => asks === 'ask')
  const right = asked.filter(({ outcome }) => outcome === 'right').length
  const skipped = steps.filter(({ outcome }) => outcome === 'skipped').length
  const words: string[] = []
  if (asked.length > 0) words.push(`${right} of ${counted(asked.length, 'prediction')} came true`)
  if (skipped > 0) words.push(`${counted(skipped, 'step')} passed over`)
  return words.length === 0 ? '' : `${words.join('; ')}.`
}

// What keys and buttons do in a lesson: the way on from its step, and the focus of its column.
import type { LessonRequest, LessonView } from '../../../shared/lesson/lesson-line'
import { useUi } from '../choices/ui'
import { askLesson, openAsk, useLesson } from '../lab/lesson'
import { type Answer, isWhole } from '../lab/lesson-answer'

interface WayOn {
  /** On the button. */
  readonly label: string
  /** Undefined: it is not possible yet, for the reason `why`. */
  readonly request: LessonRequest | undefined
  readonly why: string
}

/** The main way on from the step; undefined at the end of the lesson. */
export function wayOn(view: LessonView, draft: Answer | null): WayOn | undefined {
  const gate = openAsk(view)
  if (gate !== undefined) {
    const answer = isWhole(gate.question, draft) ? draft : null
    const request: LessonRequest | undefined = answer ? { kind: 'answer', answer } : undefined
    return { label: 'Reveal', request, why: 'Answer the question first.' }
  }
  if (view.phase === 'programAsked') {
    return { label: 'Start it', request: { kind: 'allowProgram' }, why: '' }
  }
  if (view.phase === 'stuck') {
    return { label: 'Begin again', request: { kind: 'again' }, why: '' }
  }
  if (view.at === view.steps.length - 1) return undefined
  const isOver = view.phase === 'done' || (view.phase === 'open' && view.gate.kind === 'nothing')
  const isPossible = isOver || view.at < view.reached
  const request: LessonRequest | undefined = isPossible
    ? { kind: 'goTo', step: view.at + 1 }
    : undefined
  return { label: 'Next', request, why: whyNotYet(view) }
}

function whyNotYet({ gate, phase }: LessonView): string {
  if (phase === 'preparing' || phase === 'playing') return 'The lab is on its way to this step.'
  if (phase === 'revealing') return 'The lab shows what happens.'
  return gate.kind === 'explain' ? 'Write your explanation first.' : 'Do the task first.'
}

export function goOn(): void {
  const { view, draft } = useLesson.getState()
  const { notify } = useUi.getState()
  const way = view === null ? undefined : wayOn(view, draft)
  if (view === null) notify('info', 'No lesson is open.')
  else if (way === undefined) notify('info', 'This is the last step of the lesson.')
  else if (way.request === undefined) notify('info', way.why)
  else askLesson(way.request)
}

/** To the step before. */
export function goBack(): void {
  const { view } = useLesson.getState()
  if (view !== null && view.at > 0) askLesson({ kind: 'goTo', step: view.at - 1 })
}

/** Moves the focus to what the step asks for, or to its title. */
export function focusLesson(): void {
  const column = document.querySelector('.lesson')
  const place =
    column?.querySelector<HTMLElement>('[data-lesson-focus]:checked') ??
    column?.querySelector<HTMLElement>('[data-lesson-focus]') ??
    column?.querySelector<HTMLElement>('.lesson-title')
  place?.focus()
}

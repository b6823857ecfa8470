// The lesson that is open, as the host tells it, and the answer that this window's person is putting together.
import { create } from 'zustand'
import type { Bridge } from '../../../shared/contract'
import type { Answer } from '../../../shared/lesson/answer'
import type {
  LessonInfo,
  LessonRequest,
  LessonUpdate,
  LessonView,
  ShownGate,
  ShownQuestion,
} from '../../../shared/lesson/lesson-line'
import { choosing } from './lesson-answer'

interface LessonState {
  /** Null: no lesson is open. */
  view: LessonView | null
  /** Undefined before the host has listed them. */
  lessons: readonly LessonInfo[] | undefined
  /** The answer before it is given; null while nothing is chosen. */
  draft: Answer | null
}

export const useLesson = create<LessonState>(() => ({
  view: null,
  lessons: undefined,
  draft: null,
}))

let bridge: Bridge | undefined

/** Starts to follow the lesson. Returns the way to stop. */
export function startLesson(newBridge: Bridge): () => void {
  bridge = newBridge
  return newBridge.onLesson(take)
}

export function askLesson(request: LessonRequest): void {
  bridge?.lesson(request)
}

/** In a window of their own. */
export function openNotes(): void {
  bridge?.openNotes()
}

export function setDraft(draft: Answer | null): void {
  useLesson.setState({ draft })
}

function take(update: LessonUpdate): void {
  if (update.kind === 'lessons') useLesson.setState({ lessons: update.lessons })
  if (update.kind !== 'lesson') return
  const { view } = update
  useLesson.setState((before) => ({
    view,
    draft: isSameQuestion(before.view, view) ? before.draft : null,
  }))
}

/** Until the question is answered, passed or begun again, what has been chosen stays. */
function isSameQuestion(before: LessonView | null, after: LessonView | null): boolean {
  if (openAsk(before) === undefined || openAsk(after) === undefined) return false
  return before?.id === after?.id && before?.at === after?.at
}

type AskGate = Extract<ShownGate, { kind: 'ask' }>

/** The question that waits for an answer. */
export function openAsk(view: LessonView | null): AskGate | undefined {
  if (view?.phase !== 'open' || view.gate.kind !== 'ask') return undefined
  return view.gate.answer === null ? view.gate : undefined
}

export function openQuestion(view: LessonView | null): ShownQuestion | undefined {
  return openAsk(view)?.question
}

/** The answer that was given, or what is chosen so far. */
export function shownAnswer({ view, draft }: Pick<LessonState, 'view' | 'draft'>): Answer | null {
  if (view?.gate.kind !== 'ask') return null
  return view.gate.answer ?? (openAsk(view) ? draft : null)
}

/** Chooses this server if a question waits for one. Returns whether it does. */
export function chooseServer(server: string | undefined): boolean {
  const { view, draft } = useLesson.getState()
  const question = openQuestion(view)
  if (question === undefined || server === undefined) return false
  const answer = choosing(question, draft, server)
  if (answer === undefined) return false
  setDraft(answer)
  return true
}

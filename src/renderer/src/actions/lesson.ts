// What keys and buttons do in a lesson: the way on from its step, and the focus of its column.
import type { LessonRequest, LessonView, ShownGate } from '../../../shared/lesson/lesson-line'
import { answerFault } from '../../../shared/lesson/shown'
import { commandFault } from '../../../shared/program-command'
import type { CheckedProgram } from '../choices/preferences'
import { useUi } from '../choices/ui'
import { askLesson, openAsk, useLesson } from '../lab/lesson'
import type { Answer } from '../lab/lesson-answer'

interface WayOn {
  /** On the button. */
  readonly label: string
  /** Undefined: it is not possible yet, for the reason `why`. */
  readonly request: LessonRequest | undefined
  readonly why: string
}

/** The main way on from the step; undefined at the end of the lesson. `typed`: the program that a task would check. */
export function wayOn(
  view: LessonView,
  draft: Answer | null,
  typed: Pick<CheckedProgram, 'programs' | 'folder'>,
): WayOn | undefined {
  const gate = openAsk(view)
  if (gate !== undefined) {
    const fault = draft === null ? 'Answer the question first.' : answerFault(gate.question, draft)
    const isReady = draft !== null && fault === undefined
    const request: LessonRequest | undefined = isReady
      ? { kind: 'answer', answer: draft }
      : undefined
    return { label: 'Reveal', request, why: fault ?? '' }
  }
  if (view.phase === 'programAsked') {
    return { label: 'Start it', request: { kind: 'allowProgram' }, why: '' }
  }
  if (view.phase === 'stuck') {
    return { label: 'Begin again', request: { kind: 'again' }, why: '' }
  }
  if (view.phase === 'open' && view.gate.kind === 'task' && view.gate.check !== null) {
    return wayToCheck(view.gate.check, typed)
  }
  if (view.at === view.steps.length - 1) return undefined
  const isOver = view.phase === 'done' || (view.phase === 'open' && view.gate.kind === 'nothing')
  const isPossible = isOver || view.at < view.reached
  const request: LessonRequest | undefined = isPossible
    ? { kind: 'goTo', step: view.at + 1 }
    : undefined
  return { label: 'Next', request, why: whyNotYet(view) }
}

type Check = Pick<
  NonNullable<Extract<ShownGate, { kind: 'task' }>['check']>,
  'program' | 'isRunning'
>

/** Starts the check of the person's program, or ends it. */
function wayToCheck(
  { program, isRunning }: Check,
  { programs, folder }: Pick<CheckedProgram, 'programs' | 'folder'>,
): WayOn {
  if (isRunning) return { label: 'Stop', request: { kind: 'stopCheck' }, why: '' }
  const label = 'Check it'
  const command = programs[program]
  const why =
    command.trim() === ''
      ? `Write the command that starts your ${program} first.`
      : commandFault(command, program)
  if (why !== undefined) return { label, request: undefined, why }
  const request = { kind: 'check' as const, command }
  return { label, request: folder.trim() === '' ? request : { ...request, folder }, why: '' }
}

function whyNotYet({ gate, phase }: LessonView): string {
  if (phase === 'preparing' || phase === 'playing') return 'The lab is on its way to this step.'
  if (phase === 'revealing') return 'The lab shows what happens.'
  return gate.kind === 'explain' ? 'Write your explanation first.' : 'Do the task first.'
}

export function goOn(): void {
  const { view, draft } = useLesson.getState()
  const { notify, checkedProgram } = useUi.getState()
  const way = view === null ? undefined : wayOn(view, draft, checkedProgram)
  if (view === null) notify('info', 'No lesson is open.')
  else if (way === undefined) notify('info', 'This is the last step of the lesson.')
  else go(way)
}

/** Checks the program of a task, also once more after the task is done. */
export function checkForLesson(check: Check): void {
  go(wayToCheck(check, useUi.getState().checkedProgram))
}

function go({ request, why }: WayOn): void {
  if (request === undefined) useUi.getState().notify('info', why)
  else askLesson(request)
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

// What a server's card says about a question of a lesson: that it can be chosen, that it is the person's answer, that it was
// chosen in fact.
import type { ProtocolId } from '../../../shared/ids'
import type { Answer, Truth } from '../../../shared/lesson/answer'
import type { ShownQuestion } from '../../../shared/lesson/lesson-line'
import type { NodeState } from '../../../shared/state/state'
import { openQuestion, shownAnswer, useLesson } from '../lab/lesson'

interface AnswerMark {
  /** A click answers the question. */
  readonly isChoosable: boolean
  readonly isAnswer: boolean
  readonly isTruth: boolean
  /** Empty: nothing to say. */
  readonly words: string
}

const NOTHING: AnswerMark = { isChoosable: false, isAnswer: false, isTruth: false, words: '' }

/** `truth`: what happened, once it is known. */
export function answerMark(
  server: ProtocolId,
  question: ShownQuestion | undefined,
  answer: Answer | null,
  truth: Truth | undefined,
): AnswerMark {
  const isAnswer = answer?.kind === 'server' && answer.server === server
  const isTruth = truth?.kind === 'server' && truth.server === server
  const isChoosable =
    (question?.kind === 'server' || question?.kind === 'order') && question.servers.includes(server)
  const places =
    truth === undefined && answer?.kind === 'order'
      ? answer.servers.flatMap((one, index) => (one === server ? index + 1 : []))
      : []
  return {
    isChoosable,
    isAnswer: isAnswer || places.length > 0,
    isTruth,
    words: wordsOf(isAnswer, isTruth, places),
  }
}

function wordsOf(isAnswer: boolean, isTruth: boolean, places: readonly number[]): string {
  if (isAnswer && isTruth) return '✓ your answer was right'
  if (isTruth) return '✓ this one it was'
  if (isAnswer) return 'your answer'
  return places.length === 0 ? '' : `your answer: ${places.join(', ')}`
}

export function useAnswerMark({ role, protocolId }: NodeState): AnswerMark {
  const question = useLesson(({ view }) => openQuestion(view))
  const answer = useLesson(shownAnswer)
  const truth = useLesson(({ view }) =>
    view?.gate.kind === 'ask' ? view.gate.reveal?.truth : undefined,
  )
  if (role !== 'server' || protocolId === undefined) return NOTHING
  return answerMark(protocolId, question, answer, truth)
}

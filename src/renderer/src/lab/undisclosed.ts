// What an open question of a lesson, or of a class, must not give away: whose turn is next in the policy that it is about.
import type { ProtocolId } from '../../../shared/ids'
import type { LessonView, ShownQuestion } from '../../../shared/lesson/lesson-line'
import { readBytes } from '../../../shared/protocol/reading'
import type { State } from '../../../shared/state/state'
import { useClassQuestion } from './class-question'
import { useLab } from './lab'
import { useLesson } from './lesson'

/** Stands in the place of the next server. No server with this id is on any ring. */
export const UNDISCLOSED = '?'

type Source = Pick<State, 'rows' | 'inFlight'>

/** The policy whose turns are hidden; `all` where the question could be about any of them; undefined: nothing is hidden. */
export function undisclosedPolicy(
  view: LessonView | null,
  state: Source,
): ProtocolId | 'all' | undefined {
  if (view?.gate.kind !== 'ask') return undefined
  const { question, held, answer, reveal } = view.gate
  const isOver = view.phase === 'done' || view.phase === 'stuck'
  if (answer !== null || reveal !== null || isOver) return undefined
  return policyOfServers(question, state) ?? policyOfPacket(held, state) ?? 'all'
}

function policyOfServers(question: ShownQuestion, { rows }: Source): ProtocolId | undefined {
  if (!('servers' in question)) return undefined
  for (const server of question.servers) {
    const row = rows.get(server)
    if (row !== undefined) return row.policy
  }
  return undefined
}

function policyOfPacket(id: number | null, { inFlight }: Source): ProtocolId | undefined {
  const packet = id === null ? undefined : inFlight.get(id)
  const reading = packet && readBytes(packet.bytes)
  if (reading?.kind !== 'message' || reading.message.type !== 0) return undefined
  return reading.message.policy
}

/** The policy whose turns are hidden now, for those who do not draw with React. */
export function undisclosedNow(): ProtocolId | 'all' | undefined {
  const { view } = useLesson.getState()
  return undisclosedPolicy(view, useLab.getState().live) ?? useClassQuestion.getState().policy
}

/** The policy whose turns are hidden now. */
export function useUndisclosed(): ProtocolId | 'all' | undefined {
  const view = useLesson((lesson) => lesson.view)
  const ofClass = useClassQuestion(({ policy }) => policy)
  return useLab(({ live }) => undisclosedPolicy(view, live)) ?? ofClass
}

/** Whether the turns of this policy are hidden now. */
export function useIsUndisclosed(policy: ProtocolId | undefined): boolean {
  const hidden = useUndisclosed()
  return hidden !== undefined && (hidden === 'all' || hidden === policy)
}

let last: { next: State['next']; hidden: string; masked: State['next'] } | undefined

/** The state with a question mark in place of each next server that is hidden; the same state where none is. */
export function withoutTurns(state: State, hidden: ProtocolId | 'all' | undefined): State {
  if (hidden === undefined) return state
  if (last?.next !== state.next || last.hidden !== hidden) {
    last = { next: state.next, hidden, masked: maskedTurns(state.next, hidden) }
  }
  return { ...state, next: last.masked }
}

function maskedTurns(next: State['next'], hidden: ProtocolId | 'all'): State['next'] {
  return new Map(
    [...next].map(([policy, server]) => {
      const isHidden = server !== null && (hidden === 'all' || hidden === policy)
      return [policy, isHidden ? UNDISCLOSED : server]
    }),
  )
}

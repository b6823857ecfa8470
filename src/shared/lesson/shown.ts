// A question as it is shown: what can be answered.
import type { ProtocolId } from '../ids'
import type { State } from '../state/state'
import type { Answer } from './answer'
import type { Ask } from './lesson'
import type { ShownQuestion } from './lesson-line'

/** Whose servers can be chosen: those that the table has now, in order of registration. */
export function shownQuestion(ask: Ask, state: Pick<State, 'rows'>): ShownQuestion {
  const { question } = ask
  switch (ask.ask) {
    case 'server':
      return {
        kind: 'server',
        question,
        servers: serversOf(state, ask.policy),
        others: ask.others ?? [],
      }
    case 'order':
      return {
        kind: 'order',
        question,
        servers: serversOf(state, ask.policy),
        length: ask.length,
      }
    case 'share':
      return { kind: 'share', question, servers: serversOf(state, ask.policy) }
    case 'number':
      return {
        kind: 'number',
        question,
        unit: ask.unit ?? '',
        least: ask.least,
        most: ask.most,
      }
    case 'choice':
      return { kind: 'choice', question, choices: ask.choices.map(({ text }) => text) }
  }
}

function serversOf({ rows }: Pick<State, 'rows'>, policy: ProtocolId): readonly ProtocolId[] {
  return [...rows.values()].filter((row) => row.policy === policy).map(({ server }) => server)
}

/** Why this is no answer to the question, as a sentence; undefined: it is one. */
export function answerFault(question: ShownQuestion, answer: Answer): string | undefined {
  switch (question.kind) {
    case 'server':
      if (answer.kind === 'other') {
        return answer.index < question.others.length ? undefined : NOT_OFFERED
      }
      if (answer.kind !== 'server') return OTHER_KIND
      return answer.server === null ? undefined : unknownServer(question.servers, [answer.server])
    case 'order':
      if (answer.kind !== 'order') return OTHER_KIND
      if (answer.servers.length !== question.length) {
        return `Choose ${question.length} servers, one after another.`
      }
      return unknownServer(question.servers, answer.servers)
    case 'share':
      return answer.kind === 'share' ? shareFault(question.servers, answer.shares) : OTHER_KIND
    case 'number': {
      if (answer.kind !== 'number') return OTHER_KIND
      const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = question
      if (answer.value < least) return `The number is at least ${least}.`
      return answer.value > most ? `The number is at most ${most}.` : undefined
    }
    case 'choice':
      if (answer.kind !== 'choice') return OTHER_KIND
      return answer.index < question.choices.length ? undefined : NOT_OFFERED
  }
}

const OTHER_KIND = 'That answers another kind of question.'
const NOT_OFFERED = 'That answer is not offered.'
/** Thirds do not add up to 100 exactly. */
const SUM_TOLERANCE = 1

function shareFault(
  servers: readonly ProtocolId[],
  shares: readonly { readonly server: ProtocolId; readonly percent: number }[],
): string | undefined {
  const sum = shares.reduce((total, { percent }) => total + percent, 0)
  if (Math.abs(sum - 100) > SUM_TOLERANCE) {
    return `The shares add up to ${Math.round(sum)} %: they have to add up to 100 %.`
  }
  return unknownServer(
    servers,
    shares.map(({ server }) => server),
  )
}

function unknownServer(
  servers: readonly ProtocolId[],
  answered: readonly ProtocolId[],
): string | undefined {
  const unknown = answered.find((server) => !servers.includes(server))
  return unknown === undefined ? undefined : `Server ${unknown} cannot be chosen here.`
}

// Answers to a lesson's questions while they are put together. Pure.
import type { ProtocolId } from '../../../shared/ids'
import type { Answer } from '../../../shared/lesson/answer'
import type { ShownQuestion } from '../../../shared/lesson/lesson-line'
import { answerFault } from '../../../shared/lesson/shown'

export type { Answer }

/** Whether the answer can be given. */
export function isWhole(question: ShownQuestion, answer: Answer | null): answer is Answer {
  return answer !== null && answerFault(question, answer) === undefined
}

/** The answer after this server was chosen; undefined if the question is not about servers to choose. */
export function choosing(
  question: ShownQuestion,
  draft: Answer | null,
  server: ProtocolId,
): Answer | undefined {
  if (!('servers' in question) || !question.servers.includes(server)) return undefined
  if (question.kind === 'server') return { kind: 'server', server }
  if (question.kind !== 'order') return undefined
  const before = draft?.kind === 'order' ? draft.servers : []
  return { kind: 'order', servers: [...before, server].slice(0, question.length) }
}

interface Share {
  readonly server: ProtocolId
  /** A whole number. */
  readonly percent: number
}

/** As equal as whole numbers can be. They add up to 100. */
export function equalShares(servers: readonly ProtocolId[]): Share[] {
  return servers.map((server, index) => ({
    server,
    percent:
      Math.floor((100 * (index + 1)) / servers.length) - Math.floor((100 * index) / servers.length),
  }))
}

/**
 * Gives one server another share; the others share the rest as they did before. All add up to 100. Where the others had
 * nothing, they get equal parts.
 */
export function withShare(shares: readonly Share[], server: ProtocolId, percent: number): Share[] {
  const others = shares.filter((share) => share.server !== server)
  const own = others.length === 0 ? 100 : Math.round(Math.min(100, Math.max(0, percent)))
  const rest = 100 - own
  const before = others.reduce((sum, share) => sum + share.percent, 0)
  const parts = others.map((share) =>
    before === 0 ? rest / others.length : (share.percent / before) * rest,
  )
  const whole = roundedTo(parts, rest)
  const given = new Map(others.map((share, index) => [share.server, whole[index] ?? 0]))
  return shares.map((share) => ({ ...share, percent: given.get(share.server) ?? own }))
}

/** Whole numbers near these that add up to `sum`: the largest remainders are rounded up. */
function roundedTo(parts: readonly number[], sum: number): number[] {
  const whole = parts.map(Math.floor)
  const left = sum - whole.reduce((total, part) => total + part, 0)
  const byRemainder = parts
    .map((part, index) => ({ index, remainder: part - Math.floor(part) }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index)
  for (const { index } of byRemainder.slice(0, left)) whole[index] = (whole[index] ?? 0) + 1
  return whole
}

// The question of the lesson that is open, as one that a class votes on; and what most of the class said, as the lesson's
// answer.
import type { Answer, Truth } from '../../shared/lesson/answer'
import { NOBODY_WORDS } from '../../shared/lesson/answer-words'
import type { LessonView, ShownGate, ShownQuestion } from '../../shared/lesson/lesson-line'
import { type VoteAnswer, type VoteAsk, type VoteTruth, withUnit } from '../../shared/room/vote'
import { plainText } from '../plain-text'

type AskGate = Extract<ShownGate, { kind: 'ask' }>

interface LessonQuestion {
  /** The same for as long as the question is the same. */
  readonly key: string
  readonly question: string
  readonly ask: VoteAsk
  /** Null: not known yet. */
  readonly truth: VoteTruth | null
}

/** Undefined: nothing is asked now that a class can vote on. */
export function lessonQuestion(view: LessonView | null): LessonQuestion | undefined {
  if (view === null || view.gate.kind !== 'ask') return undefined
  const isOpen = view.phase === 'open' || view.phase === 'revealing' || view.phase === 'done'
  const { question } = view.gate
  const ask = isOpen ? askOf(question) : undefined
  if (ask === undefined) return undefined
  const key = JSON.stringify([view.id, view.at, question])
  return { key, question: plainText(question.question), ask, truth: truthOf(view.gate, ask) }
}

function askOf(question: ShownQuestion): VoteAsk | undefined {
  switch (question.kind) {
    case 'server': {
      const { servers, others } = question
      return {
        kind: 'choice',
        options: [...servers.map(serverLabel), ...others, NOBODY_WORDS],
        servers: [...servers, ...others.map(() => null), null],
      }
    }
    case 'choice':
      return {
        kind: 'choice',
        options: question.choices,
        servers: question.choices.map(() => null),
      }
    case 'order':
      return { kind: 'order', options: question.servers.map(serverLabel), length: question.length }
    case 'number':
      return { kind: 'number', unit: question.unit }
    case 'share':
      return { kind: 'share', options: question.servers.map(serverLabel) }
  }
}

function truthOf({ reveal }: AskGate, ask: VoteAsk): VoteTruth | null {
  if (reveal === null) return null
  const right = rightLabels(reveal.truth, ask)
  const number =
    reveal.truth.kind === 'number'
      ? { number: { value: reveal.truth.value, within: reveal.within ?? 0 } }
      : {}
  const shares = ask.kind === 'share' ? { shares: sharesOf(reveal.truth, ask.options) } : {}
  return { right, words: wordsOf(right), ...shares, ...number }
}

function wordsOf(right: readonly string[]): string {
  return right.length === 0 ? 'This is what happened.' : `The answer: ${right.join(' / ')}.`
}

function sharesOf(truth: Truth, labels: readonly string[]): number[] {
  const shares = truth.kind === 'share' ? truth.shares : []
  return labels.map((label) => {
    const found = shares.find(({ server }) => serverLabel(server) === label)
    return Math.round(found?.percent ?? 0)
  })
}

function rightLabels(truth: Truth, ask: VoteAsk): string[] {
  switch (truth.kind) {
    case 'server':
      return [truth.server === null ? NOBODY_WORDS : serverLabel(truth.server)]
    case 'choice':
      return ask.kind === 'choice' ? ask.options.filter((_, index) => index === truth.index) : []
    case 'order':
      return [truth.servers.join(', ')]
    case 'number':
      return [withUnit(truth.value, ask.kind === 'number' ? ask.unit : '')]
    case 'share':
      return []
  }
}

const serverLabel = (server: string) => `Server ${server}`

/** The class's answer in the lesson's terms; undefined if it does not fit the question any more. */
export function lessonAnswer(gate: ShownGate, answer: VoteAnswer): Answer | undefined {
  if (gate.kind !== 'ask') return undefined
  const { question } = gate
  if (answer.kind === 'number') return { kind: 'number', value: answer.value }
  if (answer.kind === 'order') {
    if (question.kind !== 'order') return undefined
    return {
      kind: 'order',
      servers: answer.indexes.flatMap((index) => question.servers[index] ?? []),
    }
  }
  if (answer.kind === 'share') {
    if (question.kind !== 'share') return undefined
    const percentOf = (index: number) => answer.percents[index] ?? 0
    const shares = question.servers.map((server, index) => ({ server, percent: percentOf(index) }))
    return { kind: 'share', shares }
  }
  if (question.kind === 'choice') return { kind: 'choice', index: answer.index }
  if (question.kind !== 'server') return undefined
  const server = question.servers[answer.index]
  if (server !== undefined) return { kind: 'server', server }
  const index = answer.index - question.servers.length
  return index < question.others.length
    ? { kind: 'other', index }
    : { kind: 'server', server: null }
}

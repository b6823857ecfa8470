// A vote of a class: what is asked, what a viewer answers, and what everybody sees of it.
import * as v from 'valibot'
import type { ProtocolId } from '../ids'
import { MAX_VOTE_OPTIONS } from '../limits'

export type VoteAsk =
  | {
      readonly kind: 'choice'
      readonly options: readonly string[]
      /** Where the options are servers, by their index; null: an option that is not a server. */
      readonly servers: readonly (ProtocolId | null)[]
    }
  /** `length` of the options in their order, each as often as one likes. */
  | { readonly kind: 'order'; readonly options: readonly string[]; readonly length: number }
  | { readonly kind: 'number'; readonly unit: string }
  /** The share of each option, in per cent. */
  | { readonly kind: 'share'; readonly options: readonly string[] }

const optionIndex = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(0),
  v.maxValue(MAX_VOTE_OPTIONS - 1),
)

export const voteAnswer = v.variant('kind', [
  v.strictObject({ kind: v.literal('choice'), index: optionIndex }),
  v.strictObject({
    kind: v.literal('order'),
    indexes: v.pipe(v.array(optionIndex), v.minLength(1), v.maxLength(MAX_VOTE_OPTIONS)),
  }),
  v.strictObject({ kind: v.literal('number'), value: v.pipe(v.number(), v.finite()) }),
  v.strictObject({
    kind: v.literal('share'),
    /** In the order of the options; together 100. */
    percents: v.pipe(
      v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
      v.maxLength(MAX_VOTE_OPTIONS),
    ),
  }),
])
export type VoteAnswer = v.InferOutput<typeof voteAnswer>

/** The counts of one round, in the order of the bars: of devices, or of hands that were raised. */
export interface VoteColumn {
  readonly label: string
  readonly counts: readonly number[]
}

/** What was answered; never by whom. */
export interface VoteBars {
  readonly labels: readonly string[]
  /** In the order of time. */
  readonly columns: readonly VoteColumn[]
}

/** The share of a bar in its column, in whole per cent. */
export function percentOf({ counts }: VoteColumn, bar: number): number {
  const sum = counts.reduce((total, count) => total + count, 0)
  return sum === 0 ? 0 : Math.round((100 * (counts[bar] ?? 0)) / sum)
}

/** What the bars of one answer are, from the top. */
export function columnWords({ columns }: VoteBars): string {
  return `From the top: ${columns.map(({ label }) => label.toLowerCase()).join('; ')}.`
}

/** What everybody sees of the vote. */
export interface ShownVote {
  /** Numbers the questions of a class from 1, and the rounds of a question from 1. */
  readonly id: number
  readonly round: number
  readonly question: string
  readonly ask: VoteAsk
  readonly isRevealed: boolean
  /** Devices that have answered in this round. */
  readonly answered: number
  /** Null: hidden until the instructor shows them. */
  readonly bars: VoteBars | null
  /** Null: not revealed, or the question has no right answer. */
  readonly truth: VoteTruth | null
}

export interface VoteTruth {
  /** The right bars, by their labels; of a number, first what it was. */
  readonly right: readonly string[]
  /** What happened, as a sentence. */
  readonly words: string
  /** What the shares were in fact, in per cent. Set for a question about shares. */
  readonly shares?: readonly number[]
  /** What a number was, and how far off still counts as right. Set for a question about a number. */
  readonly number?: { readonly value: number; readonly within: number }
}

/** The answer in words, as the label of its bar. */
export function answerLabel(ask: VoteAsk, answer: VoteAnswer): string {
  if (answer.kind === 'number') {
    return ask.kind === 'number' ? withUnit(answer.value, ask.unit) : String(answer.value)
  }
  if (ask.kind === 'number') return ''
  if (answer.kind === 'share') {
    return ask.options.map((option, at) => `${option}: ${answer.percents[at] ?? 0} %`).join(', ')
  }
  const option = (index: number) => ask.options[index] ?? '?'
  if (answer.kind === 'choice') return option(answer.index)
  // In an order of servers, their ids say enough.
  return answer.indexes.map((index) => option(index).replace(/^Server /, '')).join(', ')
}

/** ±, where an answer may be off. */
export function numberTruth(value: number, within: number, unit: string): VoteTruth {
  const label = withUnit(value, unit)
  const words = within === 0 ? `It is ${label}.` : `It is ${label}; ±${within} is right as well.`
  return { right: [label], words, number: { value, within } }
}

export function withUnit(value: number, unit: string): string {
  return unit === '' ? String(value) : `${value} ${unit}`
}

/** Whether this answers what is asked. */
export function isAnswerTo(ask: VoteAsk, answer: VoteAnswer): boolean {
  if (ask.kind !== answer.kind) return false
  if (ask.kind === 'number' || answer.kind === 'number') return true
  if (answer.kind === 'share') {
    const sum = answer.percents.reduce((total, percent) => total + percent, 0)
    return answer.percents.length === ask.options.length && Math.abs(sum - 100) < 1
  }
  const indexes = answer.kind === 'choice' ? [answer.index] : answer.indexes
  if (!indexes.every((index) => index < ask.options.length)) return false
  return ask.kind !== 'order' || indexes.length === ask.length
}

// What a person has predicted, what happened, and how far the two lie apart.
import * as v from 'valibot'
import { protocolId } from '../fields'
import type { ExchangeId } from '../ids'

/** A person's answer to a question. `other`: the index of one of the question's `others`. */
export const answerSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('server'),
    /** Null: nobody. */
    server: v.nullable(protocolId),
  }),
  v.strictObject({
    kind: v.literal('other'),
    index: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  }),
  v.strictObject({
    kind: v.literal('order'),
    servers: v.pipe(v.array(protocolId), v.maxLength(12)),
  }),
  v.strictObject({
    kind: v.literal('share'),
    /** In per cent; they add up to 100. */
    shares: v.pipe(
      v.array(
        v.strictObject({
          server: protocolId,
          percent: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
        }),
      ),
      v.maxLength(100),
    ),
  }),
  v.strictObject({ kind: v.literal('number'), value: v.pipe(v.number(), v.finite()) }),
  v.strictObject({
    kind: v.literal('choice'),
    index: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  }),
])
export type Answer = v.InferOutput<typeof answerSchema>

/** What happened, in the same terms as the answer. */
export type Truth = Exclude<Answer, { kind: 'other' }>

export interface Reveal {
  readonly truth: Truth
  readonly isRight: boolean
  /** The difference between what was expected and what happened, in one sentence. */
  readonly difference: string
  /** How far off a number still counts as right, if it may be off. */
  readonly within?: number
  /** What a number was compared with, in one or two sentences. */
  readonly basis?: string | undefined
  /** The decision that shows it, for its receipt. */
  readonly decision?: { readonly exchange: ExchangeId; readonly attempt: number } | undefined
}

// The named fields of what waits for a person at a server that answers by hand.
import type { AwaitedAnswer, ByHand, EndedAnswer } from '../by-hand'
import { amount, listOf, shape, text, whole } from './field'
import { handOutcome } from './shapes'

export const byHand = shape<ByHand>('answers by hand', {
  awaited: listOf(
    shape<AwaitedAnswer>('awaited answer', {
      exchange: whole,
      client: text,
      payload: text,
      hash: text,
      since: amount,
    }),
  ),
  ended: listOf(
    shape<EndedAnswer>('ended answer', {
      exchange: whole,
      payload: text,
      since: amount,
      outcome: handOutcome,
      at: amount,
    }),
  ),
})

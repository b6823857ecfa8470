// Servers that answer by hand: what waits for a person there, and what became of the latest.
import type { Node } from './events'
import type { HandOutcome } from './hand-outcome'
import type { ExchangeId, ProtocolId, SimMs } from './ids'
import type { Scenario } from './scenario'
import { visibly } from './visible-controls'

/** A message that a person has to answer. */
export interface AwaitedAnswer {
  readonly exchange: ExchangeId
  /** The message's `srcid`. */
  readonly client: ProtocolId
  /** Cut off if it is long. */
  readonly payload: string
  /** What the answer has to have as its payload. */
  readonly hash: string
  readonly since: SimMs
}

export interface EndedAnswer extends Pick<AwaitedAnswer, 'exchange' | 'payload' | 'since'> {
  readonly outcome: HandOutcome
  readonly at: SimMs
}

export interface ByHand {
  /** In the order in which the server has taken them up. */
  readonly awaited: readonly AwaitedAnswer[]
  /** The latest, in order. */
  readonly ended: readonly EndedAnswer[]
}

/** What is missing where a scenario is played without a person; undefined: nothing. */
export function handWords({ servers }: Pick<Scenario, 'servers'>): string | undefined {
  const server = servers.find(answersByHand)
  if (server === undefined) return undefined
  return visibly`Server ${server.id} answers by hand, and nobody is here who types: choose another distribution for its work.`
}

export function answersByHand({ work }: { readonly work?: Node['work'] | undefined }): boolean {
  return typeof work === 'object' && work.distribution === 'by-hand'
}

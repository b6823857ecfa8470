// A message that a server works on, and what its work is for.
import type { ExchangeId, ProtocolId } from '../../../shared/ids'
import type { Random } from '../clock/random'

export interface WorkedOn {
  /** 0: it belongs to none, as a health check does. No person sees it. */
  readonly exchange: ExchangeId
  /** Its `srcid`. */
  readonly client: ProtocolId
  readonly payload: string
  /** The message's own source of chance. */
  readonly random: () => Random
}

export interface Job {
  readonly message: WorkedOn
  /** `typed`: the hash, if a person has typed one. */
  readonly done: (typed?: string) => void
}

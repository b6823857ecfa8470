// Numbers the messages of each inside client in order of sending. Chance that belongs to a message, such as the time of the
// work on it, is drawn from a source named by that number, so it is the same whichever server is chosen.
import { ChurningMap } from '../../../shared/churning-map'
import type { ExchangeId, NodeId } from '../../../shared/ids'
import { DEFAULT_SEED } from '../../../shared/limits'
import { createRandom, type Random } from '../clock/random'

export class MessageNumbers {
  private readonly sent = new Map<NodeId, number>()
  private readonly names = new ChurningMap<ExchangeId, string>()
  private seed = DEFAULT_SEED

  began(exchange: ExchangeId, client: NodeId): void {
    const number = (this.sent.get(client) ?? 0) + 1
    this.sent.set(client, number)
    this.names.set(exchange, `${client} ${number}`)
  }

  /** Returns undefined if this client did not send the message. */
  nameOf(exchange: ExchangeId | 'new', client: NodeId): string | undefined {
    const name = exchange === 'new' ? undefined : this.names.get(exchange)
    return name?.startsWith(`${client} `) ? name : undefined
  }

  finished(exchange: ExchangeId): void {
    this.names.delete(exchange)
  }

  /** The source of chance of `what` for this message. A message of an outside program is named by its exchange. */
  random(what: string, exchange: ExchangeId): Random {
    return createRandom(this.seed, `${what} for ${this.names.get(exchange) ?? exchange}`)
  }

  /** Counts from 1 again: a scenario with this seed begins. */
  begin(seed: number): void {
    this.sent.clear()
    this.seed = seed
  }
}

// In which order does each client get its answers? In the order of its messages, also those that the proxy gives itself.

import { ChurningMap } from '../../../shared/churning-map'
import type { ConnectionId, ExchangeId } from '../../../shared/ids'
import type { Fault } from '../../../shared/protocol/errors'
import { composeFaultAnswer } from '../../../shared/protocol/fault-answer'
import type { Effects } from './effects'
import type { Effect } from './protocol'

type Answer = Extract<Effect, { type: 'answer' }>

interface Client {
  readonly id: ConnectionId
  /** For each message without an answer, and for each answer that waits for an earlier one. */
  readonly slots: Slot[]
  left: boolean
}

/** The place of one message in its client's order. */
export interface Slot {
  readonly client: Client
  answer: Answer | undefined
  closeAfter: boolean
}

export class AnswerOrder {
  private readonly clients = new ChurningMap<ConnectionId, Client>()

  constructor(
    private readonly effects: Effects,
    private readonly webPort: () => number | undefined = () => undefined,
  ) {}

  enter(id: ConnectionId): void {
    if (this.clients.has(id)) throw new Error(`The client ${id} is connected already.`)
    this.clients.set(id, { id, slots: [], left: false })
  }

  /** Takes the next place of this client. Throws where it is not connected: no message comes after its end. */
  open(id: ConnectionId): Slot {
    const client = this.find(id)
    const slot: Slot = { client, answer: undefined, closeAfter: false }
    client.slots.push(slot)
    return slot
  }

  /** Answers once every earlier message of the client is answered; does nothing where the client has left. */
  answer(slot: Slot, answer: Answer): void {
    const { client } = slot
    if (client.left) return
    slot.answer = answer
    for (let first = client.slots[0]; first?.answer; first = client.slots[0]) {
      client.slots.shift()
      this.effects.add(first.answer)
      if (first.closeAfter) this.effects.add({ type: 'closeClient', client: client.id })
    }
  }

  answerError(slot: Slot, exchange: ExchangeId, destination: string | number, error: Fault): void {
    this.answer(slot, {
      type: 'answer',
      client: slot.client.id,
      exchange,
      kind: 'error',
      bytes: composeFaultAnswer(destination, error, this.webPort()),
      payload: null,
      server: null,
      reason: error.code,
    })
  }

  /** Answers with an error that needed no server. */
  refuse(slot: Slot, exchange: ExchangeId, destination: string | number, error: Fault): void {
    this.effects.log('error', `${error.code}: ${error.message}`)
    this.answerError(slot, exchange, destination, error)
  }

  /** The client's answers are for nobody from now on. Says whether it still waited for any. */
  leave(id: ConnectionId): boolean {
    const client = this.find(id)
    this.clients.delete(id)
    client.left = true
    return client.slots.length > 0
  }

  private find(id: ConnectionId): Client {
    const client = this.clients.get(id)
    if (client === undefined) throw new Error(`The client ${id} is not connected.`)
    return client
  }
}

// An inside client: sends messages to the proxy over one connection, which it keeps open, and checks each answer's
// hash.
import type { Node } from '../../../shared/events'
import type { ProtocolId } from '../../../shared/ids'
import { composeClientMessage } from '../../../shared/protocol/compose'
import type { ErrorCode } from '../../../shared/protocol/errors'
import type { Timer } from '../clock/clock'
import type { Lab } from '../lab'
import type { Endpoint } from '../links/open-stream'
import { ClientSession } from './client-session'

interface Message {
  policy: ProtocolId
  payload: string
}

export class ClientActor {
  private session: ClientSession | undefined
  private readonly scheduled = new Set<Timer>()

  constructor(
    private readonly lab: Lab,
    private readonly proxy: Endpoint,
    public node: Node & { protocolId: ProtocolId; policy: ProtocolId; payload: string },
  ) {}

  /** Sends the message after each of these delays of simulated time; without a delay, at once. */
  sendLater(message: Message, delaysMs: readonly number[]): void {
    const count = this.scheduled.size + delaysMs.length
    if (this.scheduled.size > 0 || delaysMs.some((delayMs) => delayMs > 0)) {
      this.lab.journal.emit({ type: 'messages.queued', client: this.node.id, count })
    }
    for (const delayMs of delaysMs) {
      if (delayMs === 0) this.send(message)
      else this.schedule(message, delayMs)
    }
  }

  /** Closes the connection at once: unanswered messages are lost for this reason. */
  stop(reason: ErrorCode): void {
    for (const timer of this.scheduled) this.lab.clock.cancel(timer)
    this.scheduled.clear()
    this.session?.leave(reason)
    this.session = undefined
  }

  private schedule(message: Message, delayMs: number): void {
    const timer = this.lab.clock.schedule(delayMs, () => {
      this.scheduled.delete(timer)
      this.send(message)
    })
    this.scheduled.add(timer)
  }

  private send({ policy, payload }: Message): void {
    this.session ??= this.connect()
    const bytes = composeClientMessage(this.node.protocolId, policy, payload)
    this.session.ask(bytes, payload)
  }

  private connect(): ClientSession {
    const session = new ClientSession(this.lab, this.node.id, this.proxy, () => {
      if (this.session === session) this.session = undefined
    })
    return session
  }
}

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

  /** Sends one message after a delay of simulated time; without a delay, at once. */
  sendLater(message: Message, delayMs: number): void {
    if (delayMs === 0) {
      this.send(message)
      return
    }
    const timer = this.lab.clock.schedule(delayMs, () => {
      this.scheduled.delete(timer)
      this.send(message)
    })
    this.scheduled.add(timer)
  }

  /** Closes the connection at once: unanswered messages are lost for this reason. */
  stop(reason: ErrorCode): void {
    for (const timer of this.scheduled) this.lab.clock.cancel(timer)
    this.scheduled.clear()
    this.session?.leave(reason)
    this.session = undefined
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

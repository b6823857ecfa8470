// An inside client: sends messages to the proxy over one connection, which it keeps open, and checks each answer's
// hash. Its traffic may be that of a crowd, each client of which has an id and a connection of its own.
import type { Node } from '../../../shared/events'
import type { NodeId, ProtocolId, SimMs } from '../../../shared/ids'
import { composeClientMessage } from '../../../shared/protocol/compose'
import type { ErrorCode } from '../../../shared/protocol/errors'
import { known, settled } from '../../../shared/settings/derive'
import { TRAFFIC, type TrafficValues } from '../../../shared/settings/features/traffic'
import { OFF } from '../../../shared/settings/setting'
import type { Timer } from '../clock/clock'
import type { Lab } from '../lab'
import { type TrafficSender, TrafficSource } from '../traffic/source'
import { ClientSession } from './client-session'

interface Message {
  policy: ProtocolId
  payload: string
}

type ClientNode = Node & { protocolId: ProtocolId; policy: ProtocolId; payload: string }

export class ClientActor implements TrafficSender {
  /** By the number of the client in the crowd; its own is 0. */
  private readonly sessions = new Map<number, ClientSession>()
  /** Those that end with their last answer, with the client's number. */
  private readonly retired = new Map<ClientSession, number>()
  private readonly scheduled = new Set<Timer>()
  private source: TrafficSource | undefined
  unanswered = 0

  constructor(
    private readonly lab: Lab,
    private its: ClientNode,
  ) {}

  get node(): ClientNode {
    return this.its
  }

  get id(): NodeId {
    return this.its.id
  }

  get fallback(): Message {
    return this.its
  }

  /** What it has of traffic; undefined: it is off. */
  get traffic(): TrafficValues | undefined {
    const { traffic = OFF } = this.its
    return traffic === OFF ? undefined : settled(TRAFFIC.settings, known(TRAFFIC.settings, traffic))
  }

  get isSending(): boolean {
    return this.source !== undefined
  }

  /** The same id, with other settings. Running traffic uses them from now on. */
  change(node: ClientNode): void {
    this.its = node
    const { traffic } = this
    if (traffic) this.source?.change(traffic)
    else this.stopTraffic()
  }

  startTraffic(traffic: TrafficValues): void {
    this.source = new TrafficSource(this.lab, this, traffic, () => {
      this.source = undefined
    })
    this.source.start()
  }

  stopTraffic(): void {
    this.source?.stop()
  }

  /** Sends the message after each of these delays of simulated time; without a delay, at once. */
  sendLater(message: Message, delaysMs: readonly number[]): void {
    const count = this.scheduled.size + delaysMs.length
    if (this.scheduled.size > 0 || delaysMs.some((delayMs) => delayMs > 0)) {
      this.lab.journal.emit({ type: 'messages.queued', client: this.id, count })
    }
    for (const delayMs of delaysMs) {
      if (delayMs === 0) this.ask(0, message)
      else this.schedule(message, delayMs)
    }
  }

  send(client: number, message: Message, lateMs: SimMs): void {
    this.ask(client, message, lateMs)
  }

  unansweredOf(client: number): number {
    let count = this.sessions.get(client)?.unanswered ?? 0
    for (const [session, its] of this.retired) if (its === client) count += session.unanswered
    return count
  }

  /** Another proxy takes the next messages. Answers to earlier ones still come. */
  proxyChanged(): void {
    for (const [client, session] of [...this.sessions]) this.retire(client, session)
  }

  /** Closes its connections at once: unanswered messages are lost for this reason. */
  stop(reason: ErrorCode): void {
    this.stopTraffic()
    for (const timer of this.scheduled) this.lab.clock.cancel(timer)
    this.scheduled.clear()
    for (const session of [...this.sessions.values(), ...this.retired.keys()]) session.leave(reason)
    this.sessions.clear()
    this.retired.clear()
  }

  private schedule(message: Message, delayMs: number): void {
    const timer = this.lab.clock.schedule(delayMs, () => {
      this.scheduled.delete(timer)
      this.ask(0, message)
    })
    this.scheduled.add(timer)
  }

  private ask(client: number, { policy, payload }: Message, lateMs: SimMs = 0): void {
    const { foreign } = this.lab.seat
    const session = this.sessions.get(client) ?? this.connect(client, policy)
    const id = crowdId(this.its.protocolId, client)
    session.ask(composeClientMessage(id, policy, payload, foreign?.spelling), payload, lateMs)
    if (foreign?.connectsPerMessage) this.retire(client, session)
  }

  private retire(client: number, session: ClientSession): void {
    this.sessions.delete(client)
    this.retired.set(session, client)
    session.retire()
  }

  private connect(client: number, policy: ProtocolId): ClientSession {
    const { lab } = this
    const session = new ClientSession(lab, this.id, lab.seat.endpointOf(policy), {
      asked: () => {
        this.unanswered++
      },
      finished: () => {
        this.unanswered--
        this.source?.answered(client)
      },
      closed: () => {
        if (this.sessions.get(client) === session) this.sessions.delete(client)
        this.retired.delete(session)
      },
    })
    this.sessions.set(client, session)
    return session
  }
}

/** The first client of a crowd has the node's id, the others `1.2`, `1.3` and so on. */
function crowdId(id: ProtocolId, client: number): ProtocolId {
  return client === 0 ? id : `${id}.${client + 1}`
}

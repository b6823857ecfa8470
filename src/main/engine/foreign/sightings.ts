// What can be seen of a proxy whose inside is not known: which of the lab's questions reaches which server? A question is
// recognised by its content, also where the proxy writes its JSON anew; and beside each choice stands the server whose turn it
// would be. That one is counted from the latest earlier question of the policy whose server is known, so that one choice out of
// turn does not make all later ones look wrong.
import { ChurningMap } from '../../../shared/churning-map'
import type { LabEvent } from '../../../shared/events'
import type { SeenChoice } from '../../../shared/foreign-proxy'
import { type ExchangeId, PROXY, type ProtocolId } from '../../../shared/ids'
import type { ClientMessage } from '../../../shared/protocol/message'
import { scanWhole } from '../protocol/scan'

interface Question {
  readonly exchange: ExchangeId
  message: ClientMessage | undefined
  /** The servers that it was seen at. */
  readonly servers: ProtocolId[]
  /** It has reached the proxy. */
  isThere: boolean
}

export class Sightings {
  /** Those without an answer, in the order of sending. */
  private readonly open = new ChurningMap<ExchangeId, Question>()
  /** By policy, those that reached the proxy, in this order, behind the last of whom all before are known. */
  private readonly turns = new Map<ProtocolId, Question[]>()
  /** By policy, the server of the question before those. */
  private readonly before = new Map<ProtocolId, ProtocolId>()

  /**
   * `serversOf`: a policy's servers in the order of their turns under round-robin; undefined where the proxy does not balance by
   * it.
   */
  constructor(
    private readonly serversOf: (policy: ProtocolId) => readonly ProtocolId[] | undefined,
  ) {}

  apply(event: LabEvent): void {
    switch (event.type) {
      case 'packet.sent': {
        const { packet, exchange, kind, to, bytes } = event
        if (kind !== 0 || to !== PROXY || packet !== exchange) return
        const message = questionIn(bytes)
        this.open.set(exchange, { exchange, message, servers: [], isThere: false })
        return
      }
      case 'packet.edited': {
        const question = this.open.get(event.packet)
        if (question) question.message = questionIn(event.bytes)
        return
      }
      case 'packet.delivered': {
        const question = this.open.get(event.packet)
        if (question?.message === undefined || question.isThere) return
        question.isThere = true
        const { policy } = question.message
        const turns = this.turns.get(policy)
        if (turns) turns.push(question)
        else this.turns.set(policy, [question])
        return
      }
      case 'exchange.finished':
        this.finished(event.exchange)
    }
  }

  /**
   * The exchange of a question that the proxy sends to a server; 0: none of the lab's clients has asked it. Of questions with
   * the same content, the oldest one that was at no server yet, else the latest: the proxy asks another server then.
   */
  exchangeOf({ source, policy, payload }: ClientMessage): ExchangeId {
    let latest: Question | undefined
    for (const question of this.open.values()) {
      const { message } = question
      if (!question.isThere || message === undefined) continue
      const isSame =
        message.source === source && message.policy === policy && message.payload === payload
      if (!isSame) continue
      if (question.servers.length === 0) return question.exchange
      latest = question
    }
    return latest?.exchange ?? 0
  }

  /** The question is on its way to this server. Undefined: nothing is known of it. */
  seenAt(exchange: ExchangeId, server: ProtocolId): SeenChoice | undefined {
    const question = this.open.get(exchange)
    if (question?.message === undefined) return undefined
    const { policy } = question.message
    const expected = question.servers.length === 0 ? this.expectedFor(question, policy) : null
    question.servers.push(server)
    this.forgetKnown(policy)
    return { exchange, attempt: question.servers.length, policy, server, expected }
  }

  /** Whether it was seen at a server. */
  isSeen(exchange: ExchangeId): boolean {
    return (this.open.get(exchange)?.servers.length ?? 0) > 0
  }

  private expectedFor(question: Question, policy: ProtocolId): ProtocolId | null {
    const servers = this.serversOf(policy)
    if (servers === undefined || servers.length === 0) return null
    const turns = this.turns.get(policy) ?? []
    const place = turns.indexOf(question)
    if (place === -1) return null
    let earlier = place - 1
    while (earlier >= 0 && turns[earlier]?.servers.length === 0) earlier--
    const known = turns[earlier]?.servers[0] ?? this.before.get(policy)
    const from = known === undefined ? -1 : servers.indexOf(known)
    return servers[(from + place - earlier) % servers.length] ?? null
  }

  private finished(exchange: ExchangeId): void {
    const question = this.open.get(exchange)
    if (question === undefined) return
    this.open.delete(exchange)
    const policy = question.message?.policy
    if (policy === undefined || question.servers.length > 0) return
    // No server was seen: perhaps it had no turn.
    const turns = this.turns.get(policy)
    const place = turns?.indexOf(question) ?? -1
    if (place !== -1) turns?.splice(place, 1)
    this.forgetKnown(policy)
  }

  private forgetKnown(policy: ProtocolId): void {
    const turns = this.turns.get(policy) ?? []
    for (let [first] = turns; first?.servers[0] !== undefined; [first] = turns) {
      this.before.set(policy, first.servers[0])
      turns.shift()
    }
  }
}

function questionIn(bytes: Uint8Array): ClientMessage | undefined {
  const [item] = scanWhole(bytes)
  return item?.kind === 'message' && item.message.type === 0 ? item.message : undefined
}

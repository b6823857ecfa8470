// What can be seen of a proxy whose inside is not known: which of the lab's questions reaches which server? A question is
// recognised by its content, also where the proxy writes its JSON anew; and beside each choice stands the server whose turn it
// would be. That one is counted from the latest earlier question of the policy whose server is known, so that one choice out of
// turn does not make all later ones look wrong.

import type { Sending } from '../../../shared/carried'
import { ChurningMap } from '../../../shared/churning-map'
import type { LabEvent } from '../../../shared/events'
import type { SeenChoice } from '../../../shared/foreign-proxy'
import { type ExchangeId, type PacketId, PROXY, type ProtocolId } from '../../../shared/ids'
import type { ClientMessage } from '../../../shared/protocol/message'
import { scanWhole } from '../protocol/scan'

interface Question {
  readonly exchange: ExchangeId
  message: ClientMessage | undefined
  /** The servers that it was seen at. */
  readonly servers: ProtocolId[]
  /** It has reached the proxy. */
  isThere: boolean
  isOver: boolean
}

/** Questions with the same content that have reached the proxy, in this order. Those that are over leave them later. */
interface Alike {
  /** Those that were at no server yet. */
  readonly unseen: Question[]
  readonly seen: Question[]
  /** How many of them are not over. */
  open: number
}

export class Sightings {
  /** Those without an answer, in the order of sending. */
  private readonly open = new ChurningMap<ExchangeId, Question>()
  private readonly alike = new Map<string, Alike>()
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
      case 'packet.carried':
        this.sent(event)
        this.delivered(event.packet)
        return
      case 'packet.sent':
        this.sent(event)
        return
      case 'packet.edited': {
        const question = this.open.get(event.packet)
        if (question) question.message = questionIn(event.bytes)
        return
      }
      case 'packet.delivered':
        this.delivered(event.packet)
        return
      case 'exchange.finished':
        this.finished(event.exchange)
    }
  }

  /**
   * The exchange of a question that the proxy sends to a server; 0: none of the lab's clients has asked it. Of questions with
   * the same content, the one that came first and was at no server yet, else the one that was seen last: the proxy asks another
   * server then.
   */
  exchangeOf(message: ClientMessage): ExchangeId {
    const { unseen = [], seen = [] } = this.alike.get(contentOf(message)) ?? {}
    return unseen[0]?.exchange ?? seen.at(-1)?.exchange ?? 0
  }

  /** The question is on its way to this server. Undefined: nothing is known of it. */
  seenAt(exchange: ExchangeId, server: ProtocolId): SeenChoice | undefined {
    const question = this.open.get(exchange)
    if (question?.message === undefined) return undefined
    const { policy } = question.message
    const expected = question.servers.length === 0 ? this.expectedFor(question, policy) : null
    question.servers.push(server)
    if (question.isThere && question.servers.length === 1) {
      const alike = this.alikeTo(question.message)
      alike.seen.push(question)
      dropFrom(alike.unseen, wasSeenOrIsOver)
    }
    this.forgetKnown(policy)
    return { exchange, attempt: question.servers.length, policy, server, expected }
  }

  /** Whether it was seen at a server. */
  isSeen(exchange: ExchangeId): boolean {
    return (this.open.get(exchange)?.servers.length ?? 0) > 0
  }

  private sent({ packet, exchange, kind, to, bytes }: Sending): void {
    if (kind !== 0 || to !== PROXY || packet !== exchange) return
    const message = questionIn(bytes)
    this.open.set(exchange, { exchange, message, servers: [], isThere: false, isOver: false })
  }

  private delivered(packet: PacketId): void {
    const question = this.open.get(packet)
    if (question?.message === undefined || question.isThere) return
    question.isThere = true
    this.alikeTo(question.message).unseen.push(question)
    this.alikeTo(question.message).open++
    const { policy } = question.message
    const turns = this.turns.get(policy)
    if (turns) turns.push(question)
    else this.turns.set(policy, [question])
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
    this.forgetAlike(question)
    const policy = question.message?.policy
    if (policy === undefined || question.servers.length > 0) return
    // No server was seen: perhaps it had no turn.
    const turns = this.turns.get(policy)
    const place = turns?.indexOf(question) ?? -1
    if (place !== -1) turns?.splice(place, 1)
    this.forgetKnown(policy)
  }

  private alikeTo(message: ClientMessage): Alike {
    const content = contentOf(message)
    const alike = this.alike.get(content) ?? { unseen: [], seen: [], open: 0 }
    this.alike.set(content, alike)
    return alike
  }

  private forgetAlike(question: Question): void {
    question.isOver = true
    const { message, isThere } = question
    if (message === undefined || !isThere) return
    const alike = this.alikeTo(message)
    alike.open--
    dropFrom(alike.unseen, wasSeenOrIsOver)
    dropFrom(alike.seen, ({ isOver }) => isOver)
    if (alike.open === 0) this.alike.delete(contentOf(message))
  }

  private forgetKnown(policy: ProtocolId): void {
    const turns = this.turns.get(policy) ?? []
    for (let [first] = turns; first?.servers[0] !== undefined; [first] = turns) {
      this.before.set(policy, first.servers[0])
      turns.shift()
    }
  }
}

function contentOf({ source, policy, payload }: ClientMessage): string {
  return JSON.stringify([source, policy, payload])
}

function wasSeenOrIsOver({ servers, isOver }: Question): boolean {
  return servers.length > 0 || isOver
}

/** From both ends: most questions end in their order. */
function dropFrom(list: Question[], isDone: (question: Question) => boolean): void {
  for (let [first] = list; first !== undefined && isDone(first); [first] = list) list.shift()
  for (let last = list.at(-1); last !== undefined && isDone(last); last = list.at(-1)) list.pop()
}

function questionIn(bytes: Uint8Array): ClientMessage | undefined {
  const [item] = scanWhole(bytes)
  return item?.kind === 'message' && item.message.type === 0 ? item.message : undefined
}

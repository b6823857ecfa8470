// The questions of an exchange of the check: where each began, where it was forwarded, and how it ended.
import type { EventBody, PacketKind } from '../../events'
import type { NodeId, ProtocolId, SimMs } from '../../ids'
import type { ProgramKind } from '../../program-command'
import type { ErrorCode } from '../../protocol/errors'
import type { ClientMessage, Message } from '../../protocol/message'
import type { Cast } from './cast'
import type { MessageStream } from './message-stream'
import type { Numbered } from './script'

/** A question, on its way from a client to a server and back. */
export interface Question {
  readonly packet: Numbered
  /** The node of the asking client; the check's proxy, if it asks by itself. */
  readonly asker: NodeId
  readonly line: WireLine
  readonly payload: string
  readonly source: ProtocolId
  readonly policy: ProtocolId
  /** When it is where it was sent first. */
  readonly arrivesAt: SimMs
  /** The server that it was forwarded to, and how often it was forwarded. */
  server?: ProtocolId
  attempts: number
  /** When that server's answer is at the proxy. */
  answeredAt?: SimMs
  isOver: boolean
}

/** What waits for an answer on a connection. */
interface Asked {
  readonly question: Question | undefined
  readonly arrivesAt: SimMs
}

/** One connection. */
export interface WireLine {
  readonly number: number
  /** The node of the check's own end. */
  readonly end: NodeId
  readonly openedAt: SimMs
  readonly sent: MessageStream
  readonly received: MessageStream
  readonly asked: Asked[]
  /** When the last message that the check has sent on it arrives. */
  lastArrivesAt: SimMs
  isClosed: boolean
}

export class Questions {
  private readonly all: Question[] = []

  /** `hashes`: SHA-1 of payloads. */
  constructor(
    private readonly subject: ProgramKind,
    private readonly cast: Cast,
    private readonly hashes: ReadonlyMap<string, string>,
  ) {}

  begin(
    line: WireLine,
    { payload, source, policy }: ClientMessage,
    packet: Numbered,
    arrivesAt: SimMs,
  ): Question {
    const asker = this.subject === 'client' ? this.cast.program : line.end
    const question: Question = {
      packet,
      asker,
      line,
      payload,
      source,
      policy,
      arrivesAt,
      attempts: 0,
      isOver: false,
    }
    this.all.push(question)
    return question
  }

  /** The question that the checked proxy has forwarded: one of that client that no server has yet, if there is one. */
  forwarded(line: WireLine, { payload, source }: ClientMessage): Question | undefined {
    if (this.subject !== 'proxy') return undefined
    const same = this.all.filter((question) => question.payload === payload)
    const found =
      same.find((question) => question.source === source && question.server === undefined) ??
      same.find(({ server }) => server === undefined) ??
      same.at(-1)
    const server = this.cast.nodes.find(({ id }) => id === line.end)?.protocolId
    if (found && server !== undefined) {
      found.server = server
      found.attempts++
    }
    return found
  }

  /** Whether another question of its policy is at the checked proxy, at no server yet. */
  isAlone(question: Question): boolean {
    return !this.all.some(
      (other) =>
        other !== question &&
        other.policy === question.policy &&
        other.server === undefined &&
        !other.isOver,
    )
  }

  /** The answer is where the question came from. Returns what is known then, each to be made once packets have numbers. */
  finish(
    question: Question,
    kind: PacketKind,
    message: Message | undefined,
    packet: Numbered,
  ): (() => EventBody)[] {
    if (question.isOver) return []
    question.isOver = true
    const { asker: node, payload, server = null } = question
    const hash = message?.type === 2 ? message.payload : ''
    const isRight = this.hashes.get(payload) === hash
    const verdict = kind === 'error' ? 'error' : isRight ? 'correct' : 'wrong'
    const exchange = () => question.packet.number
    const finished = (): EventBody => ({
      type: 'exchange.finished',
      exchange: exchange(),
      client: node,
      outcome: kind === 'error' ? 'refused' : 'answered',
      server,
      reason: null,
    })
    // What a client makes of its answer is seen in what it prints alone.
    if (this.subject === 'client') return [finished]
    return [
      () => ({
        type: 'answer.verified',
        exchange: exchange(),
        packet: packet.number,
        node,
        verdict,
      }),
      finished,
    ]
  }

  /** Its connection was closed, by the check or by the program, before it had an answer. */
  lose(question: Question, by: 'check' | 'program'): (() => EventBody)[] {
    if (question.isOver) return []
    question.isOver = true
    const { asker: client, server = null } = question
    const byAsker = (client === this.cast.program) === (by === 'program')
    const reason: ErrorCode = byAsker ? 'CLIENT_LEFT' : CLOSED_BY[this.subject]
    const exchange = () => question.packet.number
    return [
      () => ({
        type: 'exchange.finished',
        exchange: exchange(),
        client,
        outcome: 'lost',
        server,
        reason,
      }),
    ]
  }
}

/** Who closes instead of an answer, when this is checked. */
const CLOSED_BY: Readonly<Record<ProgramKind, ErrorCode>> = {
  proxy: 'PROXY_CLOSED',
  server: 'SERVER_CLOSED',
  client: 'PROXY_CLOSED',
}

// The exchanges of the outside programs on one connection: who has asked what, whether its answer is right, and how the
// exchange ends. An inside client does this for itself.

import { ChurningMap } from '../../../shared/churning-map'
import type { ExchangeId, NodeId, PacketId } from '../../../shared/ids'
import type { ErrorCode } from '../../../shared/protocol/errors'
import type { ScanResult } from '../../../shared/protocol/scanner'
import { scanWhole } from '../protocol/scan'
import { type Verdict, verdictOn, verdictOnHash } from '../protocol/verdict'
import type { Journal } from '../story/journal'
import type { Effect } from './protocol'

type Answer = Extract<Effect, { type: 'answer' }>

interface Question {
  client: NodeId
  /** As it came from the program. */
  payload: string
}

export class OutsideVerdicts {
  private readonly unfinished = new ChurningMap<ExchangeId, Question>()

  constructor(private readonly journal: Journal) {}

  /** Undefined where the exchange is finished, or is an inside client's. */
  clientOf(exchange: ExchangeId): NodeId | undefined {
    return this.unfinished.get(exchange)?.client
  }

  asked(exchange: ExchangeId, client: NodeId, item: ScanResult): void {
    if (item.kind === 'fault' || item.message.type !== 0) return
    this.unfinished.set(exchange, { client, payload: item.message.payload })
  }

  /** `written`: the answer's bytes, or others where it was edited. */
  answered(packet: PacketId, written: Uint8Array, answer: Answer): void {
    const { exchange, bytes, payload } = answer
    const question = this.unfinished.get(exchange)
    if (question === undefined) return
    this.unfinished.delete(exchange)
    const { client } = question
    let verdict: Verdict
    if (written !== bytes) verdict = verdictOn(scanWhole(written)[0], question.payload)
    else verdict = payload === null ? 'error' : verdictOnHash(payload, question.payload)
    this.journal.emit({ type: 'answer.verified', exchange, packet, node: client, verdict })
    this.journal.emit({
      type: 'exchange.finished',
      exchange,
      client,
      outcome: answer.kind === 2 ? 'answered' : 'refused',
      server: answer.server,
      reason: answer.reason,
    })
  }

  lost(exchange: ExchangeId, reason: ErrorCode): void {
    const client = this.clientOf(exchange)
    if (client === undefined) return
    this.unfinished.delete(exchange)
    this.journal.emit({
      type: 'exchange.finished',
      exchange,
      client,
      outcome: 'lost',
      server: null,
      reason,
    })
  }

  allLost(reason: ErrorCode): void {
    for (const exchange of [...this.unfinished.keys()]) this.lost(exchange, reason)
  }
}

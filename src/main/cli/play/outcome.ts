// What became of the messages of a lab, counted from its events: how many were answered and how late, and what each policy's
// servers did.

import { originalOf } from '../../../shared/carried'
import type { AlgorithmName } from '../../../shared/decision/reason'
import type { LabEvent } from '../../../shared/events'
import type { ExchangeId, ProtocolId, SimMs } from '../../../shared/ids'
import type { Unknown } from '../../../shared/settings/setting'

interface ServerCounts {
  chosen: number
  served: number
  failed: number
}

interface PolicyCounts {
  algorithm: AlgorithmName | Unknown
  readonly decisions: (ProtocolId | null)[]
  readonly servers: Map<ProtocolId, ServerCounts>
}

interface Sent {
  /** When it was due. */
  dueAt: SimMs
  /** Where its last attempt went. */
  at: ServerCounts | undefined
  /** Its answer has another hash than that of its payload. */
  isWrong: boolean
}

const SHARES = { p50: 0.5, p90: 0.9, p99: 0.99, max: 1 } as const

type Latencies = Record<keyof typeof SHARES, SimMs | null>

export interface OutcomeSummary {
  /** A wrong hash counts as lost. Those that have not ended are in `sent` alone. */
  readonly messages: { sent: number; answered: number; refused: number; lost: number }
  /** The latencies of answered messages, by the nearest rank; null without an answered message. */
  readonly latencyMs: Latencies
  readonly policies: Readonly<
    Record<
      ProtocolId,
      {
        readonly algorithm: string
        readonly decisions?: readonly (ProtocolId | null)[]
        readonly servers: Readonly<Record<ProtocolId, Readonly<ServerCounts>>>
      }
    >
  >
}

export class LabOutcome {
  private readonly messages = { sent: 0, answered: 0, refused: 0, lost: 0 }
  private readonly latencies: SimMs[] = []
  private readonly policies = new Map<ProtocolId, PolicyCounts>()
  /** When the last message ended. */
  endedAt: SimMs = 0
  private readonly open = new Map<ExchangeId, Sent>()

  /** `keepsDecisions`: the summary lists each policy's decisions. */
  constructor(private readonly keepsDecisions: boolean) {}

  apply(event: LabEvent): void {
    switch (event.type) {
      case 'packet.carried':
      case 'packet.sent':
        if (event.packet !== event.exchange || originalOf(event) !== null) return
        this.messages.sent++
        this.open.set(event.exchange, { dueAt: event.at, at: undefined, isWrong: false })
        return
      case 'message.late': {
        const sent = this.open.get(event.exchange)
        if (sent) sent.dueAt -= event.lateMs
        return
      }
      case 'row.set':
        // A server that is never chosen is in the summary, too.
        this.server(event.row.policy, event.row.server)
        return
      case 'pool.changed':
        this.policy(event.policy).algorithm = event.algorithm
        return
      case 'decision.made':
        this.decided(event)
        return
      case 'upstream.failed':
        this.failed(event.exchange)
        return
      case 'answer.verified': {
        const sent = this.open.get(event.exchange)
        if (sent) sent.isWrong = event.verdict === 'wrong'
        return
      }
      case 'exchange.finished':
        this.finished(event)
    }
  }

  get hasEnded(): boolean {
    return this.messages.sent > 0 && this.open.size === 0
  }

  /** The objects' fields are in a fixed order: the same run gives the same text. */
  summary(): OutcomeSummary {
    const policies = [...this.policies].map(([id, { algorithm, decisions, servers }]) => [
      id,
      {
        algorithm,
        ...(this.keepsDecisions && { decisions }),
        servers: Object.fromEntries(servers),
      },
    ])
    return {
      messages: this.messages,
      latencyMs: latenciesOf(this.latencies),
      policies: Object.fromEntries(policies),
    }
  }

  private decided(event: Extract<LabEvent, { type: 'decision.made' }>): void {
    const { exchange, policy, server, algorithm } = event
    const counts = this.policy(policy)
    counts.algorithm = algorithm
    if (this.keepsDecisions) counts.decisions.push(server)
    const sent = this.open.get(exchange)
    const at = server === null ? undefined : this.server(policy, server)
    if (at) at.chosen++
    if (sent) sent.at = at
  }

  private failed(exchange: ExchangeId): void {
    const sent = this.open.get(exchange)
    if (sent?.at === undefined) return
    sent.at.failed++
    sent.at = undefined
  }

  private finished({
    exchange,
    outcome,
    at: endedAt,
  }: Extract<LabEvent, { type: 'exchange.finished' }>): void {
    const sent = this.open.get(exchange)
    this.open.delete(exchange)
    const became = sent?.isWrong ? 'lost' : outcome
    this.messages[became]++
    this.endedAt = endedAt
    if (sent === undefined) return
    if (became === 'answered') this.latencies.push(endedAt - sent.dueAt)
    if (sent.at) sent.at[became === 'answered' ? 'served' : 'failed']++
  }

  private policy(id: ProtocolId): PolicyCounts {
    const known = this.policies.get(id)
    if (known) return known
    const counts: PolicyCounts = { algorithm: 'round-robin', decisions: [], servers: new Map() }
    this.policies.set(id, counts)
    return counts
  }

  private server(policy: ProtocolId, id: ProtocolId): ServerCounts {
    const { servers } = this.policy(policy)
    const known = servers.get(id)
    if (known) return known
    const counts = { chosen: 0, served: 0, failed: 0 }
    servers.set(id, counts)
    return counts
  }
}

function latenciesOf(latencies: readonly SimMs[]): Latencies {
  const sorted = Float64Array.from(latencies).sort()
  const at = (share: number): SimMs | null => {
    const rank = Math.max(1, Math.ceil(share * sorted.length - 1e-9))
    const latency = sorted[rank - 1]
    return latency === undefined ? null : rounded(latency)
  }
  return { p50: at(SHARES.p50), p90: at(SHARES.p90), p99: at(SHARES.p99), max: at(SHARES.max) }
}

/** Events have times in whole microseconds; their differences have a few more digits. */
function rounded(ms: SimMs): SimMs {
  return Math.round(ms * 1000) / 1000
}

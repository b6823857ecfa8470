// An hour of a lesson at a hundred messages a second, made up event by event: the classic pool, 32 clients, links of
// 600 ms, and for each message all that its way through the proxy and back tells, with a connection to the server each.
import type { EventBody, LabEvent } from '../../../src/shared/events'
import { nodeId, PROXY } from '../../../src/shared/ids'
import { composeAnswer, composeClientMessage } from '../../../src/shared/protocol/compose'
import { CLASSIC_POOL } from '../../../src/shared/scenario'

const CLIENTS = 32
const LATENCY_MS = 600
/** Milliseconds between two messages. */
const SPACING_MS = 10

const servers = CLASSIC_POOL.servers.map(({ id, policy }) => ({
  id,
  policy,
  node: nodeId('inside', 'server', id),
}))
const clients = Array.from({ length: CLIENTS }, (_, index) => {
  const id = String(index + 1)
  return { id, policy: index % 2 === 0 ? '111' : '222', node: nodeId('inside', 'client', id) }
})
const pools = new Map(
  ['111', '222'].map((policy) => {
    const pool = servers.filter((server) => server.policy === policy)
    return [policy, { pool, candidates: pool.map(({ id }) => id) }] as const
  }),
)

/** The events of this many messages, in order. */
export function* hourOfEvents(messages: number): Generator<LabEvent> {
  let seq = 0
  const event = (at: number, body: EventBody): LabEvent => ({ seq: ++seq, at, ...body })
  for (const body of furniture()) yield event(0, body)
  // A message is on four links, one after another: at any moment four batches of messages are each on one of them.
  const lab = new Lab()
  const under: Exchange[][] = [[], [], [], []]
  for (
    let begun = 0, tick = 0;
    begun < messages || under.some((stage) => stage.length > 0);
    tick++
  ) {
    const now = tick * SPACING_MS
    for (let stage = 3; stage >= 0; stage--) {
      const due = under[stage]?.[0]
      if (due === undefined || due.dueAt > now) continue
      under[stage]?.shift()
      const at = due.dueAt
      for (const body of lab.arrive(due, stage, at)) yield event(at, body)
      if (stage < 3) under[stage + 1]?.push(due)
    }
    if (begun >= messages) continue
    const exchange = lab.begin(begun++, now)
    under[0]?.push(exchange)
    yield event(now, lab.sent(exchange, 0))
  }
}

interface Exchange {
  index: number
  id: number
  /** The packet in flight. */
  packet: number
  dueAt: number
  client: { id: string; policy: string; node: string }
  server: { id: string; node: string }
  position: number
  connection: number
  question: Uint8Array
  answer: Uint8Array
}

class Lab {
  private packets = 0
  private connections = CLIENTS

  begin(index: number, now: number): Exchange {
    const client = clients[index % CLIENTS]
    const pool = client && pools.get(client.policy)?.pool
    const position = Math.floor(index / 2) % (pool?.length ?? 1)
    const server = pool?.[position]
    if (client === undefined || server === undefined) throw new Error('Nobody serves the policy.')
    const id = ++this.packets
    return {
      index,
      id,
      packet: id,
      dueAt: now + LATENCY_MS,
      client,
      server,
      position,
      connection: 0,
      // Payloads and hashes differ, as they do where people type: what is always the same packs too well.
      question: composeClientMessage(client.id, client.policy, payloadOf(index)),
      answer: composeAnswer(server.id, client.id, hashOf(index)),
    }
  }

  sent(exchange: Exchange, stage: number): EventBody {
    const { id, client, server, connection, question, answer, dueAt, packet } = exchange
    const end = stage === 0 || stage === 3 ? client.node : server.node
    const towards = stage === 0 || stage === 2
    return {
      type: 'packet.sent',
      packet,
      exchange: id,
      kind: stage < 2 ? 0 : 2,
      from: towards ? end : PROXY,
      to: towards ? PROXY : end,
      connection: stage === 0 || stage === 3 ? Number(client.id) : connection,
      dueAt,
      bytes: stage < 2 ? question : answer,
      copyOf: null,
    }
  }

  /** What follows from the arrival of an exchange's packet at the end of its link. */
  *arrive(exchange: Exchange, stage: number, now: number): Generator<EventBody> {
    const { id, client, server, position } = exchange
    yield { type: 'packet.delivered', packet: exchange.packet }
    if (stage === 0) {
      const { pool = [], candidates = [] } = pools.get(client.policy) ?? {}
      const next = pool[(position + 1) % pool.length]?.id ?? null
      yield {
        type: 'decision.made',
        exchange: id,
        attempt: 1,
        policy: client.policy,
        algorithm: 'round-robin',
        server: server.id,
        candidates,
        passedOver: [],
        reason: { by: 'round-robin', turn: server.id },
        next,
      }
      exchange.connection = ++this.connections
      yield {
        type: 'connection.opened',
        connection: exchange.connection,
        from: PROXY,
        to: server.node,
        fromPort: 32_768 + (exchange.index % 28_000),
        toPort: 2105,
        fromAddress: '127.0.0.1',
        toAddress: '127.0.0.1',
      }
    }
    if (stage === 2)
      yield { type: 'connection.closed', connection: exchange.connection, node: PROXY }
    if (stage < 3) {
      exchange.packet = ++this.packets
      exchange.dueAt = now + LATENCY_MS
      yield this.sent(exchange, stage + 1)
      return
    }
    yield {
      type: 'answer.verified',
      exchange: id,
      packet: exchange.packet,
      node: client.node,
      verdict: 'correct',
    }
    yield {
      type: 'exchange.finished',
      exchange: id,
      client: client.node,
      outcome: 'answered',
      server: server.id,
      reason: null,
    }
  }
}

function* furniture(): Generator<EventBody> {
  yield { type: 'proxy.listening', host: '127.0.0.1', port: 2100, askedPort: 2100, otherHosts: [] }
  yield { type: 'node.added', node: { id: PROXY, role: 'proxy', origin: 'inside' } }
  for (const { id, policy, node } of servers) {
    yield {
      type: 'node.added',
      node: { id: node, role: 'server', origin: 'inside', protocolId: id, policy },
    }
    const place = { listenPort: 2105, address: '127.0.0.1', node }
    yield { type: 'row.set', row: { server: id, policy, ...place, health: 'up' } }
  }
  for (const { id, policy, node } of clients) {
    yield {
      type: 'node.added',
      node: { id: node, role: 'client', origin: 'inside', protocolId: id, policy },
    }
  }
}

function payloadOf(index: number): string {
  return `message ${index}`
}

/** Forty hex digits that no other message has, as hard to pack as a hash is. */
function hashOf(index: number): string {
  let hash = ''
  let value = index + 1
  for (let part = 0; part < 5; part++) {
    value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d + part)
    value = Math.imul(value ^ (value >>> 12), 0x297a2d39)
    value ^= value >>> 15
    hash += (value >>> 0).toString(16).padStart(8, '0')
  }
  return hash
}

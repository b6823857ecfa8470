// Makes events at a steady rate, in the mix that a running lab has: the classic pool, 32 clients, and for each
// message all that its way through the proxy and back tells, with a connection to the server per message.
import type { Journal } from '../../../src/main/engine/story/journal'
import { nodeId, PROXY } from '../../../src/shared/ids'
import { composeAnswer, composeClientMessage } from '../../../src/shared/protocol/compose'
import { CLASSIC_POOL } from '../../../src/shared/scenario'

const CLIENTS = 32
const EVENTS_PER_EXCHANGE = 13
const TICK_MS = 2
const HASH = 'a9993e364706816aba3e25717850c26c9cd0d89d'

const clients = Array.from({ length: CLIENTS }, (_, index) => {
  const id = String(index + 1)
  const policy = index % 2 === 0 ? '111' : '222'
  return {
    id,
    policy,
    node: nodeId('inside', 'client', id),
    question: composeClientMessage(id, policy, `xyz${id}`.padEnd(9, '-')),
  }
})

const servers = CLASSIC_POOL.servers.map(({ id, policy }) => ({
  id,
  policy,
  node: nodeId('inside', 'server', id),
}))

/** The nodes and the switching table. */
export function furnish(journal: Journal): void {
  journal.emit({
    type: 'proxy.listening',
    host: '127.0.0.1',
    port: 2100,
    askedPort: 2100,
    otherHosts: [],
  })
  journal.emit({ type: 'node.added', node: { id: PROXY, role: 'proxy', origin: 'inside' } })
  for (const { id, policy, node } of servers) {
    journal.emit({
      type: 'node.added',
      node: { id: node, role: 'server', origin: 'inside', protocolId: id, policy },
    })
    journal.emit({
      type: 'row.set',
      row: { server: id, policy, listenPort: 2105, address: '127.0.0.1', node, health: 'up' },
    })
  }
  for (const { id, policy, node } of clients) {
    journal.emit({
      type: 'node.added',
      node: { id: node, role: 'client', origin: 'inside', protocolId: id, policy },
    })
  }
}

/** Starts emitting exactly `eventsPerSecond`: a late tick makes up for all that it missed. Returns the way to stop. */
export function startEvents(journal: Journal, eventsPerSecond: number): () => void {
  const exchangesPerMs = eventsPerSecond / EVENTS_PER_EXCHANGE / 1000
  const startedAt = performance.now()
  let exchanges = 0
  const timer = setInterval(() => {
    const due = (performance.now() - startedAt) * exchangesPerMs
    while (exchanges < due) emitExchange(journal, exchanges++)
  }, TICK_MS)
  return () => clearInterval(timer)
}

function emitExchange(journal: Journal, index: number): void {
  const client = clients[index % clients.length]
  const pool = servers.filter(({ policy }) => policy === client?.policy)
  const position = Math.floor(index / 2) % pool.length
  const server = pool[position]
  const next = pool[(position + 1) % pool.length]
  if (client === undefined || server === undefined || next === undefined) return
  const { policy, question } = client
  const answer = composeAnswer(server.id, client.id, HASH)
  const clientConnection = Number(client.id)
  const upstream = CLIENTS + journal.nextConnection()

  const exchange = pass(journal, 'new', 0, client.node, PROXY, clientConnection, question)
  journal.emit({
    type: 'decision.made',
    exchange,
    attempt: 1,
    policy,
    algorithm: 'round-robin',
    server: server.id,
    candidates: pool.map(({ id }) => id),
    passedOver: [],
    reason: { by: 'round-robin', turn: server.id },
    next: next.id,
  })
  journal.emit({
    type: 'connection.opened',
    connection: upstream,
    from: PROXY,
    to: server.node,
    fromPort: 40_000 + (index % 20_000),
    toPort: 2105,
    fromAddress: '127.0.0.1',
    toAddress: '127.0.0.1',
  })
  pass(journal, exchange, 0, PROXY, server.node, upstream, question)
  pass(journal, exchange, 2, server.node, PROXY, upstream, answer)
  journal.emit({ type: 'connection.closed', connection: upstream, node: PROXY })
  const last = pass(journal, exchange, 2, PROXY, client.node, clientConnection, answer)
  journal.emit({
    type: 'answer.verified',
    exchange,
    packet: last,
    node: client.node,
    verdict: 'correct',
  })
  journal.emit({
    type: 'exchange.finished',
    exchange,
    client: client.node,
    outcome: 'answered',
    server: server.id,
    reason: null,
  })
}

/** A packet sent and delivered; returns its number, which is also the exchange's where it begins one. */
function pass(
  journal: Journal,
  exchange: number | 'new',
  kind: 0 | 2,
  from: string,
  to: string,
  connection: number,
  bytes: Uint8Array,
): number {
  const packet = journal.nextPacket()
  const dueAt = performance.now()
  journal.emit({
    type: 'packet.sent',
    packet,
    exchange: exchange === 'new' ? packet : exchange,
    kind,
    from,
    to,
    connection,
    dueAt,
    bytes,
    copyOf: null,
  })
  journal.emit({ type: 'packet.delivered', packet })
  return packet
}

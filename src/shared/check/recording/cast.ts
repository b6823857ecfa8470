// Who takes part in an exchange of the check, as nodes of a graph: the program that is checked, and those that the check plays.
import type { Node } from '../../events'
import { type NodeId, nodeId, PROXY, type ProtocolId } from '../../ids'
import type { ProgramKind } from '../../program-command'
import type { Message } from '../../protocol/message'
import type { Evidence } from '../result'
import type { WireEvent } from '../wire-event'
import { keptBytes } from './kept-bytes'
import { MessageStream } from './message-stream'

/** What the check tells a server or a client whose own id is not known. */
const TOLD = { server: '100', client: '1' } as const

export interface RecordedRequirement {
  readonly subject: ProgramKind
  readonly id: string
  readonly evidence: Evidence
}

export interface Cast {
  /** The node of the program that is checked. */
  readonly program: NodeId
  /** In order of appearance, the proxy first. */
  readonly nodes: readonly Node[]
  /** The node of a part that the check plays, as `client 1`. */
  nodeOf(peer: string): NodeId
  /** What clients have asked. */
  readonly payloads: ReadonlySet<string>
}

export function castOf({ subject, evidence: { exchange } }: RecordedRequirement): Cast {
  const said = messagesIn(exchange)
  const payloads = new Set(
    said.flatMap(({ message }) => (message.type === 0 ? [message.payload] : [])),
  )
  if (subject !== 'proxy') {
    const theirs = said.filter(({ by }) => by === 'program').map(({ message }) => message)
    const { id, policy } = idsIn(theirs, subject)
    const program = nodeId('outside', subject, id ?? TOLD[subject])
    const nodes: Node[] = [
      { id: PROXY, role: 'proxy', origin: 'inside' },
      actor(program, subject, 'outside', id ?? TOLD[subject], policy, 'your server'),
    ]
    return { program, nodes, nodeOf: () => PROXY, payloads }
  }
  const nodes = new Map<NodeId, Node>([[PROXY, { id: PROXY, role: 'proxy', origin: 'inside' }]])
  for (const peer of peersIn(exchange)) {
    const { role, id } = partOf(peer)
    const own = said.filter((one) => one.peer === peer && one.by === 'check')
    const { policy } = idsIn(
      own.map(({ message }) => message),
      role,
    )
    const node = actor(nodeId('inside', role, id), role, 'inside', id, policy, 'of the check')
    nodes.set(node.id, node)
  }
  const nodeOf = (peer: string) => {
    const { role, id } = partOf(peer)
    return nodeId('inside', role, id)
  }
  return { program: PROXY, nodes: [...nodes.values()], nodeOf, payloads }
}

/** `client 1` → client, 1. */
function partOf(peer: string): { role: 'server' | 'client'; id: ProtocolId } {
  const [role, id = ''] = peer.split(' ')
  return { role: role === 'server' ? 'server' : 'client', id }
}

function actor(
  id: NodeId,
  role: 'server' | 'client',
  origin: Node['origin'],
  protocolId: ProtocolId,
  policy: ProtocolId | undefined,
  label: string,
): Node {
  return {
    id,
    role,
    origin,
    protocolId,
    ...(policy !== undefined && { policy }),
    // Clients have none.
    ...(role === 'server' && { label }),
  }
}

function peersIn(exchange: readonly WireEvent[]): Set<string> {
  return new Set(exchange.flatMap((event) => ('peer' in event ? [event.peer] : [])))
}

/** What a server says of itself by its registration, a client by its question. */
function idsIn(
  messages: readonly Message[],
  role: 'server' | 'client',
): { id?: ProtocolId; policy?: ProtocolId } {
  for (const message of messages) {
    if (role === 'server' && message.type === 1) {
      return { id: message.server, policy: message.policy }
    }
    if (role === 'client' && message.type === 0) {
      return { id: message.source, policy: message.policy }
    }
  }
  return {}
}

interface Said {
  readonly peer: string
  readonly by: 'check' | 'program'
  readonly message: Message
}

function messagesIn(exchange: readonly WireEvent[]): Said[] {
  const streams = new Map<string, MessageStream>()
  return exchange.flatMap((event) => {
    if (event.type !== 'sent' && event.type !== 'received') return []
    const key = `${event.connection} ${event.type}`
    const stream = streams.get(key) ?? new MessageStream()
    streams.set(key, stream)
    const by = event.type === 'sent' ? 'check' : 'program'
    return stream
      .add(keptBytes(event), event.length, 0)
      .flatMap(({ message }) => (message ? [{ peer: event.peer, by, message }] : []))
  })
}

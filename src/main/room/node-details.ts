// What a viewer sees who looks at one node: some facts, and the bytes of its last messages.
import { formatTime } from '../../shared/format'
import type { NodeId } from '../../shared/ids'
import type { NodeDetails } from '../../shared/room/class-picture'
import type { NodeState, Packet, State } from '../../shared/state/state'

const SHOWN_PACKETS = 5
/** Packets that are looked through for those. */
const MAX_LOOKED_THROUGH = 2_000
const SHOWN_BYTES = 96

export function nodeDetails(state: State, id: NodeId): NodeDetails | null {
  const node = state.nodes.get(id)
  if (node === undefined) return null
  return {
    node: id,
    name: nameOf(node),
    facts: factsOf(state, node),
    packets: lastPackets(state, id).map((packet) => ({
      id: packet.id,
      words: packetWords(state, packet),
      at: packet.sentAt,
      bytes: packet.bytes.length,
      text: textOf(packet.bytes),
      hex: Buffer.from(packet.bytes.subarray(0, SHOWN_BYTES)).toString('hex'),
    })),
  }
}

function nameOf({ role, origin, protocolId }: NodeState): string {
  const name = role === 'proxy' ? 'Reverse proxy' : role === 'server' ? 'Server' : 'Client'
  return `${origin === 'outside' ? `Outside ${name.toLowerCase()}` : name} ${protocolId ?? ''}`.trim()
}

function factsOf(state: State, node: NodeState): [string, string][] {
  const row = node.protocolId === undefined ? undefined : state.rows.get(node.protocolId)
  const facts: [string, string | number | undefined][] = [
    ['Policy', row?.policy ?? node.policy],
    ['Answers', node.served],
    ['Messages sent', node.sent],
    ['In flight', node.inFlight],
    ['Errors', node.errors],
  ]
  if (node.role === 'server' && row !== undefined) {
    facts.push(['State', row.health === 'down' ? 'down: it gets no messages' : 'up'])
  }
  if (node.role === 'server' && row === undefined) facts.push(['State', 'not registered'])
  if ((node.working ?? 0) > 0) facts.push(['Works on', node.working])
  if ((node.waiting ?? 0) > 0) facts.push(['Waiting in its queue', node.waiting])
  if (node.lastVerdict !== undefined) facts.push(['Last hash', node.lastVerdict])
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [[label, String(value)]]))
}

function lastPackets({ packets }: State, node: NodeId): Packet[] {
  const found: Packet[] = []
  const first = Math.max(packets.first, packets.end - MAX_LOOKED_THROUGH)
  for (let index = packets.end - 1; index >= first && found.length < SHOWN_PACKETS; index--) {
    const packet = packets.at(index)
    if (packet && (packet.from === node || packet.to === node)) found.push(packet)
  }
  return found
}

const KINDS: Record<Packet['kind'], string> = {
  0: 'Message',
  1: 'Registration',
  2: 'Answer',
  error: 'Error answer',
}

function packetWords({ nodes }: State, { id, kind, from, to, sentAt }: Packet): string {
  const name = (node: NodeId) => {
    const known = nodes.get(node)
    return known === undefined ? node : nameOf(known).toLowerCase()
  }
  return `${KINDS[kind]} ${id}, ${name(from)} to ${name(to)}, at ${formatTime(sentAt)}`
}

/** Control characters would change the page's lines. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, SHOWN_BYTES)).replace(/[\p{Cc}\p{Cf}]/gu, '·')
}

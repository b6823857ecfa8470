// The comments in a capture: whose message a segment carries, what faults of its link did to it, and in which pieces it
// was read.
import type { Node, PacketKind, Piece } from '../events'
import { harmWords } from '../fault-words'
import { isUnknownProgram, type NodeId, type PacketId, PROXY } from '../ids'
import type { Harm } from '../link-fault'
import { visibly, withVisibleControls } from '../visible-controls'

export interface CapturedPacket {
  id: PacketId
  kind: PacketKind
  from: NodeId
  to: NodeId
  edited: boolean
  copyOf: PacketId | undefined
  harms: readonly Harm[]
}

const KINDS: Record<PacketKind, string> = {
  0: 'message',
  1: 'registration',
  2: 'answer',
  error: 'error',
}

export class PacketComments {
  private readonly names = new Map<NodeId, string>()

  /** Remembers a node's name. Nodes can be renamed, and names are kept after a node has left. */
  addNode({
    id,
    origin,
    role,
    protocolId,
  }: Pick<Node, 'id' | 'origin' | 'role' | 'protocolId'>): void {
    if (protocolId === undefined) return
    this.names.set(id, visibly`${origin === 'outside' ? 'outside ' : ''}${role} ${protocolId}`)
  }

  /** `client 3`, `outside server 7`, `the proxy`. */
  name(id: NodeId): string {
    if (id === PROXY) return 'the proxy'
    if (isUnknownProgram(id)) return 'an unknown program'
    return this.names.get(id) ?? withVisibleControls(id.replaceAll(':', ' '))
  }

  /** `packet 17: message of client 3 to the proxy, piece 1 of 2`. */
  comment(
    message: CapturedPacket,
    index: number,
    pieces: readonly Piece[],
    segment: string,
  ): string {
    const { edited, copyOf, harms } = message
    const parts = [this.subject(message)]
    if (copyOf !== undefined) parts.push(`a copy of packet ${copyOf} made by hand`)
    if (edited) parts.push('as edited on its way')
    if (pieces.length > 1) parts.push(`piece ${index + 1} of ${pieces.length}`)
    const piece = pieces[index]
    const others = piece ? piece.of - piece.bytes : 0
    if (others > 0) parts.push(`read together with ${others} bytes of others`)
    return withHarms(parts.join(', ') + segment, harms)
  }

  /** What faults did to a packet of which no byte has crossed. */
  lost(message: CapturedPacket): string {
    return withHarms(`No byte of this has crossed: ${this.subject(message)}`, message.harms)
  }

  private subject({ id, kind, from, to }: CapturedPacket): string {
    return `packet ${id}: ${KINDS[kind]} of ${this.name(from)} to ${this.name(to)}`
  }
}

function withHarms(comment: string, harms: readonly Harm[]): string {
  return harms.length === 0 ? comment : `${comment}. ${harms.map(harmWords).join(' ')}`
}

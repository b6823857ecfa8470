// Packets are sent, held, delivered or lost: what each of these events changes in the state.
import type { Sending } from '../carried'
import type { LabEvent } from '../events'
import { type NodeId, type PacketId, PROXY, type ProtocolId, type SimMs } from '../ids'
import type { DraftMap } from './draft-map'
import type { ExaminationsDraft } from './examinations'
import type { GivenDraft } from './given'
import type { Mark } from './marks'
import type { PacketDraft } from './packet-draft'
import { noteHeld } from './packet-notes'
import type { PolicyDraft } from './policies'
import { noteAnswer } from './row-state'
import { noteSent } from './sender-state'
import { carriedPacketOf, sentPacketOf } from './sent-packet'
import type { NodeState, Packet, RowState } from './state'
import { type DraftTotals, kindIndex } from './totals'

type Of<T extends LabEvent['type']> = Extract<LabEvent, { type: T }>

interface MovesDraft {
  readonly nodes: DraftMap<NodeId, NodeState>
  readonly rows: DraftMap<ProtocolId, RowState>
  readonly packets: PacketDraft
  readonly policies: PolicyDraft
  readonly given: GivenDraft
  readonly examinations: ExaminationsDraft
  readonly totals: DraftTotals
  mark(kind: Mark['kind'], event: LabEvent): void
}

/** The nodes at the two ends, which this batch may change. */
interface Ends {
  readonly from: NodeState | undefined
  readonly to: NodeState | undefined
}

export function notePacketSent(draft: MovesDraft, event: Of<'packet.sent'>): void {
  const packet = sentPacketOf(event)
  const ends = endsOf(draft, packet)
  if (ends.from) ends.from.inFlight++
  if (ends.to) ends.to.inFlight++
  sent(draft, packet, ends, event)
}

/** The same as if it were sent, read and delivered, in one step: most packets of a busy proxy have this event. */
export function notePacketCarried(draft: MovesDraft, event: Of<'packet.carried'>): void {
  const packet = carriedPacketOf(event)
  const ends = endsOf(draft, packet)
  sent(draft, packet, ends, event)
  draft.examinations.read(packet, event.at)
  arrived(draft, packet, ends, event)
}

export function notePacketHeld(draft: MovesDraft, event: Of<'packet.held'>): void {
  const packet = draft.packets.editInFlight(event.packet)
  if (packet === undefined) return
  noteHeld(packet, event)
  draft.examinations.held(packet)
  if (event.breakpoint !== null) draft.mark('held', event)
}

export function notePacketDelivered(draft: MovesDraft, event: Of<'packet.delivered'>): void {
  const packet = packetEnded(draft, event.packet, 'delivered', event.at)
  if (packet) arrived(draft, packet, endsOf(draft, packet), event)
}

export function notePacketDropped(draft: MovesDraft, event: Of<'packet.dropped'>): void {
  const packet = packetEnded(draft, event.packet, 'dropped', event.at)
  if (packet === undefined) return
  packet.dropped = event.reason
  draft.totals.dropped++
  linkLeft(draft, packet)
}

function endsOf({ nodes }: MovesDraft, { from, to }: Packet): Ends {
  return { from: nodes.edit(from), to: nodes.edit(to) }
}

function sent(draft: MovesDraft, packet: Packet, { from, to }: Ends, event: Sending): void {
  draft.packets.add(packet)
  draft.totals.sent[kindIndex(packet.kind)]++
  if (packet.id === packet.exchange) draft.totals.exchanges.begun++
  noteSent(from, packet)
  draft.examinations.sent(packet, from)
  if (packet.kind === 'error' && packet.from === PROXY) draft.mark('error', event)
  // An error answer to bytes that are no question: no exchange counts this error.
  if (packet.kind === 'error' && packet.exchange === 0 && packet.from === PROXY) {
    for (const node of [from, to]) if (node) node.errors++
  }
}

function arrived(draft: MovesDraft, packet: Packet, { from, to }: Ends, event: LabEvent): void {
  draft.totals.delivered++
  if (to) to.received++
  draft.examinations.delivered(packet)
  linkLeft(draft, packet)
  if (packet.to !== PROXY) return
  if (packet.kind === 1) draft.mark('registration', event)
  if (packet.kind !== 0) draft.given.ended(packet.exchange)
  if (packet.kind !== 2 || from === undefined) return
  from.served++
  noteAnswer(draft.rows, from)
}

/** A duplicate of an answered message gets an answer after its exchange has ended. */
function linkLeft({ policies }: MovesDraft, { from, kind, exchange }: Packet): void {
  if (from === PROXY && kind !== 0) policies.ended(exchange)
}

/** Returns the packet, which this batch may change; undefined if it is not in flight. */
function packetEnded(
  draft: MovesDraft,
  id: PacketId,
  status: 'delivered' | 'dropped',
  endedAt: SimMs,
): Packet | undefined {
  const packet = draft.packets.editInFlight(id)
  if (packet === undefined) return undefined
  packet.status = status
  packet.endedAt = endedAt
  packet.held = undefined
  draft.packets.ended(packet)
  const { from, to } = endsOf(draft, packet)
  if (from) from.inFlight--
  if (to) to.inFlight--
  return packet
}

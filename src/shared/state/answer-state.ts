// Notes what was found out about an answer: at the client that has it, and in the row of the server that gave it.
import type { LabEvent } from '../events'
import type { NodeId, ProtocolId } from '../ids'
import type { DraftMap } from './draft-map'
import type { PacketDraft } from './packet-draft'
import type { NodeState, RowState } from './state'
import type { DraftTotals } from './totals'

interface Drafts {
  readonly nodes: DraftMap<NodeId, NodeState>
  readonly rows: DraftMap<ProtocolId, RowState>
  readonly packets: PacketDraft
  readonly totals: DraftTotals
}

export function noteOnAnswer(
  { nodes, rows, packets, totals }: Drafts,
  event: Extract<LabEvent, { type: 'answer.verified' | 'answer.misaddressed' }>,
): void {
  if (event.type === 'answer.misaddressed') {
    const row = rows.edit(event.server)
    if (row) row.misaddressed = (row.misaddressed ?? 0) + 1
    return
  }
  const { verdict } = event
  totals.verdicts[verdict]++
  const node = nodes.edit(event.node)
  if (node) {
    node.lastVerdict = verdict
    if (verdict === 'wrong') node.wrongHashes = (node.wrongHashes ?? 0) + 1
  }
  const packet = packets.edit(event.packet)
  if (packet) packet.verdict = verdict
  const server = packets.get(event.exchange)?.decision?.server ?? undefined
  const row = verdict === 'wrong' && server !== undefined ? rows.edit(server) : undefined
  if (row) row.wrongHashes = (row.wrongHashes ?? 0) + 1
}

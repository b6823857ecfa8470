// What is known of each server and outside program beyond what it said itself: when it was last seen, and how it failed.
import type { LabEvent, Row } from '../events'
import type { NodeId, ProtocolId, SimMs } from '../ids'
import type { DraftMap } from './draft-map'
import { addFailure } from './log-lines'
import type { LogLine, NodeState, RowState } from './state'

/** Inside nodes are always there; an outside program may end without a word. */
export function noteSeen(node: NodeState | undefined, at: SimMs): void {
  if (node?.origin === 'outside') node.lastSeenAt = at
}

export function changedRow(before: RowState | undefined, row: Row, at: SimMs): RowState {
  if (before === undefined) return { chosen: 0, served: 0, failed: 0, ...row }
  const isUpAgain = before.health === 'down' && row.health === 'up'
  const isSame = before.health === row.health && before.cause === row.cause
  // An optional field that the new row omits is not in it any more.
  const { cause, until, trial, streak, streakOf, weightPercent, limit, ...kept } = before
  return {
    ...kept,
    ...row,
    ...(isUpAgain && { lastFailure: undefined }),
    ...(!isSame && { since: at }),
  }
}

/** Notes nothing on a server that is not registered any more. */
export function noteFailure(
  rows: DraftMap<ProtocolId, RowState>,
  nodes: DraftMap<NodeId, NodeState>,
  logs: DraftMap<NodeId, readonly LogLine[]>,
  { at, server, reason, detail }: Extract<LabEvent, { type: 'upstream.failed' }>,
): void {
  const row = rows.edit(server)
  if (row === undefined) return
  const node = nodes.edit(row.node)
  row.failed++
  if (node) node.errors++
  row.lastFailure = { at, reason, detail }
  if (reason === 'SERVER_BAD_ANSWER') row.unreadable = (row.unreadable ?? 0) + 1
  if (detail !== '') addFailure(logs, row.node, row.lastFailure)
}

export function noteAnswer(
  rows: DraftMap<ProtocolId, RowState>,
  { id, protocolId }: NodeState,
): void {
  const row = protocolId === undefined ? undefined : rows.edit(protocolId)
  if (row?.node !== id) return
  row.served++
  row.lastFailure = undefined
}

// What is known of each server and outside program beyond what it said itself: when it was last seen, and how it failed.
import type { LabEvent, Row } from '../events'
import type { SimMs } from '../ids'
import type { NodeState, RowState } from './state'

/** Inside nodes are always there; an outside program may end without a word. */
export function noteSeen(node: NodeState | undefined, at: SimMs): void {
  if (node?.origin === 'outside') node.lastSeenAt = at
}

export function changedRow(before: RowState | undefined, row: Row): RowState {
  const isUpAgain = before?.health === 'down' && row.health === 'up'
  return {
    ...(before ?? { chosen: 0, served: 0, failed: 0 }),
    ...row,
    ...(isUpAgain && { lastFailure: undefined }),
  }
}

export function noteFailure(
  row: RowState,
  node: NodeState | undefined,
  { at, reason, detail }: Extract<LabEvent, { type: 'upstream.failed' }>,
): void {
  row.failed++
  if (node) node.errors++
  row.lastFailure = { at, reason, detail }
}

export function noteAnswer(row: RowState): void {
  row.served++
  row.lastFailure = undefined
}

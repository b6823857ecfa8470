// Health checks of the proxy's own: those that have no result yet, and each server's latest result.
import type { LabEvent } from '../events'
import type { ProtocolId } from '../ids'
import type { DraftMap } from './draft-map'
import type { RowState, State } from './state'

type CheckEvent = Extract<LabEvent, { type: 'check.sent' | 'check.ended' }>

/** The checks after this event. A result is noted in its server's row. */
export function withCheck(
  checks: State['checks'],
  event: CheckEvent,
  rows: DraftMap<ProtocolId, RowState>,
): State['checks'] {
  const after = new Map(checks)
  if (event.type === 'check.sent') {
    const { check, server, node, way, dueAt, at } = event
    return after.set(check, { id: check, server, node, way, sentAt: at, dueAt })
  }
  const { check, passed, detail, at } = event
  const row = rows.edit(checks.get(check)?.server ?? '')
  if (row) row.lastCheck = { at, passed, detail }
  after.delete(check)
  return after
}

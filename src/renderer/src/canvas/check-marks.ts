// The health checks on the graph: those on their way to a server, and for a moment the results of those that have ended.
import { create } from 'zustand'
import type { LabEvent } from '../../../shared/events'
import type { CheckId, NodeId } from '../../../shared/ids'
import type { Check, State } from '../../../shared/state/state'

/** If more checks than this are in flight, none is drawn: they would cover the packets. */
export const MOST_CHECKS = 60
/** Real milliseconds for which a result is shown. */
const RESULT_MS = 900

interface CheckEnd {
  readonly check: CheckId
  readonly node: NodeId
  readonly passed: boolean
}

/** The checks whose results these events tell; `before`: the checks without a result until then. */
export function endedChecks(events: readonly LabEvent[], before: State['checks']): CheckEnd[] {
  const sent = new Map<CheckId, NodeId>()
  return events.flatMap((event) => {
    if (event.type === 'check.sent') sent.set(event.check, event.node)
    if (event.type !== 'check.ended') return []
    const { check, passed } = event
    const node = sent.get(check) ?? before.get(check)?.node
    return node === undefined ? [] : [{ check, node, passed }]
  })
}

/** The results that are on the graph now. */
export const useCheckEnds = create<{ ends: readonly CheckEnd[] }>(() => ({ ends: [] }))

/** Shows results, and takes each away after its time. */
export function showEnds(ends: readonly CheckEnd[]): void {
  if (ends.length === 0 || ends.length > MOST_CHECKS) return
  useCheckEnds.setState(({ ends: shown }) => ({ ends: [...shown, ...ends].slice(-MOST_CHECKS) }))
  setTimeout(() => {
    useCheckEnds.setState(({ ends: shown }) => ({
      ends: shown.filter((one) => !ends.includes(one)),
    }))
  }, RESULT_MS)
}

/** The part of its way that a check has done, 0 to 1. */
export function checkProgress({ sentAt, dueAt }: Check, now: number): number {
  return dueAt <= sentAt ? 1 : Math.min(1, Math.max(0, (now - sentAt) / (dueAt - sentAt)))
}

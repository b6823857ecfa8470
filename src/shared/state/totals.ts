// The counters of a lab and of a node, while a batch of events changes them.
import type { PacketKind } from '../events'
import type { Totals } from './state'

export const NO_TOTALS: Totals = {
  sent: [0, 0, 0, 0],
  delivered: 0,
  dropped: 0,
  exchanges: { begun: 0, answered: 0, refused: 0, lost: 0 },
  verdicts: { correct: 0, wrong: 0, error: 0 },
}

/** The counts of a node, beside its open connections, before anything is counted. */
export const NO_COUNTS = { sent: 0, received: 0, errors: 0, served: 0, inFlight: 0 }

/** The index of a packet's kind in `Totals.sent`. */
export function kindIndex(kind: PacketKind): 0 | 1 | 2 | 3 {
  return kind === 'error' ? 3 : kind
}

export type DraftTotals = Totals & { sent: [number, number, number, number] }

export function draftOfTotals({
  sent,
  delivered,
  dropped,
  exchanges,
  verdicts,
}: Totals): DraftTotals {
  return {
    sent: [...sent],
    delivered,
    dropped,
    exchanges: { ...exchanges },
    verdicts: { ...verdicts },
  }
}

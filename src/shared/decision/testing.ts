// A decision for tests, and what algorithms compare.
import type { Decision } from '../state/state'
import type { LoadView, SmoothView } from './reason'

export function loadOf(server: string, inFlight: number, weight = 1): LoadView {
  return { server, inFlight, weight }
}

/** In smooth weighted round-robin. */
export function smoothOf(server: string, current: number, effective: number): SmoothView {
  return { server, current, effective }
}

/** A decision of round-robin: it was the turn of 300, which got the message. */
export function decisionOf(parts: Partial<Decision> = {}): Decision {
  return {
    at: 600,
    exchange: 1,
    attempt: 1,
    policy: '111',
    algorithm: 'round-robin',
    server: '300',
    candidates: ['100', '300'],
    passedOver: [],
    reason: { by: 'round-robin', turn: '300' },
    next: '100',
    ...parts,
  }
}

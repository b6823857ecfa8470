// A decision for tests.
import type { Decision } from '../../../shared/state/state'

export function decisionOf(parts: Partial<Decision> = {}): Decision {
  return {
    at: 600,
    exchange: 1,
    policy: '111',
    server: '300',
    candidates: ['100', '300'],
    turn: 1,
    skipped: [],
    next: '100',
    ...parts,
  }
}

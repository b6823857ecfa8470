// Everything is swallowed. The connection closes after a silence; 0: never. It also closes when the fault is taken out,
// so that no later byte follows on those that are missing.
import type { FaultKind } from './fault'

export const timeout: FaultKind = ({ afterMs }) => ({
  pass: () => ({ ending: { by: 'swallowed' }, count: 0 }),
  closesAfterMs: afterMs,
})

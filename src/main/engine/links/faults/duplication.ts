// A packet comes twice: TCP knows the second one by its number and throws it away.
import { type FaultKind, PASSES } from './fault'

export const duplication: FaultKind = ({ packetPercent }, random) => ({
  pass: () => (random.next() * 100 < packetPercent ? { count: 2 } : PASSES),
})

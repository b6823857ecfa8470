// A packet is late, and others overtake it: TCP keeps those until it has arrived, so they are as late.
import { type FaultKind, PASSES } from './fault'

export const reordering: FaultKind = ({ packetPercent, lateMs }, random) => ({
  pass: () => (random.next() * 100 < packetPercent ? { laterMs: lateMs, count: 1 } : PASSES),
  // It is on its longer way already.
  takenOut: (fate) => fate,
})

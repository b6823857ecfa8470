// Each chunk leaves later, counted from its own arrival, so that the throughput stays the same. No chunk overtakes another.
import { type FaultKind, PASSES } from './fault'

export const latency: FaultKind = ({ latencyMs, jitterMs }, random) => ({
  pass() {
    const range = Math.round(jitterMs)
    const jitter = range === 0 ? 0 : random.integer(2 * range) - range
    const laterMs = Math.max(0, latencyMs + jitter)
    return laterMs === 0 ? PASSES : { laterMs, count: 1 }
  },
})

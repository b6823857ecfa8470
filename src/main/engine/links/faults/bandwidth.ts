// Bytes get through at a rate: a chunk takes its length divided by the rate, and the chunks behind it wait.
import type { FaultKind } from './fault'

export const bandwidth: FaultKind = ({ kilobytesPerSecond }) => {
  let freeAt = 0
  return {
    pass({ bytes, at }) {
      freeAt = Math.max(freeAt, at) + bytes / kilobytesPerSecond
      return { laterMs: freeAt - at, count: 1 }
    },
    lastThroughAt(at) {
      freeAt = at
    },
  }
}

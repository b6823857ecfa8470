// Closes a connection as soon as a number of bytes have passed, even in the middle of a message.
import { type FaultKind, PASSES } from './fault'

export const limitData: FaultKind = ({ limitBytes }) => {
  let left = limitBytes
  return {
    pass({ bytes }) {
      const after = left
      left = Math.max(0, left - bytes)
      if (bytes < after) return PASSES
      return { ending: { by: 'cut', after, how: 'close' }, count: after }
    },
  }
}

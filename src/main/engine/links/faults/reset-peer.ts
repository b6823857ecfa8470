// The first chunk makes the connection break off, after a time.
import type { FaultKind } from './fault'

export const resetPeer: FaultKind = ({ afterMs }) => ({
  pass: () => ({
    laterMs: afterMs,
    ending: { by: 'cut', after: 0, how: 'reset' },
    count: 0,
  }),
})

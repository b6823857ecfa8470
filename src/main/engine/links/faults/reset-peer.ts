// The first chunk makes the connection break off, after a time; so does the end of a stream without any.
import type { FaultKind } from './fault'

export const resetPeer: FaultKind = ({ afterMs }) => ({
  pass: () => ({
    laterMs: afterMs,
    ending: { by: 'cut', after: 0, how: 'reset' },
    count: 0,
  }),
  endLaterMs: afterMs,
  endsByReset: true,
})

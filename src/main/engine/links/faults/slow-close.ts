// Bytes pass at once; the end of the stream is late.
import { type FaultKind, PASSES } from './fault'

export const slowClose: FaultKind = ({ afterMs }) => ({
  pass: () => PASSES,
  endLaterMs: afterMs,
})

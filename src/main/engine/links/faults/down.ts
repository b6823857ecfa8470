// The link is down: new connections are refused (refused-dial.ts), and open ones close (faults.ts). If a chunk
// comes nevertheless, from a program that was not known before, its connection closes.
import type { FaultKind } from './fault'

export const down: FaultKind = () => ({
  pass: () => ({ ending: { by: 'cut', after: 0, how: 'close' }, count: 0 }),
})

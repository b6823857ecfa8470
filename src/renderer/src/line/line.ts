// The state of the page's connection to the host: why it is down, and which role this window has. On the desktop the
// connection is never down, and every window is an operator's.
import { create } from 'zustand'
import type { UserRole } from '../../../shared/commands'

export type LineFault =
  /** The host's address does not answer. */
  | { kind: 'silent' }
  /** The host does not know this page's token: it belongs to an earlier run. */
  | { kind: 'stale' }
  /** As many windows are open as are allowed. */
  | { kind: 'full' }
  /** The host closed the connection, with this sentence. */
  | { kind: 'cutOff'; reason: string }

interface Line {
  fault: LineFault | undefined
  /** This window's role, which the host decides. */
  role: UserRole
}

export const useLine = create<Line>(() => ({ fault: undefined, role: 'operator' }))

// What the page knows of its line to the host: why it is down, and which role it gives this window. On the desktop the line
// is never down, and every window is an operator's.
import { create } from 'zustand'
import type { UserRole } from '../../../shared/commands'

export type LineFault =
  /** The host's address does not answer. */
  | { kind: 'silent' }
  /** The host does not know this page's token: it belongs to an earlier run. */
  | { kind: 'stale' }
  /** As many windows are open as may be. */
  | { kind: 'full' }
  /** The host has closed the line, with this sentence. */
  | { kind: 'cutOff'; reason: string }

interface Line {
  fault: LineFault | undefined
  /** What this window may do: the host says so. */
  role: UserRole
}

export const useLine = create<Line>(() => ({ fault: undefined, role: 'operator' }))

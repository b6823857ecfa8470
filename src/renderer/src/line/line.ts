// Why the browser's line to the host is down, as far as the page has found out. On the desktop there is no such line.
import { create } from 'zustand'

export type LineFault =
  /** Nobody answers at the host's address. */
  | { kind: 'silent' }
  /** The host does not know this page's token: it belongs to an earlier run. */
  | { kind: 'stale' }
  /** As many windows are open as may be. */
  | { kind: 'full' }
  /** The host has closed the line, with this sentence. */
  | { kind: 'cutOff'; reason: string }

export const useLine = create<{ fault: LineFault | undefined }>(() => ({ fault: undefined }))

// Undo and redo (history.ts).
import type { Rows } from './row'

export const UNDO_COMMANDS: Rows<'undo' | 'redo'> = {
  undo: {
    carryOut: (parts, { change }, by) => parts.history.undo(parts, by, change),
    inverse: null,
  },
  redo: {
    carryOut: (parts, { change }, by) => parts.history.redo(parts, by, change),
    inverse: null,
  },
}

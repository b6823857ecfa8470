// Commands about breakpoints and the packets that they hold. Changes to a held packet cannot be undone: its receiver
// may have seen it.
import type { Rows } from './row'

type HoldCommand =
  | 'setBreakpoint'
  | 'removeBreakpoint'
  | 'release'
  | 'releaseAll'
  | 'drop'
  | 'sendTwice'
  | 'edit'

export const HOLD_COMMANDS: Rows<HoldCommand> = {
  setBreakpoint: {
    carryOut: ({ lab }, command) => lab.breakpoints.set(command),
    inverse({ id }, { before, after }) {
      const old = id === undefined ? undefined : before.breakpoints.get(id)
      if (old) return [{ type: 'setBreakpoint', ...old }]
      return [...after.breakpoints.keys()]
        .filter((made) => !before.breakpoints.has(made))
        .map((made) => ({ type: 'removeBreakpoint', id: made }))
    },
  },
  /** The breakpoint comes back with a new number. */
  removeBreakpoint: {
    carryOut: ({ lab }, { id }) => lab.breakpoints.remove(id),
    inverse({ id: removed }, { before }) {
      const old = before.breakpoints.get(removed)
      if (old === undefined) return []
      const { id: _id, ...settings } = old
      return [{ type: 'setBreakpoint', ...settings }]
    },
  },
  release: {
    carryOut: ({ lab }, { packet }) => lab.heldPackets.release(packet),
    inverse: null,
  },
  releaseAll: {
    carryOut: ({ lab }) => lab.heldPackets.releaseAll(),
    inverse: null,
  },
  drop: {
    carryOut: ({ lab }, { packet }) => lab.heldPackets.drop(packet),
    inverse: null,
  },
  sendTwice: {
    carryOut: ({ lab }, { packet }) => lab.heldPackets.duplicate(packet),
    inverse: null,
  },
  edit: {
    carryOut: ({ lab }, { packet, bytes }) =>
      lab.heldPackets.edit(packet, Buffer.from(bytes, 'base64')),
    inverse: null,
  },
}

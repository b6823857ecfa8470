// Commands about breakpoints and the packets that they hold. Changes to a held packet cannot be undone: its receiver
// may have seen it.
import type { Breakpoint } from '../../../shared/events'
import type { State } from '../../../shared/state/state'
import { quoted } from './labels'
import type { RestorationRow, Rows } from './row'

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
    inverse(_, { before, after }) {
      const changed = changedIn(before, after)
      if (changed === undefined) return []
      const { id } = changed
      const old = before.breakpoints.get(id)
      return [old ? { type: 'setBreakpoint', ...old } : { type: 'removeBreakpoint', id }]
    },
    label(_, { before, after }) {
      const changed = changedIn(before, after)
      const old = changed && before.breakpoints.get(changed.id)
      if (changed === undefined || old === undefined) return `set ${nameOf(changed)}`
      if (old.enabled === changed.enabled) return `change ${nameOf(old)}`
      return `switch ${changed.enabled ? 'on' : 'off'} ${nameOf(changed)}`
    },
  },
  removeBreakpoint: {
    carryOut: ({ lab }, { id }) => lab.breakpoints.remove(id),
    inverse({ id }, { before, after }) {
      const breakpoint = before.breakpoints.get(id)
      if (breakpoint === undefined || after.breakpoints.has(id)) return []
      return [{ type: 'restoreBreakpoint', breakpoint }]
    },
    label: ({ id }, { before }) => `remove ${nameOf(before.breakpoints.get(id))}`,
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

export const HOLD_RESTORATIONS: { restoreBreakpoint: RestorationRow<'restoreBreakpoint'> } = {
  restoreBreakpoint: {
    carryOut({ lab }, { breakpoint }) {
      lab.breakpoints.restore(breakpoint)
      return {}
    },
    inverse: ({ breakpoint: { id } }) => [{ type: 'removeBreakpoint', id }],
  },
}

/** The breakpoint that was set or changed; undefined: none. */
function changedIn(before: State, after: State): Breakpoint | undefined {
  return [...after.breakpoints.values()].find((breakpoint) => {
    const old = before.breakpoints.get(breakpoint.id)
    return JSON.stringify(old) !== JSON.stringify(breakpoint)
  })
}

function nameOf(breakpoint: Breakpoint | undefined): string {
  return `the breakpoint ${quoted(breakpoint?.filter ?? '')}`
}

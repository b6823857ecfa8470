// Commands about faults of links.

import { linkWords } from '../../../shared/fault-words'
import type { LinkFault } from '../../../shared/link-fault'
import { FAULT_SETTINGS } from '../../../shared/settings/fault'
import type { State } from '../../../shared/state/state'
import { quoted } from './labels'
import type { RestorationRow, Rows } from './row'

export const FAULT_COMMANDS: Rows<'setFault' | 'removeFault'> = {
  setFault: {
    carryOut: ({ lab }, { type: _, ...wish }) => lab.faults.put(wish),
    inverse(_, { before, after }) {
      const changed = changedIn(before, after)
      if (changed === undefined) return []
      const fault = before.faults.get(changed.id)
      return [fault ? { type: 'restoreFault', fault } : { type: 'removeFault', id: changed.id }]
    },
    label(_, { before, after }) {
      const changed = changedIn(before, after)
      const deed = changed && before.faults.has(changed.id) ? 'change' : 'add'
      return `${deed} ${nameOf(changed)}`
    },
  },
  removeFault: {
    carryOut: ({ lab }, { id }) => lab.faults.remove(id),
    inverse({ id }, { before }) {
      const fault = before.faults.get(id)
      return fault ? [{ type: 'restoreFault', fault }] : []
    },
    label: ({ id }, { before }) => `take out ${nameOf(before.faults.get(id))}`,
  },
}

export const FAULT_RESTORATIONS: { restoreFault: RestorationRow<'restoreFault'> } = {
  restoreFault: {
    carryOut({ lab }, { fault }) {
      lab.faults.restore(fault)
      return {}
    },
    inverse({ fault: { id } }, { before }) {
      const fault = before.faults.get(id)
      return [fault ? { type: 'restoreFault', fault } : { type: 'removeFault', id }]
    },
  },
}

/** The fault that was set or changed; undefined: none. */
function changedIn(before: State, after: State): LinkFault | undefined {
  return [...after.faults.values()].find(
    (fault) => JSON.stringify(before.faults.get(fault.id)) !== JSON.stringify(fault),
  )
}

/** `the latency fault of server 100`. */
function nameOf(fault: LinkFault | undefined): string {
  if (fault === undefined) return 'a fault'
  return `the ${FAULT_SETTINGS.fault.say(fault.fault)} fault of ${quoted(linkWords(fault.link))}`
}

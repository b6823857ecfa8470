// Faults of a link: added, changed and taken out in its inspector.
import type { CommandResult } from '../../../shared/commands'
import { linkOf, linkWords } from '../../../shared/fault-words'
import type { FaultId, NodeId } from '../../../shared/ids'
import { FAULT_SETTINGS, type FaultName } from '../../../shared/settings/fault'
import { useUi } from '../choices/ui'
import { execute } from '../lab/lab'
import { run } from './run'
import { noteChange } from './undo'

/** Shows the faults of this node's link in its inspector. */
export function showFaults(node: NodeId): void {
  useUi.getState().askFaults(node)
}

/** Returns whether it was added. */
export async function addFault(link: string): Promise<boolean> {
  const result = await run({ type: 'setFault', link })
  if (result.ok) noteChange(`The link of ${linkWords(link)} has a fault.`, result)
  return result.ok
}

/** Adds a fault of this kind to a node's link, with its defaults, and selects the node: its inspector has the settings. */
export async function harmLink(node: NodeId, fault: FaultName): Promise<void> {
  const result = await run({ type: 'setFault', link: linkOf(node), fault })
  if (!result.ok) return
  noteChange(
    `The link of ${linkWords(linkOf(node))} has a fault: ${FAULT_SETTINGS.fault.say(fault)}.`,
    result,
  )
  useUi.getState().select({ kind: 'node', id: node })
}

/** A change in a field, where the error belongs. */
export async function changeFault(
  id: FaultId,
  values: Readonly<Record<string, unknown>>,
): Promise<CommandResult> {
  const result = await execute({ type: 'setFault', id, ...values })
  if (result.ok && result.change) noteChange('Fault changed.', result)
  return result
}

export async function takeFaultOut(id: FaultId): Promise<void> {
  const result = await run({ type: 'removeFault', id })
  if (result.ok) noteChange('Fault taken out.', result)
}

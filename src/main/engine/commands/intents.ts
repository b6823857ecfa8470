// What a command, or the undoing of one, would do, for the rule that binds the screens (rule.ts).
import type { Command } from '../../../shared/commands'
import type { NodeId } from '../../../shared/ids'
import type { Restoration } from './row'
import type { Intent } from './rule'

/** What undo and redo would do. */
export function intentsOf(command: Command | Restoration): readonly Intent[] {
  switch (command.type) {
    case 'restoreNode':
      return [additionOf(command.node)]
    case 'restoreOutside':
      return command.programs.map(({ node }) => additionOf(node))
    case 'keepTurn':
      return [{ type: 'updateServer', node: command.node }]
    case 'restoreBreakpoint':
      return [{ type: 'setBreakpoint' }]
    case 'restoreFault':
      return [{ type: 'setFault' }]
    case 'restoreSetUp':
      return [{ type: 'openScenario' }]
    default:
      return [intentOf(command)]
  }
}

export function intentOf(command: Command): Intent {
  return { type: command.type, ...('node' in command && { node: command.node }) }
}

function additionOf({ id, role }: { id: NodeId; role: string }): Intent {
  return { type: role === 'client' ? 'addClient' : 'addServer', node: id }
}

// May a screen give this command now? Whoever conducts the lab, such as a lesson, may set a rule; what the engine's own process
// asks for is not bound by it.
import type { CommandType } from '../../../shared/commands'
import type { NodeId } from '../../../shared/ids'

/** What a command, or the undoing of one, would do: as the command of this type, about this node. */
export interface Intent {
  readonly type: CommandType
  readonly node?: NodeId | undefined
}

/** Returns a sentence for the person who asked, or undefined: it may be done. */
export type CommandRule = (intent: Intent) => string | undefined

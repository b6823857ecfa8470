// What a row of the engine's command table is, and the parts of a lab that a command acts on.
import type { Command, CommandOf, CommandType } from '../../../shared/commands'
import type { NodeId } from '../../../shared/ids'
import type { Scenario } from '../../../shared/scenario'
import type { State } from '../../../shared/state/state'
import type { InsideActors } from '../actors/inside-actors'
import type { Lab } from '../lab'
import type { Asker, LookingBack } from '../looking-back'
import type { ProxyHost } from '../proxy/host'
import type { OutsidePrograms } from '../proxy/outside-programs'
import type { TimeControl } from '../time-control'

export interface LabParts {
  readonly lab: Lab
  readonly proxy: ProxyHost
  readonly actors: InsideActors
  readonly outside: OutsidePrograms
  readonly time: TimeControl
  readonly lookingBack: LookingBack
  /** The scenario that `reset` restores. */
  scenario: Scenario
}

/** A command's effect: the states before and after it, and the node that it added or changed. */
export interface Done {
  readonly before: State
  readonly after: State
  readonly node: NodeId | undefined
}

// biome-ignore lint/suspicious/noConfusingVoidType: most commands return nothing
type Made = NodeId | undefined | void

export interface CommandRow<T extends CommandType> {
  /** Returns the node that it added or changed. Throws a CommandError for the person who gave the command. */
  carryOut(parts: LabParts, command: CommandOf<T>, by: Asker): Made | Promise<Made>
  /** The commands that restore the earlier settings, though not ports and turns; null: it cannot be undone. */
  readonly inverse: ((command: CommandOf<T>, done: Done) => readonly Command[]) | null
}

export type Rows<T extends CommandType> = { readonly [K in T]: CommandRow<K> }

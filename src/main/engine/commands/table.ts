// How each command is carried out and what undoes it. Its fields, and who may give it when, are in shared/commands.ts.
// A command without a row here does not compile.
import type { Command, CommandOf, CommandType } from '../../../shared/commands'
import { BOOKMARK_COMMANDS } from './bookmarks'
import { HAND_COMMANDS } from './by-hand'
import { COMPARE_COMMANDS } from './compare'
import { FAULT_COMMANDS, FAULT_RESTORATIONS } from './faults'
import { HOLD_COMMANDS, HOLD_RESTORATIONS } from './holds'
import { LINK_COMMANDS } from './links'
import { PLACE_COMMANDS } from './node-places'
import { NODE_COMMANDS, NODE_RESTORATIONS } from './nodes'
import { OUTSIDE_COMMANDS, OUTSIDE_RESTORATIONS } from './outside'
import { POOL_COMMANDS } from './pools'
import type { CommandRow, Restoration, RestorationRow, Restoring, Rows } from './row'
import { SCENARIO_COMMANDS, SCENARIO_RESTORATIONS } from './scenario'
import { SWAP_COMMANDS } from './swap'
import { TIME_COMMANDS } from './time'
import { TRAFFIC_COMMANDS } from './traffic'
import { UNDO_COMMANDS } from './undo'

export const TABLE: Rows<CommandType> = {
  ...NODE_COMMANDS,
  ...OUTSIDE_COMMANDS,
  ...PLACE_COMMANDS,
  ...POOL_COMMANDS,
  ...SWAP_COMMANDS,
  ...COMPARE_COMMANDS,
  ...TRAFFIC_COMMANDS,
  ...HAND_COMMANDS,
  ...LINK_COMMANDS,
  ...TIME_COMMANDS,
  ...HOLD_COMMANDS,
  ...FAULT_COMMANDS,
  ...BOOKMARK_COMMANDS,
  ...SCENARIO_COMMANDS,
  ...UNDO_COMMANDS,
}

type RestorationRows = { readonly [T in Restoration['type']]: RestorationRow<T> }

const RESTORATIONS: RestorationRows = {
  ...NODE_RESTORATIONS,
  ...OUTSIDE_RESTORATIONS,
  ...HOLD_RESTORATIONS,
  ...FAULT_RESTORATIONS,
  ...SCENARIO_RESTORATIONS,
}

export function commandRowOf<T extends CommandType>({ type }: CommandOf<T>): CommandRow<T> {
  return TABLE[type]
}

export function isRestoration(command: Command | Restoration): command is Restoration {
  return Object.hasOwn(RESTORATIONS, command.type)
}

export function restorationRowOf<T extends Restoration['type']>({
  type,
}: Restoring<T>): RestorationRow<T> {
  return RESTORATIONS[type]
}

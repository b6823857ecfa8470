// How each command is carried out and what undoes it. Its fields, and who may give it when, are in shared/commands.ts.
// A command without a row here does not compile.
import type { CommandOf, CommandType } from '../../../shared/commands'
import { HOLD_COMMANDS } from './holds'
import { LINK_COMMANDS } from './links'
import { NODE_COMMANDS } from './nodes'
import { POOL_COMMANDS } from './pools'
import type { CommandRow, Rows } from './row'
import { SCENARIO_COMMANDS } from './scenario'
import { TIME_COMMANDS } from './time'
import { TRAFFIC_COMMANDS } from './traffic'

export const TABLE: Rows<CommandType> = {
  ...NODE_COMMANDS,
  ...POOL_COMMANDS,
  ...TRAFFIC_COMMANDS,
  ...LINK_COMMANDS,
  ...TIME_COMMANDS,
  ...HOLD_COMMANDS,
  ...SCENARIO_COMMANDS,
}

export function commandRowOf<T extends CommandType>({ type }: CommandOf<T>): CommandRow<T> {
  return TABLE[type]
}

// Commands that put another program in our proxy's place.
import type { CommandOf } from '../../../shared/commands'
import type { ProxyWish } from '../../../shared/proxy-programs'
import { CommandError } from '../command-error'
import type { Done, Rows } from './row'

export const SWAP_COMMANDS: Rows<'swapProxy' | 'returnProxy'> = {
  swapProxy: {
    carryOut: (parts, command) =>
      parts.foreign.swapIn(
        wishIn(command, parts.lab.journal.state),
        command.spelling ?? 'assigned',
      ),
    inverse: (_, { after }) => (after.foreign === null ? [] : [{ type: 'returnProxy' }]),
    label: (_, { after }) => `put ${after.foreign?.name ?? 'another program'} in the proxy’s place`,
  },
  returnProxy: {
    carryOut: ({ foreign }) => foreign.swapOut(''),
    // What was there may have been changed or ended meanwhile: a person puts it there again.
    inverse: null,
  },
}

function wishIn(
  { by, command, folder, port }: CommandOf<'swapProxy'>,
  state: Done['before'],
): ProxyWish {
  if (by === 'program') {
    if (command === undefined) throw new CommandError('command: The command is missing.')
    return { kind: by, command, folder }
  }
  if (by === 'running') {
    if (port === undefined) throw new CommandError('port: The port is missing.')
    if (port === state.proxy?.port) {
      throw new CommandError('port: That is the port of Roundabout’s own proxy.')
    }
    return { kind: by, port }
  }
  if (state.rows.size === 0) {
    throw new CommandError('There is no server to balance: add one first.')
  }
  return { kind: by, state }
}

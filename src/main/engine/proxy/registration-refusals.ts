// Which registrations the proxy refuses: ports of the app itself, rows beyond the last one, and, of machines of the room, ids
// that somebody else's server has, and more servers than their share.
import { portOfAppWords } from '../../../shared/diagnosis/registration-notes'
import { type Machine, machineOf, nodeId } from '../../../shared/ids'
import { MAX_SERVERS } from '../../../shared/limits'
import { type Fault, fault } from '../../../shared/protocol/errors'
import type { Registration } from '../../../shared/protocol/message'
import { MAX_SERVERS_OF_MACHINE } from '../../../shared/room/guest-limits'
import type { State } from '../../../shared/state/state'
import { visibly } from '../../../shared/visible-controls'
import type { Input } from './protocol'

/** The program in the proxy's place listens on the lab's own machine only. */
export const SWAPPED_FOR_GUESTS =
  'Another program stands in this proxy’s place: programs of the room take part again when Roundabout’s own proxy is back.'

type Registering = Pick<Extract<Input, { type: 'clientMessage' }>, 'node' | 'portOwner' | 'refusal'>

/** Undefined: it goes into the table, which has `size` rows. `hasRow`: one of them is of this id. */
export function registrationRefusal(
  { listenPort }: Registration,
  { node, portOwner, refusal }: Registering,
  hasRow: boolean,
  size: number,
): Fault | undefined {
  if (refusal !== undefined) return refusal
  if (portOwner !== undefined && portOwner !== node) {
    return fault('PORT_OF_THE_APP', portOfAppWords(listenPort, portOwner))
  }
  if (hasRow || size < MAX_SERVERS) return undefined
  return fault('TABLE_FULL', `The table has ${MAX_SERVERS} servers already.`)
}

/** Undefined: a machine of the room may register this. `isFull`: the machine has as many servers as it may. */
export function guestRefusal(
  { server }: Pick<Registration, 'server'>,
  machine: Machine,
  { rows, nodes }: Pick<State, 'rows' | 'nodes'>,
  isFull: boolean,
): Fault | undefined {
  const row = rows.get(server)
  if (row !== undefined && machineOf(row.node) !== machine) {
    const isGone = row.health === 'down' && machineOf(row.node) !== undefined
    if (!isGone) {
      const whose = nodes.get(row.node)?.group ?? 'the lab itself'
      return fault(
        'ID_TAKEN',
        visibly`Id ${server} belongs to a server of ${whose}: register another id.`,
      )
    }
  }
  if (isFull && !nodes.has(nodeId('outside', 'server', server, machine))) {
    return fault(
      'TABLE_FULL',
      `Your machine has ${MAX_SERVERS_OF_MACHINE} servers already, which is the most that one may have.`,
    )
  }
  return undefined
}

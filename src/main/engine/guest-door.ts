// Where programs of the room's machines come to the proxy: an address of this machine on the proxy's own port, until the
// door is closed. A new session, and another program in the proxy's place, leave it open.
import { hostAndPort, isDialledBy } from '../../shared/addresses'
import { errorText } from '../../shared/error-text'
import { type Machine, PROXY } from '../../shared/ids'
import { removePlaces } from './commands/node-places'
import type { LabParts } from './commands/row'
import type { GuestRules, Guests, MachineLimits } from './guests/guests'
import {
  AddressError,
  type Listener,
  type ListenOptions,
  type Network,
  PortError,
} from './net/network'

export interface GuestDoor {
  readonly host: string
  readonly port: number
  /** The machines whose programs are kept out. */
  readonly keptOut: readonly Machine[]
  limitsOf(machine: Machine): MachineLimits
  /** `nameOf` says something else now. */
  renamed(): void
  /** Ends the connections of this machine's programs, and takes them off the table and the graph. */
  clear(machine: Machine): void
  /** `keepsOut`: none of them can connect until they may again. */
  keepOut(machine: Machine, keepsOut: boolean): void
  /** Nobody joins any more, and all who have joined are cleared. */
  close(): Promise<void>
}

interface DoorParts {
  guests: Guests
  network: Network
  /** The proxy's own. */
  listeners: readonly [Listener, ...Listener[]]
  accept: ListenOptions['accept']
  /** Those of the session that runs. */
  parts: () => LabParts
}

/** Rejects with an Error for the user if programs may join already, or nobody can listen there. */
export async function openGuestDoor(
  { guests, network, listeners, accept, parts }: DoorParts,
  rules: GuestRules,
): Promise<GuestDoor> {
  const { host } = rules
  const { port } = listeners[0]
  if (guests.isOpen) throw new Error('Programs may join already.')
  guests.open(rules)
  const isThere = listeners.some(({ address }) => isDialledBy(host, address))
  const listener = isThere
    ? undefined
    : await network.listen({ host, port, accept }).catch((error: unknown) => {
        guests.close()
        throw new Error(whyNot(error, host, port))
      })

  function tell(text: string): void {
    parts().lab.journal.emit({ type: 'log', node: PROXY, level: 'info', text })
  }

  function clear(machine?: Machine): void {
    const { proxy, outside, lab } = parts()
    const nodes = outside.guestNodes(machine)
    proxy.disconnectGuests(machine)
    for (const node of nodes) {
      proxy.removeNode(node)
      outside.remove(node)
    }
    removePlaces(lab, nodes)
  }

  tell(`Programs of other machines may join at ${host} port ${port}`)
  return {
    host,
    port,
    get keptOut() {
      return guests.allKeptOut
    },
    limitsOf: (machine) => guests.limitsOf(machine),
    renamed: () => parts().outside.renameGuests(),
    clear,
    keepOut: (machine, keepsOut) => guests.keepOut(machine, keepsOut),
    async close() {
      if (!guests.isOpen) return
      guests.close()
      clear()
      tell('Programs of other machines may join no more')
      await listener?.close()
    },
  }
}

function whyNot(error: unknown, host: string, port: number): string {
  if (error instanceof AddressError) return `This machine no longer has the address ${host}.`
  if (error instanceof PortError) {
    return `Programs cannot join at ${hostAndPort(host, port)}: another program of this machine listens there.`
  }
  return `Programs cannot join at ${hostAndPort(host, port)}: ${errorText(error)}`
}

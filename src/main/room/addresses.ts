// The addresses at which a class can reach this machine: of its networks first, and at last loopback, for trying out.
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { RoomAddress } from '../../shared/room/room-line'

type Interfaces = ReturnType<typeof networkInterfaces>

export function roomAddresses(interfaces: Interfaces = networkInterfaces()): RoomAddress[] {
  const all = Object.entries(interfaces).flatMap(([name, entries = []]) =>
    entries.filter(isReachable).map(({ address, internal }) => ({
      address,
      name,
      reach: internal ? ('machine' as const) : ('network' as const),
    })),
  )
  return all.toSorted((a, b) => rank(a) - rank(b))
}

/** A link-local IPv6 address needs a zone, which no browser accepts in an address; of loopback, 127.0.0.1 is enough. */
function isReachable({ address, internal }: { address: string; internal: boolean }): boolean {
  return internal ? address === '127.0.0.1' : !/^fe[89ab]/i.test(address)
}

/** IPv4 first: it is easier to read out, and every phone has it. */
function rank({ address, reach }: RoomAddress): number {
  return (reach === 'machine' ? 2 : 0) + (isIPv6(address) ? 1 : 0)
}

/** As a URL names it. */
export function urlHost(address: string): string {
  return isIPv6(address) ? `[${address}]` : address
}

/** The names by which a browser may call a host at this address. */
export function hostNames(address: string): string[] {
  return address === '127.0.0.1' ? [address, 'localhost'] : [urlHost(address)]
}

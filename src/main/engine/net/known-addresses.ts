// What is known of a socket's addresses without asking the system, which costs a call for each end.
import { isIP } from 'node:net'
import { isLoopback } from '../../../shared/addresses'
import type { Connection } from './network'

type Address = 'localPort' | 'localAddress' | 'remotePort' | 'remoteAddress'

export type KnownAddresses = { readonly [Key in Address]?: Connection[Key] | undefined }

/**
 * The address of this end of a connection, if it was dialled, or accepted, at this host. Undefined where only the system
 * knows: names have several addresses, and 0.0.0.0 stands for all.
 */
export function ownAddress(host: string): string | undefined {
  return isIP(host) !== 0 && isLoopback(host) ? host : undefined
}

/** An IPv4-mapped address as IPv4. */
export function plainAddress(address = ''): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}

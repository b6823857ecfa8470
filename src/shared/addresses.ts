// Addresses of this machine.

const LOOPBACK_IPV4 = '127.0.0.1'
export const LOOPBACK_IPV6 = '::1'

/** A program that listens on it listens on every address of the machine. */
const EVERY_ADDRESS: Readonly<Record<string, string>> = {
  '0.0.0.0': LOOPBACK_IPV4,
  '::': LOOPBACK_IPV6,
}

/** Where a program of this machine dials one that listens there. */
export function dialledAddress(listening: string): string {
  return EVERY_ADDRESS[listening] ?? listening
}

/** Whether a connection to this address of the machine reaches a program that listens there. */
export function isDialledBy(address: string, listening: string): boolean {
  // An IPv6 socket that listens everywhere takes connections over IPv4 too.
  return listening === address || listening === '::' || dialledAddress(listening) === address
}

/** Only programs on this machine have such an address. */
export function isLoopback(address: string): boolean {
  return address === LOOPBACK_IPV6 || address.startsWith('127.')
}

/** Two addresses of this machine lead to the same programs, in practice. */
export function isSameMachine(one: string, other: string): boolean {
  return one === other || (isLoopback(one) && isLoopback(other))
}

/**
 * The same machine by the other kind of address; undefined for other machines. `localhost` is either of them, so that a
 * program may connect to one and listen on the other.
 */
export function otherLoopback(address: string): string | undefined {
  if (!isLoopback(address)) return undefined
  return address === LOOPBACK_IPV6 ? LOOPBACK_IPV4 : LOOPBACK_IPV6
}

/** `127.0.0.1:2100`, `[::1]:2100`. */
export function hostAndPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

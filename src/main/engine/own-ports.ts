// Whether a port that a server registers is the app's own: messages to it would not reach the program that registered.
import { isLoopback } from '../../shared/addresses'
import type { PortOwner } from '../../shared/diagnosis/registration-notes'
import type { Lab } from './lab'

/** Undefined if the port is not the app's, or on another machine. */
export function portOwner(
  { connections, webPort }: Lab,
  address: string,
  port: number,
): PortOwner | undefined {
  if (!isLoopback(address)) return undefined
  return connections.listenerOn(port) ?? (port === webPort ? 'web host' : undefined)
}

// Whether a port that a server registers is the app's own: messages to it would not reach the program that registered.
import { isLoopback } from '../../shared/addresses'
import type { PortOwner } from '../../shared/diagnosis/registration-notes'
import type { Row } from '../../shared/events'
import { isOutside } from '../../shared/ids'
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

/** The rows of servers on this machine: nobody else can have their ports. */
export function registeredHere({ journal }: Lab): Row[] {
  return [...journal.state.rows.values()].filter(({ address }) => isLoopback(address))
}

/** The outside server on this machine that has registered this port. */
export function outsideServerOn(lab: Lab, port: number): Row | undefined {
  return registeredHere(lab).find(({ listenPort, node }) => listenPort === port && isOutside(node))
}

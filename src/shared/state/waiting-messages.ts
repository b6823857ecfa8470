// The clients' messages that wait for Play in a paused lab.
import { PROXY, type SimMs } from '../ids'
import type { Packet, State } from './state'

/** How many there are: those still to be sent, and those that have been sent but have not moved. */
export function waitingMessages({
  clock,
  at,
  nodes,
  inFlight,
}: Pick<State, 'clock' | 'at' | 'nodes' | 'inFlight'>): number {
  if (!clock.paused) return 0
  let waiting = 0
  for (const { queued = 0 } of nodes.values()) waiting += queued
  for (const packet of inFlight.values()) if (isAtItsClient(packet, at)) waiting++
  return waiting
}

/** A held packet waits for its release instead. */
function isAtItsClient({ kind, to, held, legFrom, legAt }: Packet, at: SimMs): boolean {
  return kind === 0 && to === PROXY && held === undefined && legFrom === 0 && legAt >= at
}

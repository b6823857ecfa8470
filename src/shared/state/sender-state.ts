// What is known of a node that sends: its counters, and what it has still to send.
import { noteSeen } from './row-state'
import type { NodeState, Packet } from './state'

/** Notes that the node has sent this packet. A copy made by hand was not in its queue. */
export function noteSent(node: NodeState | undefined, { sentAt, copyOf }: Packet): void {
  if (node === undefined) return
  node.sent++
  node.inFlight++
  if (node.queued && copyOf === undefined) node.queued--
  noteSeen(node, sentAt)
}

/** Notes at both ends that an exchange has ended, answered or not. */
export function noteFinished(isAnswered: boolean, ends: readonly (NodeState | undefined)[]): void {
  for (const node of ends) {
    if (node === undefined) continue
    if (isAnswered) node.served++
    else node.errors++
  }
}

export function noteQueued(node: NodeState | undefined, count: number): void {
  if (node) node.queued = count
}

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

export function noteQueued(node: NodeState | undefined, count: number): void {
  if (node) node.queued = count
}

// What is known of a node that sends: its counters, what it works on, and what it has still to send.
import type { LabEvent } from '../events'
import type { NodeId, SimMs } from '../ids'
import { noteByHand } from './by-hand'
import type { DraftMap } from './draft-map'
import { noteSeen } from './row-state'
import type { NodeState, Packet } from './state'

/** Notes that the node has sent this packet. A copy made by hand was not in its queue. */
export function noteSent(node: NodeState | undefined, { sentAt, copyOf }: Packet): void {
  if (node === undefined) return
  node.sent++
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

type ToDo = Extract<
  LabEvent,
  {
    type: 'messages.queued' | 'traffic.changed' | 'work.changed' | 'answer.awaited' | 'answer.ended'
  }
>

/** Notes how many messages a client has still to send, by hand or of its traffic, or a server to answer. */
export function noteToDo(nodes: DraftMap<NodeId, NodeState>, event: ToDo): void {
  const node = nodes.edit('node' in event ? event.node : event.client)
  if (node === undefined) return
  switch (event.type) {
    case 'messages.queued':
      node.queued = event.count
      return
    case 'traffic.changed':
      node.sending = event.running
      node.unsent = event.unsent
      if (event.unsent === 0) delete node.lateMs
      return
    case 'work.changed':
      node.working = event.working
      node.waiting = event.waiting
      return
    case 'answer.awaited':
    case 'answer.ended':
      noteByHand(node, event)
      return
  }
}

/** Notes how much later than due a message was sent. */
export function noteLate(
  nodes: DraftMap<NodeId, NodeState>,
  message: Packet | undefined,
  lateMs: SimMs,
): void {
  const node = message && nodes.edit(message.from)
  if (node?.unsent) node.lateMs = lateMs
}

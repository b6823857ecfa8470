// Over which connections that are still open has each server registered? A server that waits on one for an answer, or for
// messages, waits in vain.
import type { ConnectionId, NodeId } from '../../../shared/ids'

export class OpenRegistrations {
  private readonly nodes = new Map<ConnectionId, NodeId>()

  add(client: ConnectionId, node: NodeId): void {
    this.nodes.set(client, node)
  }

  remove(client: ConnectionId): void {
    this.nodes.delete(client)
  }

  has(node: NodeId): boolean {
    for (const registered of this.nodes.values()) if (registered === node) return true
    return false
  }
}

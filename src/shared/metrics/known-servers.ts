// The servers in the table, their nodes, and the algorithms of their pools, as events say it.
import type { LabEvent, Node, Row } from '../events'
import type { NodeId, ProtocolId } from '../ids'

export class KnownServers {
  readonly nodes = new Map<NodeId, Node>()
  readonly rows = new Map<ProtocolId, Row>()
  /** By policy, where it was changed. */
  readonly algorithms = new Map<ProtocolId, string>()

  apply(event: LabEvent): void {
    switch (event.type) {
      case 'node.added':
      case 'node.changed':
        this.nodes.set(event.node.id, event.node)
        return
      case 'node.removed':
        this.nodes.delete(event.id)
        return
      case 'row.set':
        this.rows.set(event.row.server, event.row)
        return
      case 'row.removed':
        this.rows.delete(event.server)
        return
      case 'pool.changed':
        this.algorithms.set(event.policy, event.algorithm)
        return
      case 'scenario.reset':
        this.rows.clear()
        this.algorithms.clear()
    }
  }
}

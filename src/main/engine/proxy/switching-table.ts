// The message switching table: which servers are registered, for which policy, and whose turn it is.
import type { Row, Skipped } from '../../../shared/events'
import type { NodeId, ProtocolId } from '../../../shared/ids'
import type { Balancer } from '../balance/balancer'

export interface Server {
  readonly id: ProtocolId
  policy: ProtocolId
  address: string
  port: number
  node: NodeId
  health: 'up' | 'down'
  /** It has accepted a connection since it last registered: a refusal now means that it is gone. */
  proven: boolean
}

/** What was chosen, and all that led to it. */
export interface Pick {
  server: Server
  /** The policy's servers, in order of registration: the same array until they change. */
  candidates: readonly ProtocolId[]
  turn: number
  skipped: readonly Skipped[]
}

interface Pool<S> {
  servers: Server[]
  ids: readonly ProtocolId[]
  memory: S
}

export class SwitchingTable<S> {
  private readonly servers = new Map<ProtocolId, Server>()
  private readonly pools = new Map<ProtocolId, Pool<S>>()

  constructor(private readonly balancer: Balancer<S>) {}

  get size(): number {
    return this.servers.size
  }

  get(id: ProtocolId): Server | undefined {
    return this.servers.get(id)
  }

  /** Registering an id again updates its row in place; with another policy it joins that one's end. */
  register(
    row: Omit<Row, 'health' | 'server' | 'listenPort'> & { id: ProtocolId; port: number },
  ): Server {
    const known = this.servers.get(row.id)
    if (known === undefined) {
      const server: Server = { ...row, health: 'up', proven: false }
      this.servers.set(row.id, server)
      this.join(server)
      return server
    }
    if (known.policy !== row.policy) {
      this.leave(known)
      known.policy = row.policy
      this.join(known)
    }
    known.address = row.address
    known.port = row.port
    known.node = row.node
    known.health = 'up'
    known.proven = false
    return known
  }

  remove(id: ProtocolId): Server | undefined {
    const server = this.servers.get(id)
    if (server === undefined) return undefined
    this.servers.delete(id)
    this.leave(server)
    return server
  }

  /** Takes the next server for this policy, or undefined where nobody serves it. */
  pick(policy: ProtocolId): Pick | undefined {
    const pool = this.pools.get(policy)
    const choice = pool && this.balancer.choose(pool.servers, pool.memory)
    if (choice === undefined) return undefined
    const server = pool?.servers[choice.index]
    if (pool === undefined || server === undefined) return undefined
    pool.memory = choice.memory
    return { server, candidates: pool.ids, turn: choice.turn, skipped: choice.skipped }
  }

  /** Whom `pick` would take now. */
  next(policy: ProtocolId): ProtocolId | null {
    const pool = this.pools.get(policy)
    const choice = pool && this.balancer.choose(pool.servers, pool.memory)
    return (choice && pool?.servers[choice.index]?.id) ?? null
  }

  rowOf(server: Server): Row {
    const { id, policy, address, port, node, health } = server
    return { server: id, policy, listenPort: port, address, node, health }
  }

  private join(server: Server): void {
    const pool = this.pools.get(server.policy)
    if (pool) {
      pool.servers.push(server)
      pool.ids = [...pool.ids, server.id]
      return
    }
    const { initial: memory } = this.balancer
    this.pools.set(server.policy, { servers: [server], ids: [server.id], memory })
  }

  private leave(server: Server): void {
    const pool = this.pools.get(server.policy)
    if (pool === undefined) return
    const index = pool.servers.indexOf(server)
    pool.servers.splice(index, 1)
    pool.ids = pool.servers.map(({ id }) => id)
    pool.memory = this.balancer.left(pool.memory, index)
    if (pool.servers.length === 0) this.pools.delete(server.policy)
  }
}

// The inside servers and clients: adds, changes and removes them, and chooses the settings that a command omits.
import { freeId } from '../../../shared/chosen-ids'
import type { CommandOf } from '../../../shared/commands'
import { errorText } from '../../../shared/error-text'
import type { Node } from '../../../shared/events'
import { type NodeId, nodeId, type ProtocolId } from '../../../shared/ids'
import { MAX_INSIDE_NODES } from '../../../shared/limits'
import type { ErrorCode } from '../../../shared/protocol/errors'
import { putBefore } from '../../../shared/put-before'
import { CLIENT_SETTINGS } from '../../../shared/settings/client'
import { changeable, given, known, settled } from '../../../shared/settings/derive'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { visibly } from '../../../shared/visible-controls'
import { CommandError } from '../command-error'
import type { Lab } from '../lab'
import { PortError } from '../net/network'
import { outsideServerOn, registeredHere } from '../own-ports'
import type { ProxyHost } from '../proxy/host'
import type { ServerPorts } from '../server-ports'
import { ClientActor } from './client'
import { rarest } from './rarest'
import { ServerActor } from './server'

type ServerWishes = Omit<CommandOf<'addServer'>, 'type'>
type ClientWishes = Omit<CommandOf<'addClient'>, 'type'>

/** A node that was removed, and the nodes that it stood in front of. */
interface Former {
  readonly node: Node
  readonly followers: readonly NodeId[]
}

const CHANGEABLE_SERVER = changeable(SERVER_SETTINGS)
const CHANGEABLE_CLIENT = changeable(CLIENT_SETTINGS)

export class InsideActors {
  readonly servers = new Map<NodeId, ServerActor>()
  private readonly clients = new Map<NodeId, ClientActor>()

  constructor(
    private readonly lab: Lab,
    private readonly proxy: ProxyHost,
    private readonly ports: ServerPorts,
  ) {}

  client(node: NodeId): ClientActor | undefined {
    return this.clients.get(node)
  }

  /** In order of appearance. */
  allClients(): readonly ClientActor[] {
    return [...this.clients.values()]
  }

  async addServer(wishes: ServerWishes): Promise<NodeId> {
    this.checkRoom()
    return this.startServer(wishes)
  }

  addClient(wishes: ClientWishes, former?: Former): NodeId {
    this.checkRoom()
    const protocolId = wishes.id ?? freeId('client', this.lab.journal.state)
    const id = nodeId('inside', 'client', protocolId)
    if (this.clients.has(id)) throw new CommandError(visibly`id: Id ${protocolId} is taken.`)
    const node = {
      id,
      role: 'client',
      origin: 'inside',
      protocolId,
      policy: wishes.policy ?? this.leastAskedPolicy(),
      payload: `xyz${protocolId}`,
      ...settled(CLIENT_SETTINGS, wishes),
    } as const
    this.insert(this.clients, new ClientActor(this.lab, node), former)
    this.reportAdded(node, former)
    return id
  }

  /** Adds a removed node as it was. Returns its id; a server's port is another one if its own is taken meanwhile. */
  async restore(former: Former): Promise<NodeId> {
    const { protocolId: id, policy, port: _port, ...values } = former.node
    if (former.node.role === 'client')
      return this.addClient({ id, policy, ...known(CHANGEABLE_CLIENT, values) }, former)
    this.checkRoom()
    return this.startServer({ id, policy, ...known(CHANGEABLE_SERVER, values) }, former)
  }

  /** A changed id means a new server on a new port; the old one is removed as soon as the new one listens. */
  async updateServer(node: NodeId, wishes: Omit<ServerWishes, 'port'>): Promise<NodeId> {
    const server = this.servers.get(node)
    if (server === undefined) throw new CommandError(visibly`There is no server ${node}.`)
    const { protocolId, policy } = server.node
    const { id = protocolId, policy: wanted = policy } = wishes
    const settings = {
      ...given(CHANGEABLE_SERVER, server.node),
      ...given(CHANGEABLE_SERVER, wishes),
    }
    if (id !== protocolId) {
      const added = await this.startServer({ id, policy: wanted, ...settings })
      await this.remove(node)
      return added
    }
    // Its registration would take the row back from the program that has registered its id.
    if (wanted !== policy) this.checkRow(protocolId, node)
    await server.change({ ...server.node, policy: wanted, ...settings })
    this.lab.journal.emit({ type: 'node.changed', node: server.node })
    this.configure(server)
    if (wanted !== policy) server.register()
    return node
  }

  /** A changed id means a new client; the old one is removed. */
  updateClient(node: NodeId, wishes: ClientWishes): NodeId {
    const client = this.clients.get(node)
    if (client === undefined) throw new CommandError(visibly`There is no client ${node}.`)
    const { protocolId, policy } = client.node
    const { id = protocolId, policy: wanted = policy } = wishes
    const settings = {
      ...known(CHANGEABLE_CLIENT, client.node),
      ...given(CHANGEABLE_CLIENT, wishes),
    }
    if (id !== protocolId) {
      const added = this.addClient({ id, policy: wanted, ...settings })
      this.removeClient(node, client, 'CLIENT_LEFT')
      return added
    }
    const changed = { ...client.node, policy: wanted, ...settings }
    this.lab.journal.emit({ type: 'node.changed', node: changed })
    client.change(changed)
    return node
  }

  /** Returns false if there is no such inside node. */
  async remove(node: NodeId): Promise<boolean> {
    const client = this.clients.get(node)
    if (client) {
      this.removeClient(node, client, 'CLIENT_LEFT')
      return true
    }
    const server = this.servers.get(node)
    if (server === undefined) return false
    this.servers.delete(node)
    this.proxy.removeNode(node)
    await server.stop()
    this.lab.journal.emit({ type: 'node.removed', id: node })
    return true
  }

  /** Removes every server and client. */
  async clear(): Promise<void> {
    for (const [node, client] of [...this.clients]) this.removeClient(node, client, 'STOPPED')
    await Promise.all([...this.servers.keys()].map((node) => this.remove(node)))
  }

  private async startServer(wishes: ServerWishes, former?: Former): Promise<NodeId> {
    const protocolId = wishes.id ?? freeId('server', this.lab.journal.state)
    this.checkServerId(protocolId)
    const policy = wishes.policy ?? this.leastServedPolicy()
    const id = nodeId('inside', 'server', protocolId)
    const { port: askedPort, ...settings } = settled(SERVER_SETTINGS, wishes)
    const node = { id, role: 'server', origin: 'inside', protocolId, policy, ...settings } as const
    const server = new ServerActor(this.lab, node)
    // Reserved before the first await, so that two commands at once cannot both get it.
    this.insert(this.servers, server, former)
    try {
      const port = await this.listen(server, askedPort, former?.node.port)
      server.node = { ...node, port }
    } catch (error) {
      this.servers.delete(id)
      throw error
    }
    this.reportAdded(server.node, former)
    this.log(id, `Listening on port ${server.node.port}`)
    this.configure(server)
    await server.start()
    return id
  }

  private insert<A extends ServerActor | ClientActor>(
    actors: Map<NodeId, A>,
    actor: A,
    { followers = [] }: Partial<Former> = {},
  ): void {
    const before = followers.find((id) => actors.has(id))
    putBefore(actors, actor.node.id, actor, before)
  }

  private reportAdded(node: Node, { followers = [] }: Partial<Former> = {}): void {
    const { journal } = this.lab
    const before = followers.find((id) => journal.state.nodes.has(id))
    journal.emit({ type: 'node.added', node, ...(before !== undefined && { before }) })
  }

  private configure({ node }: ServerActor): void {
    this.proxy.configureServer(node.protocolId, node.id, settled(SERVER_SETTINGS, node))
  }

  private removeClient(node: NodeId, client: ClientActor, reason: ErrorCode): void {
    this.clients.delete(node)
    client.stop(reason)
    this.lab.journal.emit({ type: 'node.removed', id: node })
  }

  /** On the port asked for and no other; or on a free one, which is `former` if it is. */
  private async listen(
    server: ServerActor,
    asked: number | undefined,
    former: number | undefined,
  ): Promise<number> {
    const { host } = this.ports
    if (asked !== undefined) this.checkPort(asked)
    try {
      if (asked !== undefined) return await server.listen(host, asked)
      for await (const port of this.portsToTry(former)) {
        try {
          return await server.listen(host, port)
        } catch (error) {
          if (!(error instanceof PortError)) throw error
        }
      }
      return await server.listen(host, 0)
    } catch (error) {
      if (asked !== undefined && error instanceof PortError) {
        throw new CommandError(`${error.message}: choose another one.`)
      }
      const where = asked === undefined ? 'any port' : `port ${asked}`
      throw new CommandError(`Cannot listen on ${where}: ${errorText(error)}`)
    }
  }

  private async *portsToTry(former: number | undefined): AsyncGenerator<number> {
    const inside = [...this.servers.values()].map(({ node }) => node.port)
    const registered = registeredHere(this.lab).map(({ listenPort }) => listenPort)
    const used = new Set([...inside, ...registered].filter((port) => port !== undefined))
    if (former !== undefined && !used.has(former)) yield former
    yield* this.ports.toTry(used)
  }

  /** Messages for an outside program must not come to an inside server, even if the program does not listen yet. */
  private checkPort(port: number): void {
    const other = outsideServerOn(this.lab, port)
    if (other === undefined) return
    throw new CommandError(
      visibly`port: Port ${port} is registered by outside server ${other.server}: choose another one.`,
    )
  }

  private checkRoom(): void {
    if (this.servers.size + this.clients.size >= MAX_INSIDE_NODES) {
      throw new CommandError(`There are ${MAX_INSIDE_NODES} nodes already: remove some first.`)
    }
  }

  private checkServerId(id: ProtocolId): void {
    if (this.servers.has(nodeId('inside', 'server', id))) {
      throw new CommandError(visibly`id: Id ${id} is taken.`)
    }
    this.checkRow(id)
  }

  /** `owner`: the node that may have the id's row. */
  private checkRow(id: ProtocolId, owner?: NodeId): void {
    const { state } = this.lab.journal
    const row = state.rows.get(id)
    if (row === undefined || row.node === owner) return
    const free = freeId('server', state)
    throw new CommandError(visibly`id: Id ${id} is taken by an outside program; ${free} is free.`)
  }

  /** The policy with the fewest servers, the first of equals. */
  private leastServedPolicy(): ProtocolId {
    const asked = this.allClients().map(({ node }) => node.policy)
    return rarest(
      [...this.servers.values()].map(({ node }) => node.policy),
      asked,
    )
  }

  private leastAskedPolicy(): ProtocolId {
    const served = [...this.servers.values()].map(({ node }) => node.policy)
    return rarest(
      this.allClients().map(({ node }) => node.policy),
      served,
    )
  }

  private log(node: NodeId, text: string): void {
    this.lab.journal.emit({ type: 'log', node, level: 'info', text })
  }
}

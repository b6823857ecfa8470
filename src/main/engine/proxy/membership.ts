// Which servers does each policy have, and are they up? Reports every change, and whose turn it is after it.
import {
  notesOnRegistration,
  type RegistrationNote,
} from '../../../shared/diagnosis/registration-notes'
import type { Row } from '../../../shared/events'
import type { NodeId, ProtocolId, SimMs } from '../../../shared/ids'
import { areSame } from '../../../shared/settings/derive'
import { POOL_SETTINGS, type PoolValues } from '../../../shared/settings/pool'
import { visibly } from '../../../shared/visible-controls'
import type { Pool, Watch } from '../pools/pool'
import { Pools } from '../pools/pools'
import type { Effects } from './effects'
import type { Outcome } from './outcome'
import type { KeptTurn } from './protocol'
import {
  DEFAULT_SERVER_SETTINGS,
  haveSameSettings,
  type Registered,
  rowOf,
  type Server,
  type ServerSettings,
  SwitchingTable,
} from './table'

/** `coming`: the next choices, the next one first; only while somebody looks. */
interface Next {
  readonly next: ProtocolId | null
  readonly coming?: readonly ProtocolId[]
}

const NOBODY: readonly ProtocolId[] = []

export class Membership {
  private readonly table = new SwitchingTable()
  private readonly pools = new Pools<Server>(this)
  /** By policy, the servers that were last reported to be next. */
  private readonly reportedNext = new Map<ProtocolId, readonly ProtocolId[]>()

  /** Of nodes that are brought back and have not registered yet. */
  private readonly keptTurns = new Map<NodeId, KeptTurn>()
  /** Of nodes whose servers have other settings than the default ones, registered or not. */
  private readonly configured = new Map<NodeId, ServerSettings>()
  /** When the present input came. */
  now: SimMs = 0

  constructor(private readonly effects: Effects) {}

  get size(): number {
    return this.table.size
  }

  get(id: ProtocolId): Server | undefined {
    return this.table.get(id)
  }

  pool(policy: ProtocolId): Pool<Server> | undefined {
    return this.pools.get(policy)
  }

  settingsOf(policy: ProtocolId): PoolValues {
    return this.pools.settingsOf(policy)
  }

  setSeed(seed: number): void {
    this.pools.setSeed(seed)
  }

  /** Messages in flight stay where they are; another algorithm begins without a memory. */
  configurePool(policy: ProtocolId, settings: PoolValues): void {
    if (areSame(POOL_SETTINGS, this.settingsOf(policy), settings)) return
    this.pools.configure(policy, settings)
    this.effects.report({ type: 'pool.changed', policy, ...settings })
    this.reportNext(policy)
  }

  /** For the next registration of this node. */
  keepTurn(node: NodeId, turn: KeptTurn): void {
    this.keptTurns.set(node, turn)
  }

  forgetNode(node: NodeId): void {
    this.keptTurns.delete(node)
    this.configured.delete(node)
  }

  /** For the server that this node has registered, and for its next registration. */
  configureServer(id: ProtocolId, node: NodeId, settings: ServerSettings): void {
    if (haveSameSettings(settings, DEFAULT_SERVER_SETTINGS)) this.configured.delete(node)
    else this.configured.set(node, settings)
    const server = this.find(id, node)
    if (server === undefined || haveSameSettings(settings, server)) return
    const drains = settings.drain && !server.drain
    Object.assign(server, settings)
    this.pools.get(server.policy)?.memberChanged()
    this.reportNext(server.policy)
    if (drains) this.reportDrained(server)
  }

  /** The server has been given a message. */
  began(server: Server): void {
    if (this.pools.began(server)) this.reportNext(server.policy)
  }

  /** That message, given at `since`, has come to its end. */
  ended(server: Server, since: SimMs, _outcome: Outcome): void {
    if (this.pools.ended(server, this.now - since)) this.reportNext(server.policy)
    if (server.drain) this.reportDrained(server)
  }

  private reportDrained({ id, load, drain }: Server): void {
    if (!drain || load.inFlight > 0) return
    this.effects.log('info', visibly`Server ${id} is drained: it has finished every message`)
  }

  /** The server could not be reached. */
  failed(server: Server): void {
    this.pools.failed(server)
  }

  /** Each policy's servers in the order of their turns. */
  get turns(): ReadonlyMap<ProtocolId, readonly ProtocolId[]> {
    return this.pools.order
  }

  /** A server that registers for another policy joins the end of that one's order, unless its turn was kept. */
  register(registration: Omit<Registered, keyof ServerSettings>): void {
    const row = {
      ...registration,
      ...(this.configured.get(registration.node) ?? DEFAULT_SERVER_SETTINGS),
    }
    const turn = this.keptTurns.get(row.node)
    this.keptTurns.delete(row.node)
    const before = this.table.get(row.id)
    const notes = this.notesOn(row, before)
    const oldPolicy = before?.policy
    const moves = before !== undefined && oldPolicy !== row.policy
    const isOther =
      before?.address !== row.address || before.port !== row.port || !haveSameSettings(before, row)
    if (moves) this.pools.leave(before)
    const next = turn?.rows.find((id) => this.table.get(id))
    const server = this.table.register(row, next)
    if (before === undefined || moves) this.pools.join(server, turn?.turns)
    else if (isOther) this.pools.get(server.policy)?.memberChanged()
    else this.pools.get(server.policy)?.healthChanged()
    this.effects.report({
      type: 'row.set',
      row: rowOf(server),
      ...(before === undefined && next !== undefined && { before: next }),
    })
    if (moves && oldPolicy !== undefined) this.reportNext(oldPolicy)
    this.reportNext(server.policy)
    for (const { text, nodes } of notes) this.effects.warnOf(nodes, text)
  }

  /** A server that was down is still down. */
  restore({ server: id, policy, address, listenPort: port, node, health }: Row): void {
    this.register({ id, policy, address, port, node })
    const server = this.table.get(id)
    if (server && health === 'down') this.setHealth(server, health)
  }

  private notesOn({ port, ...row }: Registered, before: Server | undefined): RegistrationNote[] {
    const others = [...this.table.all()].filter((other) => other !== before && other.port === port)
    return notesOnRegistration(
      { ...row, server: row.id, listenPort: port },
      before && rowOf(before),
      others.map(rowOf),
    )
  }

  /** Gives undefined where the id belongs to another node by now. */
  find(id: ProtocolId, node: NodeId): Server | undefined {
    const server = this.table.get(id)
    return server?.node === node ? server : undefined
  }

  /** The servers that this node has registered, of those whose id no other node has taken over. */
  serversOf(node: NodeId): readonly Server[] {
    return this.table.registeredBy(node)
  }

  remove(server: Server): void {
    this.table.remove(server.id)
    this.pools.leave(server)
    this.effects.report({ type: 'row.removed', server: server.id })
    this.reportNext(server.policy)
  }

  /** Does nothing where the server has been removed meanwhile. */
  setHealth(server: Server, health: Server['health']): void {
    if (server.health === health || this.table.get(server.id) !== server) return
    server.health = health
    this.pools.get(server.policy)?.healthChanged()
    this.effects.report({ type: 'row.set', row: rowOf(server) })
    this.reportNext(server.policy)
    if (health === 'up') return
    this.effects.log(
      'warning',
      visibly`Server ${server.id} is down: it is passed over until it registers again or nobody else is left`,
    )
  }

  /** What somebody looks at, by policy. */
  watch(watched: ReadonlyMap<ProtocolId, Watch>): void {
    this.pools.watch(watched)
    for (const policy of this.pools.order.keys()) this.reportNext(policy)
  }

  /** Whose turn is next, for a report that says so. */
  takeNext(policy: ProtocolId): Next {
    const coming = this.pools.get(policy)?.coming() ?? NOBODY
    this.isNews(policy, coming)
    return { next: coming[0] ?? null, ...told(coming) }
  }

  private reportNext(policy: ProtocolId): void {
    const pool = this.pools.get(policy)
    const coming = pool?.coming() ?? NOBODY
    if (this.isNews(policy, coming)) {
      this.effects.report({
        type: 'policy.next',
        policy,
        server: coming[0] ?? null,
        ...told(coming),
      })
    }
    const moved = pool?.takeKeysMoved()
    if (moved) this.effects.report({ type: 'keys.moved', policy, ...moved })
  }

  /** Remembers who is next; false where it was reported already. */
  private isNews(policy: ProtocolId, coming: readonly ProtocolId[]): boolean {
    const before = this.reportedNext.get(policy) ?? NOBODY
    const { length } = coming
    if (before.length === length && before.every((id, index) => id === coming[index])) return false
    if (length === 0) this.reportedNext.delete(policy)
    else this.reportedNext.set(policy, coming)
    return true
  }
}

function told(coming: readonly ProtocolId[]): Pick<Next, 'coming'> {
  return coming.length > 1 ? { coming } : {}
}

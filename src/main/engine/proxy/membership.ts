// Which servers does each policy have, and are they up? Reports every change, and whose turn it is after it.
import {
  notesOnRegistration,
  type RegistrationNote,
} from '../../../shared/diagnosis/registration-notes'
import type { Row } from '../../../shared/events'
import type { NodeId, ProtocolId, SimMs } from '../../../shared/ids'
import type { AnswerMessage } from '../../../shared/protocol/message'
import { areSame } from '../../../shared/settings/derive'
import { POOL_SETTINGS, type PoolValues } from '../../../shared/settings/pool'
import { visibly } from '../../../shared/visible-controls'
import { isSameCondition, UP } from '../pools/health/guard'
import { healthWords } from '../pools/health/words'
import type { Outcome } from '../pools/outcome'
import type { Pool } from '../pools/pool'
import { Pools } from '../pools/pools'
import type { DecisionWatch } from '../pools/watch'
import type { Effects } from './effects'
import type { Exchange } from './exchange'
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
import { type Next, TurnReports } from './turn-reports'

export class Membership {
  private readonly table = new SwitchingTable()
  private readonly pools = new Pools<Server>(this)
  readonly turnReports: TurnReports

  /** The turns of nodes that are brought back and have not registered yet. */
  private readonly keptTurns = new Map<NodeId, KeptTurn>()
  /** The settings of servers that are not the default ones, by node, registered or not. */
  private readonly configured = new Map<NodeId, ServerSettings>()
  /** When the present input came. */
  now: SimMs = 0
  /** Called when a policy's pool has changed: its servers, its settings, or the health of a server. */
  onChange: (policy: ProtocolId) => void = () => {}
  /** Called when a policy's servers or settings have changed. */
  onServersChange: (policy: ProtocolId) => void = () => {}

  /** `hashOf`: the hash that is due in the answer to a payload. */
  constructor(
    private readonly effects: Effects,
    private readonly hashOf: (payload: string) => string,
  ) {
    this.turnReports = new TurnReports(effects)
  }

  get size(): number {
    return this.table.size
  }

  get(id: ProtocolId): Server | undefined {
    return this.table.get(id)
  }

  pool(policy: ProtocolId): Pool<Server> | undefined {
    return this.pools.get(policy)
  }

  usesKey(policy: ProtocolId): boolean {
    return this.pools.usesKey(policy)
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
    const pool = this.pools.get(policy)
    if (pool) this.refreshAll(pool)
    this.reportNext(policy)
    this.serversChanged(policy)
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
    if (server === undefined || haveSameSettings(settings, server.settings)) return
    const drains = settings.drain && !server.drain
    const { backup, drain } = settings
    Object.assign(server, { settings, backup, drain })
    this.pools.get(server.policy)?.memberChanged()
    this.refresh(server)
    this.reportNext(server.policy)
    if (drains) this.reportDrained(server)
  }

  /** The server has been given a message. */
  began(server: Server): void {
    if (this.pools.began(server)) this.tellNews(server)
  }

  /** The connection for a message is open. */
  reached(server: Server): void {
    if (this.poolOf(server)?.reached(server)) this.tellNews(server)
  }

  /** That message, given at `since`, has come to its end. */
  ended(server: Server, since: SimMs, outcome: Outcome): void {
    if (this.pools.ended(server, since, outcome)) this.tellNews(server)
    if (server.drain) this.reportDrained(server)
  }

  /** That message has been answered. A hash is looked at only where the pool judges hashes. */
  answered(
    server: Server,
    { givenAt, message }: Pick<Exchange, 'givenAt' | 'message'>,
    answer: AnswerMessage,
  ): void {
    const isWrong =
      !answer.error &&
      this.pools.get(server.policy)?.judgesHashes === true &&
      answer.payload !== this.hashOf(message.payload)
    const judged = isWrong ? 'wrongHash' : 'answered'
    this.ended(server, givenAt, answer.error ? 'errorAnswer' : judged)
  }

  /** A health check of the server has ended. */
  checked(server: Server, isPassed: boolean): void {
    if (this.poolOf(server)?.checked(server, isPassed)) this.tellNews(server)
  }

  /** Does what is due in a policy's pool without a message. */
  tick(policy: ProtocolId): void {
    const pool = this.pools.get(policy)
    if (pool === undefined) return
    pool.tick()
    this.refreshAll(pool)
    this.reportNext(policy)
  }

  /** Something has changed: the server's condition, or who can be chosen. */
  private tellNews(server: Server): void {
    const { health } = server.condition
    this.refresh(server)
    this.reportNext(server.policy)
    if (server.condition.health !== health) this.logHealth(server)
    this.onChange(server.policy)
  }

  private refreshAll(pool: Pool<Server>): void {
    for (const id of pool.ids) {
      const server = this.table.get(id)
      if (server === undefined) continue
      const { health } = server.condition
      this.refresh(server)
      if (server.condition.health !== health) this.logHealth(server)
    }
  }

  /** Reports the server's row where it says something else now. */
  private refresh(server: Server): void {
    const condition = this.poolOf(server)?.condition(server)
    if (condition === undefined || isSameCondition(condition, server.condition)) return
    server.condition = condition
    this.effects.report({ type: 'row.set', row: rowOf(server) })
  }

  private logHealth({ id, condition, policy }: Server): void {
    const words = healthWords(id, condition, this.settingsOf(policy))
    if (words !== undefined) this.effects.log(condition.health === 'up' ? 'info' : 'warning', words)
  }

  private poolOf(server: Server): Pool<Server> | undefined {
    const pool = this.pools.get(server.policy)
    return pool?.has(server) ? pool : undefined
  }

  private reportDrained(server: Server): void {
    const { id, load, drain } = server
    if (!drain || load.inFlight > 0 || this.poolOf(server) === undefined) return
    this.effects.log('info', visibly`Server ${id} is drained: it has no messages any more`)
  }

  /** Each policy's servers in the order of their turns. */
  get turns(): ReadonlyMap<ProtocolId, readonly ProtocolId[]> {
    return this.pools.order
  }

  /** A server that registers for another policy joins the end of that one's order, unless its turn was kept. */
  register(registration: Omit<Registered, 'settings'>): void {
    const settings = this.configured.get(registration.node) ?? DEFAULT_SERVER_SETTINGS
    const row = { ...registration, settings }
    const turn = this.keptTurns.get(row.node)
    this.keptTurns.delete(row.node)
    const before = this.table.get(row.id)
    const notes = this.notesOn(row, before)
    const oldPolicy = before?.policy
    const moves = before !== undefined && oldPolicy !== row.policy
    const isOther =
      before?.address !== row.address ||
      before.port !== row.port ||
      !haveSameSettings(before.settings, settings)
    if (moves) this.pools.leave(before)
    const next = turn?.rows.find((id) => this.table.get(id))
    const server = this.table.register(row, next)
    if (before === undefined || moves) this.pools.join(server, turn?.turns)
    const pool = this.poolOf(server)
    if (before !== undefined && !moves) pool?.registered(server)
    if (before !== undefined && isOther) pool?.memberChanged()
    server.condition = pool?.condition(server) ?? UP
    this.effects.report({
      type: 'row.set',
      row: rowOf(server),
      ...(before === undefined && next !== undefined && { before: next }),
    })
    if (moves && oldPolicy !== undefined) this.reportNext(oldPolicy)
    this.reportNext(server.policy)
    if (pool) this.refreshAll(pool)
    this.serversChanged(server.policy)
    for (const { text, nodes } of notes) this.effects.warnOf(nodes, text)
  }

  /** A server that was down is still down. */
  restore({ server: id, policy, address, listenPort: port, node, health }: Row): void {
    this.register({ id, policy, address, port, node })
    const server = this.table.get(id)
    if (server === undefined || health !== 'down') return
    this.poolOf(server)?.restoreDown(server)
    this.tellNews(server)
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
    const pool = this.pools.get(server.policy)
    if (pool) this.refreshAll(pool)
    this.reportNext(server.policy)
    this.serversChanged(server.policy)
  }

  private serversChanged(policy: ProtocolId): void {
    this.onChange(policy)
    this.onServersChange(policy)
  }

  /** What somebody looks at, by policy. */
  watch(watched: ReadonlyMap<ProtocolId, DecisionWatch>): void {
    this.pools.watch(watched)
    for (const policy of this.pools.order.keys()) this.reportNext(policy)
  }

  /** Whose turn is next, for a report that says so. */
  takeNext(policy: ProtocolId): Next {
    return this.turnReports.take(policy, this.pools.get(policy))
  }

  reportNext(policy: ProtocolId): void {
    this.turnReports.report(policy, this.pools.get(policy))
  }
}

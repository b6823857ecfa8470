// Performs the core's effects on sockets, and tells it what happens there: the connections of clients and to servers, the
// links between, and timers.

import { isDialledBy, isLoopback } from '../../../shared/addresses'
import { answersByHand } from '../../../shared/by-hand'
import { ChurningMap } from '../../../shared/churning-map'
import type { Row } from '../../../shared/events'
import type { CheckId, ExchangeId, Machine, NodeId, ProtocolId, SimMs } from '../../../shared/ids'
import {
  CONNECT_LIMIT_MS,
  HAND_REPLY_LIMIT_MS,
  PROBE_LIMIT_MS,
  REPLY_LIMIT_MS,
  RETRY_EVERY_MS,
} from '../../../shared/limits'
import type { SettledOf } from '../../../shared/settings/derive'
import type { PoolValues } from '../../../shared/settings/pool'
import type { SERVER_SETTINGS } from '../../../shared/settings/server'
import { unexpected } from '../../../shared/unexpected'
import type { Timer } from '../clock/clock'
import { inRealTime } from '../clock/real-limit'
import type { Lab } from '../lab'
import type { Connection } from '../net/network'
import type { DecisionWatch } from '../pools/watch'
import { hashOf } from '../protocol/verdict'
import { CheckConnection } from './check-connection'
import { ClientConnection } from './client-connection'
import { ProxyCore } from './core'
import type { OutsidePrograms } from './outside-programs'
import type { Effect, Input, KeptTurn, TimerId, TimerPurpose, UpstreamId } from './protocol'
import { ServerConnection } from './server-connection'

/** Where the effect does not say it. */
const LIMIT_MS: Record<TimerPurpose, SimMs> = {
  tick: 0,
  check: 0,
  connect: CONNECT_LIMIT_MS,
  retry: RETRY_EVERY_MS,
  reply: REPLY_LIMIT_MS,
  probe: PROBE_LIMIT_MS,
  // Settings of the policy: the effect says it.
  queue: 0,
  backoff: 0,
}
/** More than the error of a computed time. */
const LEAST_LEFT_MS = 1

export class ProxyHost {
  private readonly core: ProxyCore
  private readonly clients = new ChurningMap<number, ClientConnection>()
  private readonly upstreams = new ChurningMap<UpstreamId, ServerConnection>()
  private readonly checks = new Map<CheckId, CheckConnection>()
  private readonly timers = new ChurningMap<TimerId, Timer>()
  private readonly inputs: Input[] = []
  private performing = false
  private isClosed = false

  constructor(
    private readonly lab: Lab,
    private readonly outside: OutsidePrograms,
  ) {
    this.core = new ProxyCore({ webPort: () => lab.webPort, hashOf })
  }

  /** Serves a connection to the proxy's port. */
  accept(connection: Connection): void {
    const guest = this.outside.guests.enter(connection)
    if (guest === 'refused') {
      connection.destroy()
      return
    }
    const tell = (input: Input) => this.tell(input)
    const client = new ClientConnection(this.lab, this.outside, connection, tell, guest)
    this.clients.set(client.id, client)
    client.onClosed = () => this.clients.delete(client.id)
  }

  /** Takes the servers of a node that goes out of the table; the node's settings are forgotten. */
  removeNode(node: NodeId): void {
    this.tell({ type: 'nodeRemoved', node })
  }

  /** Tells the core the settings of a server that is added, or whose settings change. */
  configureServer(
    server: ProtocolId,
    node: NodeId,
    settings: SettledOf<typeof SERVER_SETTINGS>,
  ): void {
    const { keepConnection, weight, maxConnections, backup, drain } = settings
    const limitMs = answersByHand(settings) ? HAND_REPLY_LIMIT_MS : undefined
    this.tell({ type: 'replyLimitSet', node, limitMs })
    this.tell({ type: 'keepConnectionSet', server, node, keep: keepConnection })
    const its = { weight, maxConnections, backup, drain }
    this.tell({ type: 'serverConfigured', server, node, settings: its })
  }

  /** The chance of every policy begins anew, as this seed has it. */
  setSeed(seed: number): void {
    this.tell({ type: 'seedSet', seed })
  }

  /** Refuses everybody with this sentence while another program has its place. Undefined: it is back. */
  stepAside(refusal: string | undefined): void {
    this.tell({ type: 'steppedAside', refusal })
  }

  /** Each policy's servers in the order of their turns. */
  get turns(): ReadonlyMap<ProtocolId, readonly ProtocolId[]> {
    return this.core.turns
  }

  /** The next registration of this node gets its former row and turn. */
  keepTurn(node: NodeId, turn: KeptTurn): void {
    this.tell({ type: 'turnKept', node, turn })
  }

  /** Puts a row back that was taken out of the table, without a registration. */
  restoreServer(row: Row): void {
    this.tell({ type: 'serverRestored', row })
  }

  /** Screens look at these policies. */
  watch(policies: ReadonlyMap<ProtocolId, DecisionWatch>): void {
    this.tell({ type: 'watched', policies })
  }

  configurePool(policy: ProtocolId, settings: PoolValues): void {
    this.tell({ type: 'poolConfigured', policy, settings })
  }

  /** Closes the connections of a program that is taken off the graph. */
  disconnect(node: NodeId): void {
    for (const client of [...this.clients.values()]) {
      if (client.node === node) client.destroy('CLIENT_LEFT')
    }
  }

  /** Closes the connections that programs of this machine of the room have opened, or those of all. */
  disconnectGuests(machine?: Machine): void {
    for (const client of [...this.clients.values()]) {
      const its = client.machine
      if (its !== undefined && (machine ?? its) === its) client.destroy('PROXY_CLOSED')
    }
  }

  /** Closes all connections on the client side. */
  disconnectAll(): void {
    for (const client of [...this.clients.values()]) client.destroy('STOPPED')
  }

  /** Closes every connection. */
  close(): void {
    this.isClosed = true
    for (const upstream of [...this.upstreams.values()]) upstream.hangUp('STOPPED')
    for (const check of this.checks.values()) check.abandon()
    this.disconnectAll()
    for (const timer of this.timers.values()) this.lab.clock.cancel(timer)
  }

  /** Hands an input to the core. One that an effect causes at once waits until all effects before it are performed. */
  private tell(input: Input): void {
    this.inputs.push(input)
    if (this.performing) return
    this.performing = true
    const { clock } = this.lab
    try {
      for (let next = this.inputs.shift(); next; next = this.inputs.shift()) {
        const given = { now: clock.now(), ranForMs: clock.ranForMs() }
        for (const effect of this.core.handle(next, given)) this.perform(effect)
      }
    } finally {
      this.performing = false
    }
  }

  private perform(effect: Effect): void {
    switch (effect.type) {
      case 'dial':
        this.dial(effect)
        return
      case 'forward':
        this.upstreams.get(effect.upstream)?.forward(effect.exchange, effect.bytes)
        return
      case 'probe':
        this.upstreams.get(effect.upstream)?.probe(effect.give)
        return
      case 'hangUp':
        this.upstreams.get(effect.upstream)?.hangUp(effect.reason)
        this.upstreams.delete(effect.upstream)
        return
      case 'seek':
        void this.seek(effect)
        return
      case 'answer':
        this.clients.get(effect.client)?.answer(effect)
        return
      case 'check':
        this.check(effect)
        return
      case 'endCheck':
        this.checks.get(effect.check)?.abandon()
        this.checks.delete(effect.check)
        return
      case 'registered':
        this.clients.get(effect.client)?.registered()
        return
      case 'closeClient':
        this.clients.get(effect.client)?.closeWhenAnswered()
        return
      case 'startTimer':
        this.startTimer(effect)
        return
      case 'stopTimer': {
        const timer = this.timers.get(effect.timer)
        if (timer) this.lab.clock.cancel(timer)
        this.timers.delete(effect.timer)
        return
      }
      case 'report':
        this.lab.journal.emit(effect.event)
        return
      default:
        throw unexpected(effect satisfies never)
    }
  }

  private dial({ upstream: id, node, address, port }: Extract<Effect, { type: 'dial' }>): void {
    this.upstreams.get(id)?.hangUp('SERVER_UNREACHABLE')
    const session = new ServerConnection(this.lab, { id, node, address, port }, (input) =>
      this.tell(input),
    )
    this.upstreams.set(id, session)
  }

  /** Only on this machine, and only where its system tells. */
  private async seek({ node, address, port }: Extract<Effect, { type: 'seek' }>): Promise<void> {
    const { network, journal } = this.lab
    if (!isLoopback(address) || network.findListener === undefined) return
    const program = [...this.clients.values()].find((client) => client.node === node)
    const found = await network.findListener({ port, connection: program?.ports })
    // It may have begun to listen where it said just now.
    const isThere = found?.port === port && isDialledBy(address, found.address)
    if (found && !isThere && !this.isClosed) {
      journal.emit({ type: 'socket.noted', node, what: 'listens', ...found })
    }
  }

  private check(effect: Extract<Effect, { type: 'check' }>): void {
    const { check } = effect
    const connection = new CheckConnection(this.lab, effect, (passed, detail) => {
      this.checks.delete(check)
      this.tell({ type: 'checkEnded', check, passed, detail })
    })
    this.checks.set(check, connection)
  }

  private startTimer(
    effect: Extract<Effect, { type: 'startTimer' }>,
    delayMs = effect.delayMs ?? LIMIT_MS[effect.purpose],
  ): void {
    const { timer: id, exchange, isOutside } = effect
    const { clock } = this.lab
    const until = clock.ranForMs() + delayMs
    const timer = clock.schedule(isOutside ? inRealTime(clock, delayMs) : delayMs, () => {
      const leftMs = until - clock.ranForMs()
      if (isOutside && leftMs > LEAST_LEFT_MS) {
        this.startTimer(effect, leftMs)
        return
      }
      const heldMs = exchange === 0 ? undefined : this.answerIsHeldFor(exchange)
      if (heldMs !== undefined) {
        this.startTimer(effect, heldMs + REPLY_LIMIT_MS)
        return
      }
      this.timers.delete(id)
      this.tell({ type: 'timeUp', timer: id })
    })
    this.timers.set(id, timer)
  }

  /**
   * Returns how long the link still holds the answer to this exchange, which is not the server's time; undefined where
   * the server has not answered. Called only when a limit is up.
   */
  private answerIsHeldFor(exchange: ExchangeId): SimMs | undefined {
    for (const upstream of this.upstreams.values()) {
      const heldMs = upstream.answerHeldMs(exchange)
      if (heldMs !== undefined) return heldMs
    }
    return undefined
  }
}

// An inside server: listens, and registers with the proxy.
import { ChurningSet } from '../../../shared/churning-map'
import { errorText } from '../../../shared/error-text'
import type { Node } from '../../../shared/events'
import { shortened } from '../../../shared/format'
import type { ExchangeId, SimMs } from '../../../shared/ids'
import { MAX_TO_ANSWER_CHARS } from '../../../shared/limits'
import { isSameValue, type SettledOf } from '../../../shared/settings/derive'
import type { SERVER_SETTINGS } from '../../../shared/settings/server'
import type { Timer } from '../clock/clock'
import { createRandom } from '../clock/random'
import { CommandError } from '../command-error'
import type { Lab } from '../lab'
import type { Connection, Endpoint, Listener } from '../net/network'
import { hashOf } from '../protocol/verdict'
import { Misbehaviour } from './misbehaviour'
import { type RegisteringServer, ServerRegistration } from './server-registration'
import { ServerSession } from './server-session'
import { Work } from './work'

type ServerNode = Node & SettledOf<typeof SERVER_SETTINGS> & RegisteringServer

export class ServerActor {
  private listener: Listener | undefined
  /** Where it has listened, and listens again. */
  private address: Endpoint | undefined
  private readonly sessions = new ChurningSet<ServerSession>()
  private readonly registration: ServerRegistration
  private readonly work: Work
  private readonly misbehaviour: Misbehaviour
  private restart: Timer | undefined
  private isGone = false
  /** The latest change of whether it listens. */
  private adjusted: Promise<void> = Promise.resolve()

  constructor(
    private readonly lab: Lab,
    public node: ServerNode,
    /** A registration did not reach the proxy. */
    notRegistered: () => void = () => {},
  ) {
    const { clock, journal } = lab
    this.registration = new ServerRegistration(lab, () => this.register(), notRegistered)
    this.work = new Work({
      clock,
      values: node.work,
      changed: (working, waiting) =>
        journal.emit({ type: 'work.changed', node: node.id, working, waiting }),
      awaited: ({ exchange, client, payload }) =>
        journal.emit({
          type: 'answer.awaited',
          node: node.id,
          exchange,
          client,
          payload: shortened(payload, MAX_TO_ANSWER_CHARS),
          hash: hashOf(payload),
        }),
      ended: (exchange, outcome) =>
        journal.emit({ type: 'answer.ended', node: node.id, exchange, outcome }),
    })
    this.misbehaviour = new Misbehaviour({
      clock,
      random: createRandom(journal.state.seed, `misbehaviour of ${node.protocolId}`),
      changed: () => void this.adjust().catch((error) => this.log('error', errorText(error))),
    })
  }

  /**
   * Its id stays: a server with another id is another server. Rejects with a CommandError if it cannot start because its
   * port is taken.
   */
  async change(node: ServerNode): Promise<void> {
    const { behaviour, stopped } = this.node
    this.node = node
    this.work.configure(node.work)
    if (!isSameValue(behaviour, node.behaviour)) this.misbehaviour.set(node.behaviour)
    this.cancelRestart()
    try {
      await this.adjust()
    } catch (error) {
      this.node = { ...node, stopped }
      throw error
    }
  }

  /** Returns the port. Rejects with a PortError if the port is not available. */
  async listen(host: string, port: number): Promise<number> {
    const listener = await this.lab.network.listen({
      host,
      port,
      accept: (connection) => {
        if (this.misbehaviour.refusesOne()) connection.reset()
        else this.serve(connection)
      },
    })
    this.listener = listener
    this.address = { host, port: listener.port }
    this.lab.connections.listening(listener.address, listener.port, this.node.id)
    return listener.port
  }

  /** Begins to behave as its settings say. Registers, unless it is stopped. */
  async start(): Promise<void> {
    this.misbehaviour.set(this.node.behaviour)
    if (!this.node.stopped) this.register()
    await this.adjust()
  }

  private serve(connection: Connection): void {
    const { lab, node, work, misbehaviour } = this
    const session = new ServerSession(lab, { node, work, misbehaviour }, connection, {
      closed: () => this.sessions.delete(session),
      crash: (startsAgainMs) => this.crash(startsAgainMs),
    })
    this.sessions.add(session)
  }

  /** Stops by itself, and starts again after this time; 0: a person starts it. */
  private crash(startsAgainMs: SimMs): void {
    if (this.node.stopped) return
    this.log('error', 'Crashed')
    this.setStopped(true)
    void this.adjust()
    if (startsAgainMs === 0) return
    this.restart = this.lab.clock.schedule(startsAgainMs, () => {
      this.restart = undefined
      this.setStopped(false)
      this.adjust().catch((error) => {
        this.log('error', errorText(error))
        this.setStopped(true)
      })
    })
  }

  private setStopped(stopped: boolean): void {
    this.node = { ...this.node, stopped }
    this.lab.journal.emit({ type: 'node.changed', node: this.node })
  }

  private cancelRestart(): void {
    if (this.restart) this.lab.clock.cancel(this.restart)
    this.restart = undefined
  }

  /** Listens or not, as it should now; one change after the other. */
  private adjust(): Promise<void> {
    const adjusting = this.adjusted.then(() => this.adjustNow())
    this.adjusted = adjusting.catch(() => {})
    if (this.node.stopped) this.breakOff()
    return adjusting
  }

  private async adjustNow(): Promise<void> {
    const { address, node } = this
    const wanted = !node.stopped && !this.misbehaviour.refusesAll && !this.isGone
    if (!wanted) {
      this.stopListening()
      return
    }
    if (this.listener !== undefined || address === undefined) return
    try {
      await this.listen(address.host, address.port)
    } catch (error) {
      const words = `It cannot listen on port ${address.port} again: ${errorText(error)}`
      throw new CommandError(words)
    }
    if (this.isGone) this.stopListening()
    else this.register()
  }

  /** Returns false if no message of the exchange waits in a person's hands. */
  answerByHand(exchange: ExchangeId, typed: string): boolean {
    return this.work.answer(exchange, typed)
  }

  /** Its connections end, and the work on their messages. */
  private breakOff(): void {
    this.stopListening()
    this.work.stop()
    for (const session of [...this.sessions.values()]) session.destroy('SERVER_CLOSED')
  }

  private stopListening(): Promise<void> {
    const { listener } = this
    if (listener === undefined) return Promise.resolve()
    this.listener = undefined
    this.lab.connections.stoppedListening(listener.address, listener.port)
    return listener.close()
  }

  private log(level: 'info' | 'error', text: string): void {
    this.lab.journal.emit({ type: 'log', node: this.node.id, level, text })
  }

  get isListening(): boolean {
    return this.listener !== undefined
  }

  register(): void {
    const port = this.listener?.port
    if (port !== undefined) this.registration.send(this.node, port)
  }

  async stop(): Promise<void> {
    this.isGone = true
    this.cancelRestart()
    this.misbehaviour.stop()
    this.registration.stop()
    const closed = this.stopListening()
    this.work.stop()
    for (const session of [...this.sessions.values()]) session.destroy('SERVER_REMOVED')
    await closed
    await this.adjusted
  }
}

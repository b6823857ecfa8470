// The question which server is next, put to a real message: the next one of a policy is held before the proxy, and time
// with it, until the answer is to be seen.
import type { LabEvent } from '../../shared/events'
import { quoteValue } from '../../shared/filter/filter'
import type { BreakpointId, ExchangeId, PacketId, ProtocolId } from '../../shared/ids'
import type { VoteAsk, VoteTruth } from '../../shared/room/vote'
import type { Engine } from '../engine'

export type AskedEngine = Pick<Engine, 'execute' | 'subscribe' | 'state'>

interface Asked {
  policy: ProtocolId
  /** A client of the policy sends its message at once. */
  send: boolean
}

const LOST: VoteTruth = { right: [], words: 'The message was lost: no server gets it.' }

const SET_UP_ANEW: VoteTruth = {
  right: [],
  words: 'The lab was set up anew before a message came: ask once more.',
}

export class NextServer {
  private breakpoint: BreakpointId | undefined
  private held: { packet: PacketId; exchange: ExchangeId } | undefined
  /** Time ran until the message was held. */
  private pausedTime = false
  private isOver = false
  private readonly stop: () => void

  private constructor(
    private readonly engine: AskedEngine,
    private readonly asked: Asked,
    private readonly servers: readonly ProtocolId[],
    private readonly happened: (truth: VoteTruth) => void,
    private readonly changed: () => void,
  ) {
    this.stop = engine.subscribe((event) => this.take(event))
  }

  /**
   * Sets the trap; `happened` is called once the proxy has chosen, or cannot any more, `changed` when the message is there.
   * Rejects with an Error for the instructor.
   */
  static async begin(
    engine: AskedEngine,
    asked: Asked,
    happened: (truth: VoteTruth) => void,
    changed: () => void,
  ): Promise<NextServer> {
    const servers = [...engine.state.rows.values()]
      .filter(({ policy }) => policy === asked.policy)
      .map(({ server }) => server)
    if (servers.length < 2) {
      throw new Error(`Policy ${asked.policy} has fewer than two servers: there is nothing to ask.`)
    }
    const question = new NextServer(engine, asked, servers, happened, changed)
    const filter = `type:0 to:proxy policy:${quoteValue(asked.policy)}`
    const set = await engine.execute({ type: 'setBreakpoint', filter, once: true })
    if (!set.ok) {
      question.end()
      throw new Error(set.error)
    }
    if (asked.send) await question.send()
    return question
  }

  get policy(): ProtocolId {
    return this.asked.policy
  }

  get question(): string {
    return `The next message for policy ${this.asked.policy} waits at the proxy. Which server gets it?`
  }

  get ask(): VoteAsk {
    return {
      kind: 'choice',
      options: this.servers.map((server) => `Server ${server}`),
      servers: this.servers,
    }
  }

  /** Empty: it can be revealed. */
  get waitsFor(): string {
    if (this.held !== undefined || this.isOver) return ''
    return `No message for policy ${this.asked.policy} has reached the proxy yet: send one.`
  }

  /** Lets the message go on. */
  async reveal(): Promise<void> {
    const { held } = this
    if (held === undefined) throw new Error(this.waitsFor)
    const released = await this.engine.execute({ type: 'release', packet: held.packet })
    if (!released.ok) return this.tell(LOST)
    this.pausedTime = false
    await this.engine.execute({ type: 'resume' })
  }

  /** Takes the trap away; a message that it holds is released. */
  end(): void {
    this.stop()
    if (this.held !== undefined && !this.isOver) {
      void this.engine.execute({ type: 'release', packet: this.held.packet })
    } else if (
      this.breakpoint !== undefined &&
      this.engine.state.breakpoints.has(this.breakpoint)
    ) {
      void this.engine.execute({ type: 'removeBreakpoint', id: this.breakpoint })
    }
    if (this.pausedTime) void this.engine.execute({ type: 'resume' })
    this.pausedTime = false
    this.isOver = true
  }

  private async send(): Promise<void> {
    const { policy } = this.asked
    const inside = [...this.engine.state.nodes.values()].filter(
      ({ role, origin }) => role === 'client' && origin === 'inside',
    )
    const client = inside.find((node) => node.policy === policy) ?? inside[0]
    if (client === undefined) return
    if (this.engine.state.clock.paused) await this.engine.execute({ type: 'resume' })
    await this.engine.execute({ type: 'sendMessage', client: client.id, policy })
  }

  private take(event: LabEvent): void {
    switch (event.type) {
      case 'breakpoint.set':
        // The first one since the trap was set is the trap's own: the command sets it before anything else can.
        this.breakpoint ??= event.breakpoint.id
        return
      case 'packet.held':
        if (event.breakpoint === this.breakpoint && this.held === undefined) this.hold(event.packet)
        return
      case 'decision.made':
        if (event.exchange !== this.held?.exchange) return
        this.tell({
          right: event.server === null ? [] : [`Server ${event.server}`],
          words:
            event.server === null
              ? 'No server could get it.'
              : `It went to server ${event.server}.`,
        })
        return
      case 'exchange.finished':
        if (event.exchange === this.held?.exchange) this.tell(LOST)
        return
      case 'scenario.reset':
      case 'scenario.opened':
        this.pausedTime = false
        // The trap is gone, and perhaps the servers that were asked about.
        this.tell(this.held === undefined ? SET_UP_ANEW : LOST)
    }
  }

  private hold(packet: PacketId): void {
    const exchange = this.engine.state.inFlight.get(packet)?.exchange ?? packet
    this.held = { packet, exchange }
    if (!this.engine.state.clock.paused) {
      this.pausedTime = true
      void this.engine.execute({ type: 'pause' })
    }
    this.changed()
  }

  private tell(truth: VoteTruth): void {
    if (this.isOver) return
    this.isOver = true
    this.happened(truth)
  }
}

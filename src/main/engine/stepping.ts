// Steps the paused lab from one scheduled task to the next, or from moment to moment, and waits in between until the sockets are
// quiet. Nothing here waits for time to pass: it looks for bytes in flight on each turn of the event loop.
import { ChurningSet } from '../../shared/churning-map'
import { type ExchangeId, type PacketId, PROXY } from '../../shared/ids'
import { packetIn } from '../../shared/state/packets'
import type { Packet } from '../../shared/state/state'
import { visibly } from '../../shared/visible-controls'
import type { SteppableClock } from './clock/clock'
import { CommandError } from './command-error'
import type { Connections } from './links/connections'
import type { ClosableNetwork } from './net/network'
import { type Journal, toMicroseconds } from './story/journal'

/** The parts of a lab that a stepper moves, and looks at to know when the sockets are quiet. */
interface SteppedLab {
  clock: SteppableClock
  journal: Journal
  network: Pick<ClosableNetwork, 'settle'>
  connections: Pick<Connections, 'busy'>
}

/** Scheduled tasks that one command may run. */
const MAX_TIMERS = 10_000
/** The sockets are quiet after this many turns of the event loop without an event. */
const QUIET_TURNS = 32
/** The same while bytes are in flight: the system may have them, or a receiver that has paused reading. */
const BUSY_TURNS = 10_000
/** A limit for events that never stop, such as those of a program that floods the proxy. */
const MAX_TURNS = 100_000
/** An outside program runs in real time: how long to wait for its answer before simulated time moves past it. */
const ANSWER_WAIT_MS = 500

/** How a command moves. */
interface Moving {
  /** Runs what is scheduled next; returns false if nothing is. */
  readonly fire?: () => boolean
  readonly passObstacles?: () => Promise<void>
}

/** A command in progress. `over`: it must end without another step. */
interface Run {
  over: boolean
}

export class Stepper {
  /** The commands in progress. */
  private readonly runs = new Set<Run>()
  private lastRun: Promise<unknown> = Promise.resolve()
  /** The exchanges that have begun and are not finished. */
  private readonly exchanges = new ChurningSet<ExchangeId>()
  private events = 0
  private decisions = 0

  constructor(private readonly lab: SteppedLab) {
    lab.journal.subscribe((event) => {
      // Nobody steps for the sake of a report.
      if (event.type === 'metrics.second') return
      this.events++
      switch (event.type) {
        case 'packet.carried':
        case 'packet.sent':
          if (event.packet === event.exchange) this.exchanges.add(event.exchange)
          return
        case 'exchange.finished':
          this.exchanges.delete(event.exchange)
          return
        case 'decision.made':
        case 'choice.seen':
          this.decisions++
          return
        case 'scenario.reset':
          this.exchanges.clear()
      }
    })
  }

  /**
   * Moves to the next moment at which a scheduled task causes an event. Tasks of one moment run together, because
   * looking back shows them together. Rejects with a CommandError if there is no such task.
   *
   * Call this method, `stepToDecision` and `stepToEnd` only while the clock is paused. Each waits for the earlier calls,
   * and resolves when the sockets are quiet.
   */
  step(): Promise<void> {
    const { clock } = this.lab
    return this.inTurn((run) => {
      const before = this.events
      return this.goOn(run, () => this.events > before, {
        fire() {
          const moment = toMicroseconds(clock.nextDueAt() ?? 0)
          return clock.step((dueAt) => toMicroseconds(dueAt) === moment)
        },
      })
    })
  }

  /** Steps until the proxy has made a decision, or the choice of a program in its place was seen. */
  stepToDecision(): Promise<void> {
    return this.inTurn((run) => {
      const before = this.decisions
      return this.goOn(run, () => this.decisions > before)
    })
  }

  /** Steps until the packet's exchange is finished or, for a packet without an exchange, until it has arrived or was lost. */
  stepToEnd(packet: PacketId): Promise<void> {
    return this.inTurn((run) => {
      const exchange = this.exchangeOf(packet)
      const hasEnded = () => this.hasEnded(packet, exchange)
      if (hasEnded()) throw new CommandError(this.endedText(packet))
      return this.goOn(run, hasEnded, {
        passObstacles: () => this.passObstacles(packet, exchange),
      })
    })
  }

  /** Ends the commands in progress where they are, without an error. */
  interrupt(): void {
    for (const run of this.runs) run.over = true
  }

  private inTurn(go: (run: Run) => Promise<void>): Promise<void> {
    const run = { over: false }
    this.runs.add(run)
    const turn = this.lastRun.then(async () => {
      try {
        // If the lab ran until now, bytes may still be in flight.
        await this.settle(run)
        if (!this.isOver(run)) await go(run)
      } finally {
        this.runs.delete(run)
        if (!run.over) this.tellTime()
      }
    })
    this.lastRun = turn.catch(() => {})
    return turn
  }

  private async goOn(
    run: Run,
    isThere: () => boolean,
    { fire = () => this.lab.clock.step(), passObstacles = async () => {} }: Moving = {},
  ): Promise<void> {
    for (let fired = 0; !isThere(); fired++) {
      if (fired === MAX_TIMERS) {
        throw new CommandError(`Not there yet after ${MAX_TIMERS} steps: step on from here.`)
      }
      await passObstacles()
      if (isThere() || this.isOver(run)) return
      if (!fire()) throw new CommandError(this.whyNothingMoves())
      await this.settle(run)
      if (this.isOver(run)) return
    }
  }

  private isOver(run: Run): boolean {
    return run.over || !this.lab.clock.paused
  }

  /** Waits until all bytes in flight between the sockets of this process have arrived. */
  private async settle(run: Run): Promise<void> {
    const { network, connections } = this.lab
    let seen = this.events
    let quietTurns = 0
    for (let turns = 0; turns < MAX_TURNS && !this.isOver(run); turns++) {
      network.settle?.()
      await nextTurn()
      quietTurns = this.events === seen ? quietTurns + 1 : 0
      seen = this.events
      if (quietTurns >= (connections.busy ? BUSY_TURNS : QUIET_TURNS)) return
    }
  }

  /** Reports the time to screens if it moved without an event: they get frames only with events. */
  private tellTime(): void {
    const { clock, journal } = this.lab
    if (!clock.paused || journal.state.at >= toMicroseconds(clock.now())) return
    journal.emit({ type: 'clock.changed', paused: clock.paused, speed: clock.speed })
  }

  private exchangeOf(packet: PacketId): ExchangeId {
    const { state } = this.lab.journal
    const found = packetIn(state, packet)
    if (found !== undefined) return found.exchange
    if (this.exchanges.has(packet)) return packet
    throw new CommandError(
      packet > state.packets.end ? `There is no packet ${packet}.` : this.endedText(packet),
    )
  }

  private hasEnded(packet: PacketId, exchange: ExchangeId): boolean {
    if (exchange !== 0) return !this.exchanges.has(exchange)
    return !this.lab.journal.state.inFlight.has(packet)
  }

  /** Throws a CommandError if the packet or its exchange cannot move, whatever is scheduled. */
  private async passObstacles(packet: PacketId, exchange: ExchangeId): Promise<void> {
    const isPartOfIt = ({ id, exchange: its }: Packet) =>
      id === packet || (exchange !== 0 && its === exchange)
    for (const flying of this.lab.journal.state.inFlight.values()) {
      if (isPartOfIt(flying) && flying.held) throw new CommandError(heldText(flying))
    }
    const server = this.awaitedServer(exchange)
    if (server === undefined || (await this.nextEvent())) return
    throw new CommandError(
      visibly`Server ${server} is an outside program and has not answered yet: go on once it has, or single steps let its time run out.`,
    )
  }

  /** Returns the id of an outside server that has not answered this message, or one before it in a queue. */
  private awaitedServer(exchange: ExchangeId): string | undefined {
    const { waiting, asking } = this.lab.journal.state
    const policy = [...waiting].find(([, queue]) => queue.includes(exchange))?.[0]
    if (policy === undefined) return this.silentServer(exchange)
    for (const [other, its] of asking) {
      if (its !== policy || waiting.get(policy)?.includes(other)) continue
      const server = this.silentServer(other)
      if (server !== undefined) return server
    }
    return undefined
  }

  /** Returns the id of the outside server that has the question and has not answered, or undefined. */
  private silentServer(exchange: ExchangeId): string | undefined {
    if (exchange === 0) return undefined
    const { packets, nodes } = this.lab.journal.state
    for (let index = packets.end - 1; index >= packets.first; index--) {
      const packet = packets.at(index)
      if (packet?.exchange !== exchange) continue
      const node = nodes.get(packet.to)
      const isAsked = packet.from === PROXY && packet.kind === 0 && packet.status === 'delivered'
      return isAsked && node?.origin === 'outside' ? (node.protocolId ?? node.id) : undefined
    }
    return undefined
  }

  /** Resolves with whether an event happened in the time that an outside program gets. */
  private nextEvent(): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (happened: boolean) => {
        clearTimeout(timer)
        stop()
        resolve(happened)
      }
      const timer = setTimeout(done, ANSWER_WAIT_MS, false)
      const stop = this.lab.journal.subscribe(() => done(true))
    })
  }

  private endedText(packet: PacketId): string {
    const isLost = packetIn(this.lab.journal.state, packet)?.status === 'dropped'
    return isLost ? `Packet ${packet} was lost.` : `Packet ${packet} has already arrived.`
  }

  private whyNothingMoves(): string {
    for (const packet of this.lab.journal.state.inFlight.values()) {
      if (packet.held) return `Nothing else is in flight. ${heldText(packet)}`
    }
    return 'Nothing is in flight. Send a message, then step.'
  }
}

function heldText({ id, held }: Packet): string {
  return held?.behind === null || held?.behind === undefined
    ? `Packet ${id} is held: release it first.`
    : `Packet ${id} waits behind packet ${held.behind}, which is held: release that one first.`
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

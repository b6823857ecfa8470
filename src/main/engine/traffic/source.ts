// A traffic source: sends a client's messages, or a crowd's, at the times of its pattern. All but a closed loop send at
// their time, whatever is unanswered. Where too much is, messages wait at the source, which says so: they are late.
import { ChurningSet } from '../../../shared/churning-map'
import type { NodeId, SimMs } from '../../../shared/ids'
import { MAX_SOURCE_UNANSWERED, MAX_SOURCE_UNSENT } from '../../../shared/limits'
import type { TrafficValues } from '../../../shared/settings/features/traffic'
import type { Timer } from '../clock/clock'
import { createRandom, type Random } from '../clock/random'
import type { Lab } from '../lab'
import { toMicroseconds } from '../story/journal'
import { MessageMix } from './message-mix'
import { nextArrival } from './next-arrival'
import type { ListPattern, LoopPattern, Pattern, RatePattern } from './pattern'
import { PATTERNS } from './registry'

interface TrafficMessage {
  readonly policy: string
  readonly payload: string
}

export interface TrafficSender {
  readonly id: NodeId
  /** What a message has where the mix says nothing. */
  readonly fallback: TrafficMessage
  /** Sends a message as this client of the crowd, counted from 0. `lateMs`: for so long it had to wait at the source. */
  send(client: number, message: TrafficMessage, lateMs: SimMs): void
  /** Messages of all its clients without an answer. */
  readonly unanswered: number
  /** The unanswered messages of this client of the crowd. */
  unansweredOf(client: number): number
}

interface Due extends TrafficMessage {
  readonly client: number
  readonly at: SimMs
}

export class TrafficSource {
  private startedAt = 0
  /** What arrives next; of a loop, for each client that thinks. */
  private readonly timers = new ChurningSet<Timer>()
  /** The clients of a loop that think. */
  private readonly thinking = new Set<number>()
  private random: Random
  private mix: MessageMix
  private readonly mixRandom: Random
  /** Since the start: when the rate was last counted from, and how many messages it has to amount to until the next. */
  private countedAt = 0
  private gap = 0
  private listed = 0
  private count = 0
  private readonly unsent: Due[] = []
  private hasStopped = false
  /** The number of unsent messages that was reported last. */
  private reported = 0

  constructor(
    private readonly lab: Lab,
    private readonly sender: TrafficSender,
    private values: TrafficValues,
    /** It has sent everything, or cannot go on; the screens have been told. */
    private readonly onStopped: () => void,
  ) {
    const { seed } = lab.journal.state
    this.random = createRandom(seed, `arrivals of ${sender.id}`)
    this.mixRandom = createRandom(seed, `messages of ${sender.id}`)
    this.mix = new MessageMix(values, sender.fallback, this.mixRandom)
  }

  start(): void {
    this.startedAt = this.lab.clock.now()
    this.report(true)
    this.begin()
  }

  /** Ends it; messages that are late are not sent. */
  stop(): void {
    if (this.hasStopped) return
    this.hasStopped = true
    this.cancelAll()
    this.unsent.length = 0
    this.report(false)
    this.onStopped()
  }

  /**
   * The settings have changed: the time since the last message counts at the old rate, what comes at the new one. Another
   * pattern begins anew.
   */
  change(values: TrafficValues): void {
    const old = this.values
    const pattern = PATTERNS[values.pattern]
    const goesOn = values.pattern === old.pattern && pattern.kind === 'rate'
    if (goesOn && pattern.kind === 'rate') {
      const now = this.elapsed
      const since = pattern.expected(now, old) - pattern.expected(this.countedAt, old)
      this.gap = Math.max(0, this.gap - since)
      this.countedAt = now
    }
    if (values.pattern !== old.pattern) {
      this.startedAt = this.lab.clock.now()
      this.listed = 0
      this.count = 0
    }
    this.values = values
    this.mix = new MessageMix(values, this.sender.fallback, this.mixRandom)
    this.cancelAll()
    if (goesOn && pattern.kind === 'rate') this.scheduleRate(pattern)
    else this.begin()
  }

  /** An answer has come, or a message is lost: one that waits can be sent, or a client of a loop begins to think. */
  answered(client: number): void {
    if (this.hasStopped) return
    const pattern = this.pattern
    if (pattern.kind === 'loop') {
      if (client < this.values.clients && this.sender.unansweredOf(client) === 0) {
        this.think(client, pattern)
      }
      return
    }
    while (this.unsent.length > 0 && this.hasRoom) {
      const due = this.unsent.shift()
      if (due) this.sender.send(due.client, due, this.lab.clock.now() - due.at)
    }
    this.reportUnsent()
    this.stopIfDone()
  }

  private get pattern(): Pattern {
    return PATTERNS[this.values.pattern]
  }

  private get elapsed(): SimMs {
    return this.lab.clock.now() - this.startedAt
  }

  private get hasRoom(): boolean {
    return this.sender.unanswered < MAX_SOURCE_UNANSWERED
  }

  /** Begins a pattern, at the start or in place of another one. */
  private begin(): void {
    const pattern = this.pattern
    switch (pattern.kind) {
      case 'rate':
        this.countedAt = this.elapsed
        this.gap = pattern.gap(this.values, this.random)
        this.scheduleRate(pattern)
        break
      case 'list':
        this.scheduleList(pattern)
        break
      case 'loop':
        for (let client = 0; client < this.values.clients; client++) {
          if (this.sender.unansweredOf(client) === 0) this.think(client, pattern)
        }
    }
  }

  private scheduleRate(pattern: RatePattern): void {
    const { values } = this
    const at = nextArrival((ms) => pattern.expected(ms, values), this.countedAt, this.gap)
    this.arriveAt(at, () => {
      this.countedAt = at ?? 0
      for (let one = 0; one < pattern.atOnce(values); one++) this.arrive()
      this.gap = pattern.gap(values, this.random)
      if (!this.hasStopped) this.scheduleRate(pattern)
    })
  }

  private scheduleList(pattern: ListPattern): void {
    const times = pattern.times(this.values)
    const next = () =>
      this.arriveAt(times[this.listed], () => {
        this.listed++
        this.arrive()
        if (!this.hasStopped) next()
      })
    next()
  }

  /** A message that a person sends as the client meanwhile has to be answered first. */
  private think(client: number, pattern: LoopPattern): void {
    if (this.thinking.has(client)) return
    this.thinking.add(client)
    const at = this.elapsed + pattern.thinkMs(this.values, this.random)
    this.arriveAt(at, () => {
      this.thinking.delete(client)
      if (this.sender.unansweredOf(client) === 0) this.arrive(client)
    })
  }

  /** Calls `arrive` at this time from the start; without a time, or after its end, the source has nothing more to send. */
  private arriveAt(at: SimMs | undefined, arrive: () => void): void {
    const { forMs } = this.values
    const isOver = at === undefined || (forMs > 0 && at > forMs + TOLERANCE_MS)
    if (isOver || this.left <= 0) {
      this.stopIfDone()
      return
    }
    const delay = toMicroseconds(Math.max(0, at - this.elapsed))
    const timer = this.lab.clock.schedule(delay, () => {
      this.timers.delete(timer)
      arrive()
    })
    this.timers.add(timer)
  }

  private get left(): number {
    const { messages } = this.values
    return messages === 0 ? Number.POSITIVE_INFINITY : messages - this.count
  }

  /** A message is due now. `only`: whose it is, where that is not drawn. */
  private arrive(only?: number): void {
    if (this.hasStopped || this.left <= 0) return
    this.count++
    const drawn = this.mix.draw()
    const client = only ?? drawn.client
    if (this.unsent.length === 0 && this.hasRoom) this.sender.send(client, drawn, 0)
    else if (this.unsent.length >= MAX_SOURCE_UNSENT) this.giveUp()
    else {
      this.unsent.push({ ...drawn, client, at: this.lab.clock.now() })
      this.reportUnsent()
    }
    if (this.left <= 0) this.stopIfDone()
  }

  private giveUp(): void {
    const text = `Traffic stopped: ${MAX_SOURCE_UNANSWERED} messages had no answer, and ${MAX_SOURCE_UNSENT} more waited to be sent`
    this.lab.journal.emit({ type: 'log', node: this.sender.id, level: 'error', text })
    this.stop()
  }

  /** Stops the source when it has nothing more to send. In a closed loop, clients that wait for an answer may have more. */
  private stopIfDone(): void {
    if (this.hasStopped || this.unsent.length > 0) return
    if (this.left > 0) {
      if (this.timers.size > 0) return
      if (this.pattern.kind === 'loop' && this.sender.unanswered > 0 && !this.isPastEnd) return
    }
    this.stop()
  }

  private get isPastEnd(): boolean {
    const { forMs } = this.values
    return forMs > 0 && this.elapsed >= forMs
  }

  private cancelAll(): void {
    for (const timer of this.timers.values()) this.lab.clock.cancel(timer)
    this.timers.clear()
    this.thinking.clear()
  }

  /** Tells the screens that messages wait, and how many: at first, at each doubling, and when none waits any more. */
  private reportUnsent(): void {
    const { length } = this.unsent
    if (length > 0 ? length >= Math.max(1, this.reported * 2) : this.reported > 0) this.report(true)
  }

  private report(running: boolean): void {
    this.reported = this.unsent.length
    const { id } = this.sender
    this.lab.journal.emit({ type: 'traffic.changed', client: id, running, unsent: this.reported })
  }
}

/** Allows for rounding in sums of fractions, so that the last message of a period is still in it. */
const TOLERANCE_MS = 1e-3

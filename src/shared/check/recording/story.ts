// Tells what a check has seen in the events of a recording.
//
// On loopback a message takes some tens of microseconds, which nobody can follow. So each message is shown for FLIGHT_MS on
// its link, and what the check has seen after it comes that much later; all other times are the real ones. The order is
// the one in which the check has seen everything. The recording's real times are those of the check, unchanged.
import type { EventBody, LabEvent } from '../../events'
import type { NodeId, ProtocolId, SimMs } from '../../ids'
import { happeningWords } from '../report/lines'
import type { WireEvent } from '../wire-event'
import { type Cast, castOf, type RecordedRequirement } from './cast'
import { keptBytes } from './kept-bytes'
import { type Crossed, MessageStream } from './message-stream'
import { ADDRESS, openingEvents } from './opening'
import { type Question, Questions, type WireLine } from './questions'
import { type Numbered, Script } from './script'
import { Turns } from './turns'

/** How long each message is shown on its way. */
export const FLIGHT_MS = 400

type OnConnection = Extract<WireEvent, { connection: number }>

/** The events, and when each really happened, in milliseconds since 1970. `hashes`: SHA-1 of payloads. */
export function exchangeEvents(
  requirement: RecordedRequirement,
  hashes: ReadonlyMap<string, string>,
): { events: LabEvent[]; realTimes: number[] } {
  const { evidence } = requirement
  const story = new Story(requirement, hashes)
  story.begin()
  for (const event of evidence.exchange) story.tell(event)
  story.end()
  const { events, realMs } = story.script.play()
  return { events, realTimes: realMs.map((ms) => evidence.startedAt + ms) }
}

class Story {
  readonly script = new Script()
  private readonly cast: Cast
  private readonly lines = new Map<number, WireLine>()
  private readonly questions: Questions
  private readonly turns = new Turns()
  /** The moment in the recording, and the real one, in milliseconds since the program was started. */
  private now: SimMs = 0
  private realMs = 0
  /** When all messages have arrived that the check has received, and those that it has sent. */
  private heardAt: SimMs = 0
  private toldAt: SimMs = 0

  constructor(
    private readonly requirement: RecordedRequirement,
    hashes: ReadonlyMap<string, string>,
  ) {
    this.cast = castOf(requirement)
    this.questions = new Questions(requirement.subject, this.cast, hashes)
  }

  begin(): void {
    for (const body of openingEvents(this.requirement, FLIGHT_MS, this.cast)) this.add(0, body)
  }

  tell(event: WireEvent): void {
    this.now += Math.max(0, event.atMs - this.realMs)
    this.realMs = Math.max(this.realMs, event.atMs)
    switch (event.type) {
      case 'listens':
      case 'stops listening':
        this.log(this.cast.nodeOf(event.peer), 'info', happeningWords(event))
        return
      case 'opened':
      case 'accepted':
        this.opened(event)
        return
      case 'refused':
        this.afterHeard()
        this.log(this.cast.nodeOf(event.peer), 'error', 'The connection was refused.')
        return
      case 'sent':
      case 'received':
        this.crossed(event)
        return
      case 'ended':
      case 'closed':
      case 'reset':
        this.ended(event)
        return
      case 'line':
        this.programLine(event.stream === 'stderr' ? 'warning' : 'info', event.text)
        return
      case 'exited':
        this.programLine('error', `The program ended: ${event.how}`)
        return
    }
  }

  /** The moment at which the requirement failed, and why. */
  end(): void {
    const { expected, came, tookMs } = this.requirement.evidence
    for (const line of this.lines.values()) {
      for (const crossed of line.received.end()) this.receive(line, crossed)
    }
    this.now = Math.max(this.now + tookMs - this.realMs, this.heardAt, this.toldAt)
    this.realMs = tookMs
    this.log(this.cast.program, 'error', `The check expected ${expected}`)
    this.log(this.cast.program, 'error', `But ${came}`)
  }

  private opened(event: Extract<OnConnection, { type: 'opened' | 'accepted' }>): void {
    const { connection, fromPort, toPort } = event
    const isOurs = event.type === 'opened'
    if (isOurs) this.afterHeard()
    const end = this.cast.nodeOf(event.peer)
    const openedAt = isOurs ? this.now : Math.max(this.now, this.toldAt)
    const [from, to] = isOurs ? [end, this.cast.program] : [this.cast.program, end]
    this.add(openedAt, {
      type: 'connection.opened',
      connection,
      from,
      to,
      fromPort,
      toPort,
      fromAddress: ADDRESS,
      toAddress: ADDRESS,
    })
    this.lines.set(connection, {
      number: connection,
      end,
      openedAt,
      sent: new MessageStream(),
      received: new MessageStream(),
      asked: [],
      lastArrivesAt: openedAt,
      isClosed: false,
    })
  }

  private crossed(event: Extract<OnConnection, { type: 'sent' | 'received' }>): void {
    const line = this.lines.get(event.connection)
    if (line === undefined) return
    const bytes = keptBytes(event)
    if (event.type === 'sent') {
      this.now = Math.max(this.now, this.sendingTime(line))
      for (const crossed of line.sent.add(bytes, event.length, this.now)) this.send(line, crossed)
    } else {
      this.now = Math.max(this.now, line.openedAt)
      for (const crossed of line.received.add(bytes, event.length, this.now)) {
        this.receive(line, crossed)
      }
    }
  }

  /** A server answers what has reached it; whatever else the check does follows from all that it has heard. */
  private sendingTime({ end, asked: [first] }: WireLine): SimMs {
    const isServer = this.requirement.subject === 'proxy' && end.startsWith('server:')
    return isServer && first ? first.arrivesAt : this.heardAt
  }

  private send(line: WireLine, crossed: Crossed): void {
    const { kind, message } = crossed
    const packet: Numbered = { number: 0 }
    const arrivesAt = this.now + FLIGHT_MS
    line.lastArrivesAt = arrivesAt
    this.toldAt = Math.max(this.toldAt, arrivesAt)
    if (message?.type === 0) {
      const question = this.questions.begin(line, message, packet, arrivesAt)
      this.fly(packet, question, crossed, line, line.end, this.cast.program)
      line.asked.push({ question, arrivesAt })
      return
    }
    const question = line.asked.shift()?.question
    this.fly(packet, question, crossed, line, line.end, this.cast.program)
    if (message?.type === 1) this.register(message, line.end, arrivesAt)
    if (question === undefined) return
    if (question.line !== line) question.answeredAt = arrivesAt
    else this.addEach(arrivesAt, this.questions.finish(question, kind, message, packet))
  }

  private receive(line: WireLine, crossed: Crossed): void {
    const { kind, message } = crossed
    const packet: Numbered = { number: 0 }
    const { program } = this.cast
    if (message?.type === 0) {
      const forwarded = this.questions.forwarded(line, message)
      this.now = Math.max(this.now, forwarded?.arrivesAt ?? line.lastArrivesAt)
      const arrivesAt = this.now + FLIGHT_MS
      const question = forwarded ?? this.questions.begin(line, message, packet, arrivesAt)
      this.fly(packet, question, crossed, line, program, line.end)
      if (forwarded) this.choose(forwarded)
      line.asked.push({ question, arrivesAt })
      this.heardAt = Math.max(this.heardAt, arrivesAt)
      return
    }
    const asked = line.asked.shift()
    const question = asked?.question
    this.now = Math.max(this.now, question?.answeredAt ?? asked?.arrivesAt ?? line.lastArrivesAt)
    const arrivesAt = this.now + FLIGHT_MS
    this.heardAt = Math.max(this.heardAt, arrivesAt)
    this.fly(packet, question, crossed, line, program, line.end)
    if (message?.type === 1) this.register(message, program, arrivesAt)
    if (question) this.addEach(arrivesAt, this.questions.finish(question, kind, message, packet))
  }

  private choose(question: Question): void {
    const { packet, policy, server, attempts: attempt } = question
    if (server === undefined) return
    const turn = this.turns.taken(policy, server, this.questions.isAlone(question))
    const expected = attempt === 1 ? turn : null
    const choice = { type: 'choice.seen', attempt, policy, server, expected } as const
    // The packet gets its number when the script is played.
    this.script.add(this.now, this.realMs, () => ({ ...choice, exchange: packet.number }))
  }

  private fly(
    packet: Numbered,
    question: Question | undefined,
    { bytes, kind, pieces }: Crossed,
    line: WireLine,
    from: NodeId,
    to: NodeId,
  ): void {
    const at = this.now
    this.script.addSent(at, this.realMs, packet, (number) => ({
      type: 'packet.sent',
      packet: number,
      exchange: question?.packet.number ?? 0,
      kind,
      from,
      to,
      connection: line.number,
      dueAt: at + FLIGHT_MS,
      bytes,
      copyOf: null,
    }))
    const told = <T extends string>(type: T) => ({ type, packet: packet.number })
    if (pieces) this.script.add(at, this.realMs, () => ({ ...told('packet.read'), pieces }))
    this.script.add(at + FLIGHT_MS, this.realMs, () => told('packet.delivered'))
  }

  private ended(event: Extract<OnConnection, { type: 'ended' | 'closed' | 'reset' }>): void {
    const line = this.lines.get(event.connection)
    if (line === undefined || line.isClosed) return
    const { by } = event
    if (by === 'check') this.afterHeard()
    else {
      for (const crossed of line.received.end()) this.receive(line, crossed)
      this.now = Math.max(this.now, line.lastArrivesAt)
    }
    if (by === 'check') for (const crossed of line.sent.end()) this.send(line, crossed)
    const node = by === 'check' ? line.end : this.cast.program
    const hasWaiting = line.asked.length > 0
    this.log(node, by === 'program' && hasWaiting ? 'warning' : 'info', happeningWords(event))
    // A client that has ended its side still waits for its answer.
    if (event.type === 'ended' && by === 'check') return
    if (event.type !== 'ended') {
      line.isClosed = true
      this.add(this.now, { type: 'connection.closed', connection: line.number, node })
    }
    for (const { question } of line.asked) {
      if (question?.line === line) this.addEach(this.now, this.questions.lose(question, by))
    }
  }

  private register(
    { server, policy, listenPort }: { server: ProtocolId; policy: ProtocolId; listenPort: number },
    node: NodeId,
    at: SimMs,
  ): void {
    this.turns.registered(server, policy)
    this.add(at, {
      type: 'row.set',
      row: { server, policy, listenPort, address: ADDRESS, node, health: 'up' },
    })
  }

  /** The check acts when it has what was sent to it. */
  private afterHeard(): void {
    this.now = Math.max(this.now, this.heardAt)
  }

  /** Printed after what reached the program before. */
  private programLine(level: 'info' | 'warning' | 'error', text: string): void {
    const at = Math.max(this.now, this.toldAt)
    this.add(at, { type: 'log', node: this.cast.program, level, text })
  }

  private log(node: NodeId, level: 'info' | 'warning' | 'error', text: string): void {
    this.add(this.now, { type: 'log', node, level, text })
  }

  private add(at: SimMs, body: EventBody): void {
    this.script.add(at, this.realMs, () => body)
  }

  private addEach(at: SimMs, bodies: readonly (() => EventBody)[]): void {
    for (const body of bodies) this.script.add(at, this.realMs, body)
  }
}

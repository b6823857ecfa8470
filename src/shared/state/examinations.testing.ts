// A lab with two outside programs, told event by event, and what the socket doctor finds then.
import { expect } from 'vitest'
import { findingsOf } from '../diagnosis/doctor/findings'
import type { EventBody, LabEvent } from '../events'
import { PROXY } from '../ids'
import { composeAnswer, composeClientMessage, composeRegistration } from '../protocol/compose'
import { INITIAL_STATE, reduce } from './reduce'
import type { State } from './state'

export const SERVER = 'outside:server:7'
export const CLIENT = 'outside:client:50'

/** What happens in a lab with server 7 and client 50 outside, from its beginning. */
export class Story {
  readonly bodies: EventBody[] = []
  private packets = 0
  private connections = 0

  constructor() {
    const row = { policy: '1', listenPort: 5_007, address: '127.0.0.1', health: 'up' } as const
    this.bodies.push(
      {
        type: 'node.added',
        node: { id: SERVER, role: 'server', origin: 'outside', protocolId: '7', port: 5_007 },
      },
      {
        type: 'node.added',
        node: { id: CLIENT, role: 'client', origin: 'outside', protocolId: '50' },
      },
    )
    this.registers()
    this.bodies.push({ type: 'row.set', row: { server: '7', node: SERVER, ...row } })
  }

  opens(from: string, to: string, fromPort = 40_000 + this.connections): number {
    const connection = ++this.connections
    this.bodies.push({
      type: 'connection.opened',
      connection,
      from,
      to,
      fromPort,
      toPort: 2_100,
      fromAddress: '127.0.0.1',
      toAddress: '127.0.0.1',
    })
    return connection
  }

  sends(
    from: string,
    to: string,
    kind: 0 | 1 | 2,
    exchange: number,
    bytes: Uint8Array,
    connection: number,
  ): number {
    const packet = ++this.packets
    const sent = {
      packet,
      exchange: exchange === -1 ? packet : exchange,
      kind,
      from,
      to,
      connection,
      bytes,
    }
    this.bodies.push(
      { type: 'packet.sent', ...sent, dueAt: 0, copyOf: null },
      { type: 'packet.delivered', packet },
    )
    return packet
  }

  registers(): this {
    const connection = this.opens(SERVER, PROXY)
    this.sends(SERVER, PROXY, 1, 0, composeRegistration('7', '1', 5_007), connection)
    this.bodies.push({ type: 'connection.closed', connection, node: SERVER })
    return this
  }

  /** The client asks, and the server gets its message. Returns the exchange. */
  asks(payload: string): number {
    const question = composeClientMessage('50', '1', payload)
    const exchange = this.sends(CLIENT, PROXY, 0, -1, question, this.opens(CLIENT, PROXY))
    this.bodies.push({
      type: 'decision.made',
      exchange,
      attempt: 1,
      policy: '1',
      algorithm: 'round-robin',
      server: '7',
      candidates: ['7'],
      passedOver: [],
      reason: { by: 'round-robin', turn: '7' },
      next: '7',
    })
    this.sends(PROXY, SERVER, 0, exchange, question, this.opens(PROXY, SERVER))
    return exchange
  }

  answers(exchange: number, hash: string): this {
    const answer = composeAnswer('7', '50', hash)
    this.sends(SERVER, PROXY, 2, exchange, answer, this.connections)
    const packet = this.sends(PROXY, CLIENT, 2, exchange, answer, this.connections - 1)
    const { bodies } = this
    bodies.push({ type: 'answer.verified', exchange, packet, node: CLIENT, verdict: 'wrong' })
    return this
  }

  fails(exchange: number): this {
    this.bodies.push({
      type: 'upstream.failed',
      exchange,
      server: '7',
      reason: 'SERVER_TIMEOUT',
      detail: '',
    })
    return this
  }

  happens(...bodies: EventBody[]): this {
    this.bodies.push(...bodies)
    return this
  }

  get events(): LabEvent[] {
    return this.bodies.map((body, index) => ({ seq: index + 1, at: index, ...body }))
  }

  /** After all of it, as one batch. */
  get state(): State {
    return reduce(INITIAL_STATE, this.events)
  }

  get found(): Record<string, string[]> {
    const whole = this.state
    const oneByOne = this.events.reduce((state, event) => reduce(state, [event]), INITIAL_STATE)
    expect(oneByOne.examinations).toEqual(whole.examinations)
    const found = [...whole.examinations].map(([node, examination]) => [
      node,
      findingsOf(examination).map(({ diagnosis }) => diagnosis.id),
    ])
    return Object.fromEntries(found.filter(([, ids]) => (ids?.length ?? 0) > 0))
  }
}

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { findingsOf } from '../diagnosis/doctor/findings'
import type { EventBody } from '../events'
import { PROXY } from '../ids'
import { composeAnswer, composeClientMessage, composeRegistration } from '../protocol/compose'
import { settled } from '../settings/derive'
import { FAULT_SETTINGS } from '../settings/fault'
import { INITIAL_STATE, reduce } from './reduce'

const SERVER = 'outside:server:7'
const CLIENT = 'outside:client:50'
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

/** What happens in a lab with server 7 and client 50 outside, from its beginning. */
class Story {
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

  get found(): Record<string, string[]> {
    const events = this.bodies.map((body, index) => ({ seq: index + 1, at: index, ...body }))
    const whole = reduce(INITIAL_STATE, events)
    const oneByOne = events.reduce((state, event) => reduce(state, [event]), INITIAL_STATE)
    expect(oneByOne.charts).toEqual(whole.charts)
    const found = [...whole.charts].map(([node, chart]) => [
      node,
      findingsOf(chart).map(({ diagnosis }) => diagnosis.id),
    ])
    return Object.fromEntries(found.filter(([, ids]) => (ids?.length ?? 0) > 0))
  }
}

describe('a wrong hash', () => {
  it('is that of all payloads so far, if one hash object serves them all', () => {
    const story = new Story()
    story.answers(story.asks('ab'), sha1('ab'))
    expect(story.found).toEqual({})
    story.answers(story.asks('cd'), sha1('abcd'))
    expect(story.found).toEqual({ [SERVER]: ['one-hash-object'] })
  })

  it('is any other one', () => {
    const story = new Story()
    story.answers(story.asks('ab'), sha1('x'))
    expect(story.found).toEqual({ [SERVER]: ['wrong-hash'] })
  })

  it('is not the server’s fault, if somebody changed the message on its way', () => {
    const story = new Story()
    const exchange = story.asks('ab')
    const bytes = composeClientMessage('50', '1', 'xy')
    story.happens({ type: 'packet.edited', packet: exchange + 1, kind: 0, bytes })
    story.answers(exchange, sha1('xy'))
    expect(story.found).toEqual({})
  })
})

describe('a server that does not answer', () => {
  it('is found', () => {
    const story = new Story()
    expect(story.fails(story.asks('ab')).found).toEqual({ [SERVER]: ['never-answers'] })
  })

  it('is found after a long message, too', () => {
    const story = new Story()
    expect(story.fails(story.asks('x'.repeat(200_000))).found).toEqual({
      [SERVER]: ['never-answers'],
    })
  })

  it('is not ill while it is busy with other messages', () => {
    const story = new Story()
    const first = story.asks('ab')
    story.asks('cd')
    expect(story.fails(first).found).toEqual({})
  })

  it('is not ill if its link has a fault', () => {
    const fault = { id: 1, link: 'server:7', ...settled(FAULT_SETTINGS, {}) }
    const story = new Story().happens({ type: 'fault.set', fault })
    expect(story.fails(story.asks('ab')).found).toEqual({})
  })

  it('begins anew when it registers again', () => {
    const story = new Story()
    story.fails(story.asks('ab'))
    expect(story.registers().found).toEqual({})
  })

  it('is not ill while the lab runs faster than it can', () => {
    const story = new Story().happens({ type: 'clock.changed', paused: false, speed: 10 })
    expect(story.fails(story.asks('ab')).found).toEqual({})
  })
})

describe('the messages of a program', () => {
  const asText = new TextEncoder().encode(
    `{"type":"2","srcid":7,"destid":50,"payloadsize":40,"payload":"${sha1('ab')}"}`,
  )

  it('are looked at again from the first on, after it was started again', () => {
    const story = new Story()
    for (let message = 0; message < 40; message++) story.answers(story.asks('ab'), sha1('ab'))
    story.registers()
    const exchange = story.asks('ab')
    story.sends(SERVER, PROXY, 2, exchange, asText, 1)
    expect(story.found).toEqual({ [SERVER]: ['numbers-as-texts'] })
  })
})

describe('a client that closes before its answer', () => {
  const leaves = (story: Story, connection: number) =>
    story.happens({
      type: 'socket.noted',
      node: CLIENT,
      what: 'reset',
      connection,
      written: 80,
      read: 70,
      ended: true,
    })

  it('is found', () => {
    const story = new Story()
    story.asks('ab')
    expect(leaves(story, 2).found).toEqual({ [CLIENT]: ['leaves-before-answer'] })
  })

  it('is not ill if the lab was paused meanwhile', () => {
    const story = new Story()
    story.asks('ab')
    story.happens(
      { type: 'clock.changed', paused: true, speed: 1 },
      { type: 'clock.changed', paused: false, speed: 1 },
    )
    expect(leaves(story, 2).found).toEqual({})
    story.asks('cd')
    expect(leaves(story, 4).found).toEqual({ [CLIENT]: ['leaves-before-answer'] })
  })

  it('is not ill if its message or its answer was held', () => {
    const story = new Story()
    const exchange = story.asks('ab')
    story.bodies.pop()
    story.happens({
      type: 'packet.held',
      packet: exchange + 1,
      breakpoint: 1,
      behind: null,
      progress: 0.5,
    })
    expect(leaves(story, 2).found).toEqual({})
  })
})

describe('a port that a program dials from', () => {
  it('is its own, if it is the same three times in a row', () => {
    const story = new Story()
    for (const port of [40_100, 40_100, 40_200, 40_200]) story.opens(CLIENT, PROXY, port)
    expect(story.found).toEqual({})
    story.opens(CLIENT, PROXY, 40_200)
    expect(story.found).toEqual({ [CLIENT]: ['own-source-port'] })
  })

  it('is its own, if it is its id', () => {
    const story = new Story()
    story.opens(CLIENT, PROXY, 50)
    expect(story.found).toEqual({ [CLIENT]: ['own-source-port'] })
  })
})

it('programs of the lab are not looked at, whatever they do', () => {
  const bytes = new TextEncoder().encode('nonsense')
  const events = [
    { type: 'node.added', node: { id: 'client:1', role: 'client', origin: 'inside' } },
    {
      type: 'packet.sent',
      packet: 1,
      exchange: 1,
      kind: 'error',
      from: 'client:1',
      to: PROXY,
      connection: 1,
      dueAt: 0,
      bytes,
      copyOf: null,
    },
  ] as const
  const state = reduce(
    INITIAL_STATE,
    events.map((body, index) => ({ seq: index + 1, at: 0, ...body })),
  )
  expect(state.charts).toBe(INITIAL_STATE.charts)
})

it('a reset of the lab ends all findings, and taking a program off ends its own', () => {
  const story = new Story()
  story.fails(story.asks('ab'))
  story.happens({ type: 'node.removed', id: SERVER })
  expect(story.found).toEqual({})
  const other = new Story()
  other.fails(other.asks('ab'))
  expect(other.happens({ type: 'scenario.reset' }).found).toEqual({})
})

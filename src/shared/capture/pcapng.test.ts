import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tellRealStory } from '../../../tests/support/stories'
import type { EventBody, LabEvent, Piece } from '../events'
import { INITIAL_STATE, reduce } from '../state/reduce'
import type { State } from '../state/state'
import { PcapngWriter } from './pcapng'
import { readCapture, reassemble } from './testing'

const EPOCH = 1_795_500_000_000
const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes)

/** Events 100 ms apart, from this number on, in simulated and in real time. */
function story(bodies: readonly EventBody[], firstSeq = 1): LabEvent[] {
  return bodies.map((body, index) => ({ seq: firstSeq + index, at: index * 100, ...body }))
}

function capture(events: readonly LabEvent[], start?: State) {
  const writer = new PcapngWriter({ app: 'Roundabout 1.2.3' }, start)
  for (const event of events) writer.add(event, EPOCH + event.at)
  writer.finish()
  return readCapture(writer.take())
}

function opened(connection: number, from: string, to = 'proxy', host = '127.0.0.1'): EventBody {
  return {
    type: 'connection.opened',
    connection,
    from,
    to,
    fromPort: 40_000 + connection,
    toPort: 2100,
    fromAddress: host,
    toAddress: host,
  }
}

function sent(packet: number, from: string, connection: number, text: string, to = 'proxy') {
  const bytes = bytesOf(text)
  return {
    type: 'packet.sent',
    packet,
    exchange: packet,
    kind: 0,
    from,
    to,
    connection,
    dueAt: 0,
    bytes,
    copyOf: null,
  } as const satisfies EventBody
}

const delivered = (packet: number): EventBody => ({ type: 'packet.delivered', packet })
const closed = (connection: number, node: string): EventBody => ({
  type: 'connection.closed',
  connection,
  node,
})
const read = (packet: number, pieces: Piece[]): EventBody => ({
  type: 'packet.read',
  packet,
  pieces,
})

const comments = (events: readonly LabEvent[]) =>
  capture(events).frames.map(({ comment }) => comment)
const messages = (events: readonly LabEvent[]) =>
  capture(events)
    .frames.filter(({ payload }) => payload.length > 0)
    .map(({ at, comment, payload }) => `${at / 1000 - EPOCH} ${textOf(payload)} (${comment})`)

describe('a capture', () => {
  it('says what made it, and what in it is real', () => {
    const { app, comment, linkType, frames } = capture([])
    expect(app).toBe('Roundabout 1.2.3')
    expect(comment).toMatch(/^Real: .*\nMade up: /m)
    expect(linkType).toBe(101)
    expect(frames).toEqual([])
  })

  it('opens and closes a connection by segments that are marked as made up', () => {
    const { frames } = capture(
      story([
        opened(1, 'client:1'),
        sent(1, 'client:1', 1, 'hello'),
        delivered(1),
        closed(1, 'client:1'),
      ]),
    )
    expect(frames.map(({ fromPort, syn, fin }) => [fromPort, syn, fin])).toEqual([
      [40_001, true, false],
      [2100, true, false],
      [40_001, false, false],
      [40_001, false, false],
      [40_001, false, true],
      [2100, false, true],
      [40_001, false, false],
    ])
    const [first = 0, , , data] = frames.map(({ sequence }) => sequence)
    expect(data).toBe((first + 1) >>> 0)
    expect(frames.filter(({ comment }) => comment.startsWith('Made up: '))).toHaveLength(6)
    expect(frames[3]?.comment).toBe('packet 1: message of client 1 to the proxy')
  })

  it('has a message at the time of its delivery, with the bytes as edited', () => {
    const events = story([
      opened(1, 'client:1'),
      sent(1, 'client:1', 1, 'before'),
      { type: 'packet.held', packet: 1, breakpoint: 1, behind: null, progress: 0.5 },
      { type: 'packet.edited', packet: 1, kind: 'error', bytes: bytesOf('after') },
      { type: 'packet.released', packet: 1, dueAt: 500 },
      delivered(1),
    ])
    expect(messages(events)).toEqual([
      '500 after (packet 1: error of client 1 to the proxy, as edited on its way)',
    ])
  })

  it('has what an outside program sent as it was sent, even where it was edited or dropped after that', () => {
    const events = story([
      opened(1, 'outside:client:7'),
      sent(1, 'outside:client:7', 1, 'one'),
      sent(2, 'outside:client:7', 1, 'two'),
      { type: 'packet.edited', packet: 1, kind: 0, bytes: bytesOf('other') },
      delivered(1),
      { type: 'packet.dropped', packet: 2, reason: 'DROPPED_BY_HAND' },
    ])
    expect(messages(events)).toEqual([
      '100 one (packet 1: message of outside client 7 to the proxy)',
      '200 two (packet 2: message of outside client 7 to the proxy)',
    ])
  })

  it('leaves out what was dropped before it crossed, and has twice what was sent twice', () => {
    const events = story([
      opened(1, 'client:1'),
      sent(1, 'client:1', 1, 'lost'),
      sent(2, 'client:1', 1, 'again'),
      { ...sent(3, 'client:1', 1, 'again'), copyOf: 2 },
      { type: 'packet.dropped', packet: 1, reason: 'DROPPED_BY_HAND' },
      delivered(2),
      delivered(3),
    ])
    expect(messages(events)).toEqual([
      '500 again (packet 2: message of client 1 to the proxy)',
      '600 again (packet 3: message of client 1 to the proxy, a copy of packet 2 made by hand)',
    ])
  })

  it('has the pieces in which a program was read, at their times, the first ones before it was known', () => {
    const pieces = [
      { bytes: 2, of: 2, at: 20 },
      { bytes: 3, of: 10, at: 150 },
    ]
    const events = story([
      { type: 'clock.changed', paused: false, speed: 1 },
      opened(1, 'outside:client:7'),
      sent(1, 'outside:client:7', 1, 'hello'),
      read(1, pieces),
    ])
    expect(messages(events)).toEqual([
      '20 he (packet 1: message of outside client 7 to the proxy, piece 1 of 2)',
      '150 llo (packet 1: message of outside client 7 to the proxy, piece 2 of 2, read together with 7 bytes of others)',
    ])
    expect(capture(events).frames[0]?.at).toBe((EPOCH + 20) * 1000)
  })

  it('reckons the times of pieces by the speed, and not back beyond a pause', () => {
    const pieces = [
      { bytes: 2, of: 2, at: 500 },
      { bytes: 3, of: 3, at: 900 },
    ]
    const writer = new PcapngWriter({ app: '' })
    const bodies: [wall: number, at: number, body: EventBody][] = [
      [0, 0, opened(1, 'client:1')],
      [100, 800, { type: 'clock.changed', paused: false, speed: 10 }],
      [120, 1000, sent(1, 'client:1', 1, 'hello')],
      [120, 1000, delivered(1)],
      [120, 1000, read(1, pieces)],
    ]
    for (const [index, [wall, at, body]] of bodies.entries()) {
      writer.add({ seq: index + 1, at, ...body }, EPOCH + wall)
    }
    writer.finish()
    const data = readCapture(writer.take()).frames.filter(({ payload }) => payload.length > 0)
    expect(data.map(({ at }) => at / 1000 - EPOCH)).toEqual([100, 110])
  })

  it('cuts a message that is longer than a segment can be', () => {
    const text = 'x'.repeat(150_000)
    const events = story([opened(1, 'client:1'), sent(1, 'client:1', 1, text), delivered(1)])
    const { frames } = capture(events)
    expect(frames.slice(3).map(({ payload }) => payload.length)).toEqual([65_495, 65_495, 19_010])
    expect(frames.at(-1)?.comment).toMatch(/, segment 3 of 3$/)
    expect(textOf([...reassemble(frames).values()][0])).toBe(text)
  })

  it('keeps IPv6 addresses', () => {
    const events = story([
      opened(1, 'client:1', 'proxy', '::1'),
      sent(1, 'client:1', 1, 'x'.repeat(70_000)),
      delivered(1),
    ])
    const { frames } = capture(events)
    expect(frames.map(({ from }) => from)).toEqual(
      Array.from({ length: 5 }, () => '0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1'),
    )
  })

  it('waits with what crossed before the connection is told to be open', () => {
    const events = story([
      sent(1, 'proxy', 1, 'early', 'outside:server:7'),
      delivered(1),
      opened(1, 'proxy', 'outside:server:7'),
      sent(2, 'outside:server:7', 1, 'answer'),
    ])
    expect(messages(events)).toEqual([
      '200 early (packet 1: message of the proxy to outside server 7)',
      '300 answer (packet 2: message of outside server 7 to the proxy)',
    ])
  })

  it('goes on with the connection of a program that has only now said who it is', () => {
    const events = story([
      opened(1, 'outside:unknown'),
      sent(1, 'outside:unknown', 1, '?'),
      closed(1, 'outside:unknown'),
      opened(1, 'outside:client:7'),
      sent(2, 'outside:client:7', 1, 'message'),
      closed(1, 'outside:client:7'),
    ])
    const { frames } = capture(events)
    expect(frames.filter(({ syn }) => syn)).toHaveLength(2)
    expect(frames.filter(({ fin }) => fin)).toHaveLength(2)
    expect(messages(events).at(-1)).toContain('outside client 7')
  })

  it('closes a connection only when all that still crosses it has crossed', () => {
    const events = story([
      opened(1, 'client:1'),
      sent(1, 'client:1', 1, 'late'),
      closed(1, 'client:1'),
      { type: 'links.changed', latencyMs: 5 },
      delivered(1),
    ])
    expect(comments(events)[3]).toMatch(/^packet 1/)
    expect(capture(events).frames.filter(({ fin }) => fin)).toHaveLength(2)
  })

  it('begins in the middle of a session with the connections and packets that there were', () => {
    const before = story([
      opened(1, 'client:1'),
      opened(2, 'outside:client:7'),
      sent(1, 'client:1', 1, 'mine'),
      sent(2, 'outside:client:7', 2, 'yours'),
    ])
    const start = reduce(INITIAL_STATE, before)
    const { frames } = capture(story([delivered(1), delivered(2)], 5), start)
    expect(frames[0]?.comment).toBe('Made up: the connection was open before the recording begins.')
    expect(frames.map(({ fromPort }) => fromPort)).toEqual([40_001, 2100, 40_001, 40_001])
    expect(textOf(frames[3]?.payload)).toBe('mine')
  })

  it('makes up the ends of a connection that it knows nothing of, and says so', () => {
    const events = story([sent(9, 'client:1', 4, 'hello'), delivered(9)], 70)
    const { frames } = capture(events)
    expect(frames[0]?.comment).toMatch(/Its addresses and ports are not known, and made up, too\.$/)
    expect(textOf(frames[3]?.payload)).toBe('hello')
  })

  it('calls a renamed node by its name', () => {
    const node = { id: 'client:1', role: 'client', origin: 'inside', protocolId: 'PP_1' } as const
    const events = story([
      { type: 'node.added', node },
      opened(1, 'client:1'),
      sent(1, 'client:1', 1, 'x'),
      delivered(1),
    ])
    expect(comments(events).at(-1)).toBe('packet 1: message of client PP_1 to the proxy')
  })

  it('can be taken part by part', () => {
    const events = story([opened(1, 'client:1'), sent(1, 'client:1', 1, 'x'), delivered(1)])
    const writer = new PcapngWriter({ app: '' })
    const parts: Uint8Array[] = []
    for (const event of events) {
      writer.add(event, EPOCH + event.at)
      parts.push(...writer.take())
    }
    writer.finish()
    parts.push(...writer.take())
    expect(writer.take()).toEqual([])
    expect(readCapture(parts).frames).toHaveLength(4)
  })
})

describe('put together again, each direction of each connection', () => {
  it('is the bytes of its delivered packets in order, in a made-up story', () => {
    fc.assert(
      fc.property(stories, (events) => {
        const { frames } = capture(events)
        expect(textByDirection(reassemble(frames))).toEqual(crossedByDirection(events))
        expect(frames.every(({ at }) => at <= (EPOCH + events.length * 100) * 1000)).toBe(true)
      }),
    )
  })

  it.each([1, 2, 3])(
    'is the bytes of its delivered packets in order, in a lesson (seed %d)',
    async (seed) => {
      const { start, events } = await tellRealStory(seed)
      const { frames } = capture(events, start)
      const crossed = crossedByDirection(events, start)
      expect(textByDirection(reassemble(frames))).toEqual(crossed)
      expect(crossed.size).toBeGreaterThan(20)
    },
  )
})

/** Events of one message in a generated session. */
type Fate = 'delivered' | 'dropped' | 'edited'

interface Plan {
  dialler: 'client:1' | 'outside:client:1' | 'proxy'
  /** Indices among the connection's events; it is opened before anything is delivered. */
  openedAfter: number
  messages: { towardsProxy: boolean; text: string; fate: Fate; cut: number }[]
  closes: boolean
}

const plans: fc.Arbitrary<Plan> = fc.record({
  dialler: fc.constantFrom('client:1', 'outside:client:1', 'proxy'),
  openedAfter: fc.nat(2),
  messages: fc.array(
    fc.record({
      towardsProxy: fc.boolean(),
      text: fc.string({ minLength: 1, maxLength: 12 }),
      fate: fc.constantFrom<Fate>('delivered', 'dropped', 'edited'),
      cut: fc.nat(4),
    }),
    { maxLength: 6 },
  ),
  closes: fc.boolean(),
})

/** Several connections at once, their events interleaved at random. */
const stories: fc.Arbitrary<LabEvent[]> = fc
  .tuple(fc.array(plans, { maxLength: 4 }), fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }))
  .map(([made, turns]) => {
    let packets = 0
    const queues = made.map((plan, index) => {
      const connection = index + 1
      const { dialler } = plan
      const other = dialler === 'proxy' ? 'server:1' : dialler
      const sends: EventBody[] = []
      const ends: EventBody[] = []
      for (const { towardsProxy, text, fate, cut } of plan.messages) {
        const id = ++packets
        const [from, to] = towardsProxy ? [other, 'proxy'] : ['proxy', other]
        sends.push(sent(id, from, connection, text, to))
        const size = bytesOf(text).length
        if (cut > 0 && cut < size) {
          const parts = [cut, size - cut].map((bytes) => ({ bytes, of: bytes, at: 0 }))
          sends.push(read(id, parts))
        }
        if (fate === 'edited') {
          ends.push({ type: 'packet.edited', packet: id, kind: 0, bytes: bytesOf(`*${text}`) })
        }
        if (fate === 'dropped') {
          ends.push({ type: 'packet.dropped', packet: id, reason: 'DROPPED_BY_HAND' })
        } else ends.push(delivered(id))
      }
      const place = dialler.startsWith('outside:') ? 0 : plan.openedAfter
      sends.splice(place, 0, opened(connection, dialler, dialler === 'proxy' ? other : 'proxy'))
      const closing = plan.closes ? [closed(connection, dialler)] : []
      return [...sends, ...ends, ...closing]
    })
    const bodies: EventBody[] = []
    for (let turn = 0; queues.some((queue) => queue.length > 0); turn++) {
      const queue = queues[(turns[turn % turns.length] ?? 0) % queues.length]
      const next = (queue?.length ? queue : queues.find(({ length }) => length > 0))?.shift()
      // The reads are reported with their packet's event.
      if (next) bodies.push(next)
    }
    return story(bodies)
  })

/**
 * The bytes that should have crossed, by connection and direction: an independent evaluation of the
 * events.
 */
function crossedByDirection(events: readonly LabEvent[], start?: State): Map<string, string> {
  const ends = new Map<number, string>()
  const proxyDialled = new Set<number>()
  const texts = new Map<string, string>()
  const packets = new Map<number, { from: string; connection: number; bytes: Uint8Array }>()
  const meet = (connection: Extract<LabEvent, { type: 'connection.opened' }> | undefined) => {
    if (connection) ends.set(connection.connection, `${connection.fromPort}>${connection.toPort}`)
    if (connection?.from === 'proxy') proxyDialled.add(connection.connection)
  }
  const cross = (id: number) => {
    const packet = packets.get(id)
    if (packet === undefined) return
    const [dialler = '', acceptor = ''] = (ends.get(packet.connection) ?? '').split('>')
    const isDiallers = (packet.from === 'proxy') === proxyDialled.has(packet.connection)
    const key = isDiallers ? `${dialler}>${acceptor}` : `${acceptor}>${dialler}`
    texts.set(key, (texts.get(key) ?? '') + textOf(packet.bytes))
  }
  for (const { id, ...rest } of start?.connections.values() ?? []) {
    meet({ seq: 0, at: 0, type: 'connection.opened', connection: id, ...rest })
  }
  for (const packet of start?.inFlight.values() ?? []) packets.set(packet.id, packet)
  // The connection's ends may be known only after its packets.
  for (const event of events) if (event.type === 'connection.opened') meet(event)
  for (const event of events) {
    if (event.type === 'packet.sent') {
      packets.set(event.packet, event)
      if (event.from.startsWith('outside:')) cross(event.packet)
    }
    if (event.type === 'packet.edited') {
      const packet = packets.get(event.packet)
      if (packet) packets.set(event.packet, { ...packet, bytes: event.bytes })
    }
    if (event.type !== 'packet.delivered') continue
    if (!packets.get(event.packet)?.from.startsWith('outside:')) cross(event.packet)
  }
  return texts
}

function textByDirection(streams: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [key, bytes] of streams) {
    const ports = key.replace(/[\d.]+:(\d+)/g, '$1')
    if (bytes.length > 0) texts.set(ports, textOf(bytes))
  }
  return texts
}

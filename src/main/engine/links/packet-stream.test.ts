// What both forms of a packet stream keep to, on real sockets and in memory: the other end is an inside node or an outside
// program, and the user of the stream cannot tell which.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { record, until } from '../../../../tests/support/recorder'
import { type ExchangeId, type PacketId, PROXY } from '../../../shared/ids'
import { composeAnswer, composeClientMessage } from '../../../shared/protocol/compose'
import type { ScanResult } from '../../../shared/protocol/scanner'
import { createRandom } from '../clock/random'
import { createMemoryNetwork } from '../net/memory-network'
import type { ClosableNetwork, Connection } from '../net/network'
import { createNodeNetwork } from '../net/node-network'
import { EdgeStream } from './edge-stream'
import { acceptStream, dialStream, onFirstEvent } from './open-stream'
import type { Arrival, LossReasons, PacketStream, StreamOptions, StreamUser } from './packet-stream'
import type { SocketStream } from './socket-stream'
import { createLinkLab, type LinkLab } from './testing'

const HOST = '127.0.0.1'
const CLIENT = 'client:1'
const PROGRAM = 'outside:client:1'
const HALF_SENT_LIMIT_MS = 10_000

const question = (payload: string) => composeClientMessage('1', '111', payload)
const payloadOf = (item: ScanResult) =>
  item.kind === 'fault' ? item.fault.code : 'payload' in item.message ? item.message.payload : ''

/** The proxy's end: notes what the stream tells it. */
class Notes implements StreamUser {
  readonly arrivals: Arrival[] = []
  readonly writtenPackets: PacketId[] = []
  readonly lostPackets: ExchangeId[] = []
  hasEnded = false
  onArrived: () => void = () => {}

  get payloads(): string[] {
    return this.arrivals.map(({ item }) => payloadOf(item))
  }

  arrived(arrival: Arrival): void {
    expect(this.hasEnded).toBe(false)
    this.arrivals.push(arrival)
    this.onArrived()
  }

  written(packet: PacketId): void {
    this.writtenPackets.push(packet)
  }

  lost(exchange: ExchangeId): void {
    this.lostPackets.push(exchange)
  }

  ended(): void {
    expect(this.hasEnded).toBe(false)
    this.hasEnded = true
  }

  closed(): void {}

  lossReasons(): LossReasons {
    return { sent: 'CLIENT_LEFT', unread: 'PROXY_CLOSED' }
  }
}

/** The client's end. */
interface Peer {
  ask(...payloads: string[]): void
  end(): void
  /** Payloads of the answers that it has got. */
  readonly answers: string[]
}

interface Pair {
  setting: LinkLab
  notes: Notes
  peer: Peer
  /** The proxy's end; there once the first bytes have come. */
  stream(): SocketStream
}

type Form = 'inside' | 'outside'

function insidePeer({ lab }: LinkLab, port: number): Peer {
  const answers: string[] = []
  const stream = dialStream(
    lab,
    CLIENT,
    PROXY,
    { host: HOST, port },
    {
      arrived: ({ item }) => answers.push(payloadOf(item)),
      ended: () => stream.end(),
      closed() {},
      lossReasons: () => ({ sent: 'PROXY_CLOSED', unread: 'CLIENT_LEFT' }),
    },
  )
  return {
    ask: (...payloads) => {
      for (const payload of payloads) {
        stream.send({ kind: 0, exchange: 'new', bytes: question(payload) })
      }
    },
    end: () => stream.end(),
    answers,
  }
}

function outsidePeer({ lab }: LinkLab, port: number): Peer {
  const recorder = record()
  const connection = lab.network.dial({ host: HOST, port, handlers: recorder.handlers })
  return {
    ask: (...payloads) => {
      for (const payload of payloads) connection.write(question(payload))
    },
    end: () => connection.end(),
    get answers() {
      return [...recorder.text().matchAll(/"payload":"([^"]*)"/g)].map(
        ([, payload]) => payload ?? '',
      )
    },
  }
}

async function connect(
  form: Form,
  network: ClosableNetwork,
  options: StreamOptions & { latencyMs?: number } = {},
): Promise<Pair> {
  const { latencyMs = 0, ...streamOptions } = options
  const setting = createLinkLab({ network, latencyMs })
  const { lab } = setting
  const notes = new Notes()
  let stream: SocketStream | undefined
  const outside = {
    nodeOf: () => PROGRAM,
    exchangeOf: (item: ScanResult) =>
      item.kind === 'message' && item.message.type === 0 ? ('new' as const) : 0,
  }
  const accept = (connection: Connection) =>
    onFirstEvent(connection, () => {
      stream = acceptStream(lab, PROXY, connection, notes, streamOptions, () => {
        const ends = { connection: lab.journal.nextConnection(), node: PROXY, other: PROGRAM }
        return new EdgeStream(lab, ends, outside, connection, notes, streamOptions)
      })
      return stream
    })
  const listener = await network.listen({ host: HOST, port: 0, accept })
  lab.connections.listening(listener.address, listener.port, PROXY)
  const peer =
    form === 'inside' ? insidePeer(setting, listener.port) : outsidePeer(setting, listener.port)
  return {
    setting,
    notes,
    peer,
    stream() {
      if (stream === undefined) throw new Error('Nothing has come yet.')
      return stream
    },
  }
}

describe.each(['inside', 'outside'] as const)('a stream from an %s client', (form) => {
  describe.each([
    ['real sockets', createNodeNetwork],
    ...[1, 2, 3].map(
      (seed) =>
        [
          `memory, seed ${seed}`,
          () => createMemoryNetwork({ random: createRandom(seed), schedule: setImmediate }),
        ] as const,
    ),
  ] as const)('over %s', (_, create) => {
    let network: ClosableNetwork
    beforeEach(() => {
      network = create()
    })
    afterEach(async () => {
      await network.close()
      expect(network.openSockets()).toBe(0)
    })

    it('brings every message once, in order, as its packet', async () => {
      const { setting, notes, peer } = await connect(form, network)
      const payloads = Array.from({ length: 200 }, (_, index) => 'x'.repeat((index * 37) % 900))
      peer.ask(...payloads)
      peer.end()
      await until(() => notes.hasEnded)
      expect(notes.payloads).toEqual(payloads)
      const sent = setting.told('packet.sent').map((event) => 'packet' in event && event.packet)
      expect(notes.arrivals.map(({ packet }) => packet)).toEqual(sent)
      expect(notes.arrivals.map(({ exchange }) => exchange)).toEqual(sent)
      expect(new Set(notes.arrivals.map(({ from }) => from))).toEqual(
        new Set([form === 'inside' ? CLIENT : PROGRAM]),
      )
      expect(setting.told('packet.delivered').length).toBe(payloads.length)
    })

    it('brings no more than its user takes in, and the end after the last', async () => {
      const { notes, peer, stream, setting } = await connect(form, network, { credit: 2 })
      peer.ask('a', 'b', 'c', 'd')
      peer.end()
      await until(() => notes.arrivals.length === 2)
      stream().allow(1)
      await until(() => notes.arrivals.length === 3)
      expect([notes.payloads, notes.hasEnded]).toEqual([['a', 'b', 'c'], false])
      expect(setting.told('packet.delivered').length).toBe(3)
      stream().allow(1)
      await until(() => notes.hasEnded)
      expect(notes.payloads).toEqual(['a', 'b', 'c', 'd'])
    })

    it('takes answers to the client, in order', async () => {
      const { notes, peer, stream } = await connect(form, network)
      peer.ask('a', 'b')
      await until(() => notes.arrivals.length === 2)
      for (const { exchange } of notes.arrivals) {
        stream().send({ kind: 2, exchange, bytes: composeAnswer('7', '1', `to ${exchange}`) })
      }
      await until(() => peer.answers.length === 2)
      expect(peer.answers).toEqual(notes.arrivals.map(({ exchange }) => `to ${exchange}`))
      expect(notes.writtenPackets.length).toBe(2)
    })
  })

  describe('whose packets a person holds', () => {
    async function held(...payloads: string[]) {
      const network = createMemoryNetwork({ random: createRandom(1) })
      const pair = await connect(form, network, { halfSentLimitMs: HALF_SENT_LIMIT_MS })
      const { breakpoints, heldPackets } = pair.setting.lab
      breakpoints.set({ filter: 'type:0' })
      pair.peer.ask(...payloads)
      network.settle()
      const packets = pair.setting.events.flatMap((event) =>
        event.type === 'packet.held' ? [event.packet] : [],
      )
      expect(packets.length).toBe(payloads.length)
      expect(pair.notes.arrivals).toEqual([])
      const edit = (packet: number | undefined, text: string | Uint8Array) =>
        heldPackets.edit(packet ?? 0, Buffer.from(text))
      /** Releases all, and lets no time pass but what that takes. */
      function release(): void {
        heldPackets.releaseAll()
        pair.setting.clock.advance(0)
        network.settle()
      }
      return { ...pair, network, packets, edit, release, heldPackets }
    }

    it('brings the bytes that they were edited to', async () => {
      const { notes, packets, edit, release } = await held('a', 'b')
      edit(packets[0], question('edited'))
      release()
      expect(notes.payloads).toEqual(['edited', 'b'])
      expect(notes.arrivals.map(({ exchange }) => exchange)).toEqual(packets)
    })

    it('does not bring one that was dropped, and says which exchange lost it', async () => {
      const { notes, packets, release, heldPackets, setting, stream } = await held('a', 'b')
      // Where the other end is inside, this one has heard nothing yet.
      if (form === 'outside') expect(stream().idle).toBe(false)
      heldPackets.drop(packets[0] ?? 0)
      release()
      expect(notes.payloads).toEqual(['b'])
      expect(setting.told('packet.dropped')).toMatchObject([{ reason: 'DROPPED_BY_HAND' }])
      if (form === 'outside') expect(notes.lostPackets).toEqual([packets[0]])
    })

    it('brings a copy as a packet of its own', async () => {
      const { notes, packets, release, heldPackets } = await held('a')
      heldPackets.duplicate(packets[0] ?? 0)
      release()
      expect(notes.payloads).toEqual(['a', 'a'])
      expect(new Set(notes.arrivals.map(({ packet }) => packet)).size).toBe(2)
    })

    it('reads one message from two packets where its halves are in them', async () => {
      const { notes, packets, edit, release } = await held('a', 'b', 'c')
      const whole = question('in two halves')
      edit(packets[0], whole.subarray(0, 20))
      edit(packets[1], whole.subarray(20))
      release()
      expect(notes.payloads).toEqual(['in two halves', 'c'])
      expect(notes.arrivals.map(({ packet }) => packet)).toEqual(packets.slice(1))
    })

    it('gives half a message its time, and then up', async () => {
      const { notes, packets, edit, release, setting, network } = await held('a')
      edit(packets[0], '{"type":0,')
      release()
      setting.clock.advance(HALF_SENT_LIMIT_MS - 1)
      expect(notes.arrivals).toEqual([])
      setting.clock.advance(1)
      network.settle()
      expect(notes.payloads).toEqual(['MESSAGE_HALF_SENT'])
      expect(notes.arrivals).toMatchObject([{ exchange: packets[0] }])
    })

    it('gives half a message up at the end of the connection', async () => {
      const { notes, packets, edit, release, peer, network, stream, setting } = await held('a', 'b')
      // As a user that is done with each packet at once.
      notes.onArrived = () => stream().allow(1)
      edit(packets[1], '{"type":0,')
      release()
      peer.end()
      network.settle()
      expect([notes.payloads, notes.hasEnded]).toEqual([['a', 'MESSAGE_HALF_SENT'], true])
      expect(setting.clock.pending).toBe(0)
    })
  })

  it('accounts for every packet when it is destroyed, and tells its user nothing more', async () => {
    const network = createMemoryNetwork({ random: createRandom(1) })
    const { setting, notes, peer, stream } = await connect(form, network, { credit: 1 })
    peer.ask('a')
    network.settle()
    setting.lab.links.latencyMs = 600
    peer.ask('b', 'c')
    stream().send({ kind: 2, exchange: 1, bytes: composeAnswer('7', '1', 'd') })
    network.settle()
    stream().destroy('STOPPED')
    network.settle()
    setting.clock.runUntilIdle()
    network.settle()
    expect([notes.payloads, notes.hasEnded]).toEqual([['a'], false])
    const count = (type: 'packet.sent' | 'packet.delivered' | 'packet.dropped') =>
      setting.told(type).length
    expect(count('packet.delivered')).toBe(1)
    expect(count('packet.dropped')).toBe(count('packet.sent') - 1)
    expect(setting.told('packet.dropped')).toContainEqual(
      expect.objectContaining({ reason: 'STOPPED' }),
    )
    expect(network.openSockets()).toBe(1)
  })

  it('loses and reorders nothing, however it is cut, delayed and slowed down', async () => {
    const trip = fc.record({
      seed: fc.nat(),
      sizes: fc.array(fc.nat(3_000), { minLength: 1, maxLength: 40 }),
      latencies: fc.array(fc.constantFrom(0, 5, 600), { minLength: 1, maxLength: 5 }),
      credit: fc.integer({ min: 1, max: 5 }),
    })
    await fc.assert(
      fc.asyncProperty(trip, async ({ seed, sizes, latencies, credit }) => {
        const network = createMemoryNetwork({ random: createRandom(seed) })
        const { setting, notes, peer, stream } = await connect(form, network, { credit })
        const payloads = sizes.map((size, index) => `${index} ${'x'.repeat(size)}`)
        payloads.forEach((payload, index) => {
          setting.lab.links.latencyMs = latencies[index % latencies.length] ?? 0
          peer.ask(payload)
          if (index % 3 === 0) network.settle()
        })
        for (let taken = 0; taken < payloads.length; taken++) {
          network.settle()
          setting.clock.runUntilIdle()
          network.settle()
          expect(notes.arrivals.length).toBeLessThanOrEqual(taken + credit)
          expect(notes.arrivals.length).toBeGreaterThan(taken)
          stream().allow(1)
        }
        peer.end()
        network.settle()
        expect([notes.payloads, notes.hasEnded]).toEqual([payloads, true])
        expect(setting.told('packet.delivered').length).toBe(payloads.length)
      }),
      { numRuns: 60 },
    )
  })
})

describe('a stream that a node dials to an outside program', () => {
  async function dialProgram() {
    const network = createMemoryNetwork({ random: createRandom(1) })
    const setting = createLinkLab({ network })
    let program: Connection | undefined
    const far = record()
    const { port } = await network.listen({
      host: HOST,
      port: 0,
      accept(connection) {
        program = connection
        connection.setHandlers(far.handlers)
      },
    })
    const notes = new Notes()
    const options = { credit: 1, halfSentLimitMs: Number.POSITIVE_INFINITY }
    const endpoint = { host: HOST, port }
    const stream: PacketStream = dialStream(
      setting.lab,
      PROXY,
      'server:7',
      endpoint,
      notes,
      options,
    )
    network.settle()
    return {
      setting,
      network,
      notes,
      stream,
      far,
      answer(...payloads: string[]) {
        for (const payload of payloads) program?.write(composeAnswer('7', '1', payload))
        network.settle()
      },
      end() {
        program?.end()
        network.settle()
      },
    }
  }

  it('has delivered a packet when it is written: nobody sees when the program reads it', async () => {
    const { setting, stream, far, network } = await dialProgram()
    stream.send({ kind: 0, exchange: 5, bytes: question('a') })
    expect(setting.told('packet.delivered').length).toBe(1)
    network.settle()
    expect(far.text()).toContain('"payload":"a"')
  })

  it('takes answers for those to its packets, in their order, and one that nobody asked for', async () => {
    const { stream, notes, answer } = await dialProgram()
    for (const exchange of [5, 6]) {
      stream.send({ kind: 0, exchange, bytes: question('a') })
      stream.allow(1)
    }
    answer('first', 'second', 'too many', 'far too many')
    expect(notes.arrivals.map(({ item, exchange }) => `${payloadOf(item)} ${exchange}`)).toEqual([
      'first 5',
      'second 6',
      'too many 0',
    ])
  })

  it('ends after the answers that are still on the link, although the program is gone', async () => {
    const { setting, stream, notes, answer, end, network } = await dialProgram()
    stream.send({ kind: 0, exchange: 5, bytes: question('a') })
    setting.lab.links.latencyMs = 600
    answer('late')
    end()
    expect([notes.payloads, notes.hasEnded]).toEqual([[], false])
    setting.clock.runUntilIdle()
    network.settle()
    expect([notes.payloads, notes.hasEnded]).toEqual([['late'], true])
  })
})

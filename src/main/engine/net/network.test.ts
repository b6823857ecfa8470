// The contract of every network, on real sockets and in memory.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Recorder, record, until } from '../../../../tests/support/recorder'
import { createRandom } from '../clock/random'
import { createMemoryNetwork } from './memory-network'
import {
  type ClosableNetwork,
  type Connection,
  type ConnectionHandlers,
  type Listener,
  PortTakenError,
} from './network'
import { createNodeNetwork } from './node-network'

const HOST = '127.0.0.1'
const SEED = 20_250_607

const text = (words: string) => new TextEncoder().encode(words)

interface Pair {
  near: Connection
  nearSide: Recorder
  far: Connection
  farSide: Recorder
}

describeNetwork('node', createNodeNetwork)

for (const seed of [1, 2, 3]) {
  describeNetwork(`memory (seed ${seed})`, () =>
    createMemoryNetwork({ random: createRandom(seed), schedule: setImmediate }),
  )
}

function describeNetwork(name: string, create: () => ClosableNetwork): void {
  describe(`${name} network`, () => {
    let network: ClosableNetwork

    beforeEach(() => {
      network = create()
    })
    afterEach(async () => {
      await network.close()
      expect(network.openSockets()).toBe(0)
    })

    const listen = (accept: (connection: Connection) => void, port = 0): Promise<Listener> =>
      network.listen({ host: HOST, port, accept })

    const dial = (port: number, handlers: ConnectionHandlers): Connection =>
      network.dial({ host: HOST, port, handlers })

    async function connect(): Promise<Pair> {
      const farSide = record()
      const nearSide = record()
      const accepted = new Promise<Connection>((resolve, reject) => {
        listen((connection) => {
          connection.setHandlers(farSide.handlers)
          resolve(connection)
        }).then((listener) => {
          near = dial(listener.port, nearSide.handlers)
        }, reject)
      })
      let near: Connection | undefined
      const far = await accepted
      await until(() => nearSide.opened === 1)
      if (near === undefined) throw new Error('Accepted before it was dialled.')
      return { near, nearSide, far, farSide }
    }

    it('opens a connection whose ends agree on their addresses, also once they are closed', async () => {
      const { near, nearSide, far, farSide } = await connect()
      const ports = [near.localPort, near.remotePort]
      expect(near.localPort).not.toBe(near.remotePort)
      far.destroy()
      near.destroy()
      await until(() => nearSide.closed && farSide.closed)
      expect([near.localPort, near.remotePort]).toEqual(ports)
      expect([far.remotePort, far.localPort]).toEqual(ports)
      for (const end of [near, far]) expect(end.remoteAddress).toBe(HOST)
    })

    it('calls no handler from within a call', async () => {
      const listener = await listen((connection) => connection.setHandlers(record().handlers))
      const side = record()
      const connection = dial(listener.port, side.handlers)
      connection.write(text('hello'))
      connection.destroy()
      expect(side.calls).toEqual([])
      await until(() => side.closed)
      expect(side.calls).toEqual(['closed'])
    })

    it('sends what was written while it was still connecting, then the end', async () => {
      const farSide = record()
      const listener = await listen((connection) => connection.setHandlers(farSide.handlers))
      const connection = dial(listener.port, record().handlers)
      connection.write(text('asked '))
      connection.write(text('early'))
      connection.end()
      await until(() => farSide.ended === 1)
      expect(farSide.text()).toBe('asked early')
    })

    it('carries bytes whole and in order, both ways at once', async () => {
      const writes = fc.array(fc.oneof(fc.nat(200), fc.nat(70_000)), { maxLength: 12 })
      await fc.assert(
        fc.asyncProperty(writes, writes, async (nearWrites, farWrites) => {
          const { near, nearSide, far, farSide } = await connect()
          const nearBytes = writeAll(near, nearWrites, 1)
          const farBytes = writeAll(far, farWrites, 2)
          await until(() => nearSide.ended === 1 && farSide.ended === 1)
          expect(Buffer.compare(farSide.bytes(), nearBytes)).toBe(0)
          expect(Buffer.compare(nearSide.bytes(), farBytes)).toBe(0)
          await until(() => nearSide.closed && farSide.closed)
          expect([nearSide.error, farSide.error]).toEqual([undefined, undefined])
        }),
        { seed: SEED, numRuns: 15 },
      )
    })

    it('leaves the other direction open when the peer has ended', async () => {
      const { near, nearSide, far, farSide } = await connect()
      near.write(text('question'))
      near.end()
      near.write(text(' ignored'))
      await until(() => farSide.ended === 1)
      expect(farSide.text()).toBe('question')
      expect(farSide.closed).toBe(false)
      far.write(text('answer'))
      await until(() => nearSide.text() === 'answer')
      expect(nearSide.closed).toBe(false)
      far.end()
      await until(() => nearSide.closed && farSide.closed)
      expect(nearSide.calls.at(-1)).toBe('closed')
      expect([nearSide.ended, nearSide.error, farSide.error]).toEqual([1, undefined, undefined])
    })

    it('says that a dial was refused', async () => {
      const listener = await listen(() => {})
      await listener.close()
      const side = record()
      const connection = dial(listener.port, side.handlers)
      connection.write(text('lost'))
      await until(() => side.closed)
      expect(side.error?.code).toBe('REFUSED')
      expect(side.error?.message).not.toBe('')
      expect(side.calls).toEqual(['closed'])
      expect(connection.unsentBytes).toBe(0)
    })

    it('says which port is taken', async () => {
      const { port } = await listen(() => {})
      const second = listen(() => {}, port)
      await expect(second).rejects.toThrow(PortTakenError)
      await expect(second).rejects.toMatchObject({ port })
      expect(network.openSockets()).toBe(1)
    })

    it('frees the port on close and leaves open connections alone', async () => {
      const farSides: Recorder[] = []
      const listener = await listen((connection) => {
        const side = record()
        farSides.push(side)
        connection.setHandlers(side.handlers)
      })
      const near = dial(listener.port, record().handlers)
      await until(() => farSides.length === 1)
      await listener.close()
      const again = await listen(() => {}, listener.port)
      expect(again.port).toBe(listener.port)
      near.write(text('still here'))
      await until(() => farSides[0]?.text() === 'still here')
      await listener.close()
    })

    it('destroys at once: the peer sees the end, and nothing more arrives', async () => {
      const { near, nearSide, far, farSide } = await connect()
      far.write(text('too late'))
      near.destroy()
      near.destroy()
      near.write(text('ignored'))
      near.end()
      await until(() => nearSide.closed)
      expect(nearSide.calls.filter((call) => call === 'closed')).toEqual(['closed'])
      expect(nearSide.calls).not.toContain('data')
      await until(() => farSide.ended === 1 || farSide.closed)
      far.end()
      await until(() => farSide.closed)
      expect(farSide.text()).toBe('')
    })

    it('delivers nothing that waits when it is destroyed', async () => {
      const { near, far, farSide } = await connect()
      far.pause()
      near.write(text('unread'))
      near.end()
      await until(() => near.unsentBytes === 0)
      // Traffic the other way proves that the paused end has had its chance to arrive.
      const { near: other, farSide: otherSide } = await connect()
      other.end()
      await until(() => otherSide.ended === 1)
      far.resume()
      far.destroy()
      await until(() => farSide.closed)
      expect(farSide.calls).toEqual(['closed'])
    })

    it('delivers no end when the last bytes make the reader destroy it', async () => {
      const { near, far } = await connect()
      far.pause()
      near.write(text('.'))
      near.end()
      const { near: other, farSide: otherSide } = await connect()
      other.end()
      await until(() => otherSide.ended === 1)
      const side = record({ data: () => far.destroy() })
      far.setHandlers(side.handlers)
      far.resume()
      await until(() => side.closed)
      expect(side.calls).toEqual(['data', 'closed'])
    })

    it('counts as unsent what it was given and has not passed on', async () => {
      const { near, nearSide } = await connect()
      near.write(text('five.'))
      near.write(text('four'))
      expect(near.unsentBytes).toBe(9)
      await until(() => nearSide.drained > 0 && near.unsentBytes === 0)
    })

    it('reports a reset to a peer that goes on writing', async () => {
      const { near, far, farSide } = await connect()
      near.destroy()
      await until(() => {
        far.write(text('anyone there?'))
        return farSide.closed
      })
      expect(farSide.error?.code).toBe('RESET')
      far.write(text('ignored'))
      expect(far.unsentBytes).toBe(0)
    })

    it('reports a reset when the peer closes without having read', async () => {
      const { near, nearSide, far, farSide } = await connect()
      far.pause()
      near.write(new Uint8Array(200_000))
      await until(() => near.unsentBytes < 200_000)
      far.destroy()
      await until(() => farSide.closed && nearSide.closed)
      expect(nearSide.error?.code).toBe('RESET')
    })

    it('holds the writer back while the reader pauses, and says when all is sent', async () => {
      const { near, nearSide, far, farSide } = await connect()
      far.pause()
      const chunk = new Uint8Array(256 * 1024).fill(7)
      let written = 0
      let stuckTurns = 0
      await until(() => {
        if (near.unsentBytes === 0) {
          near.write(chunk)
          written += chunk.length
          stuckTurns = 0
        }
        return ++stuckTurns > 20
      })
      const stuck = near.unsentBytes
      const drained = nearSide.drained
      expect(stuck).toBeGreaterThan(0)
      expect(farSide.calls).not.toContain('data')
      far.resume()
      await until(() => farSide.bytes().length === written)
      await until(() => near.unsentBytes === 0)
      await until(() => nearSide.drained === drained + 1)
    })

    it('delivers the end only after the bytes that a pause keeps back', async () => {
      const { near, far, farSide } = await connect()
      far.pause()
      near.write(text('last words'))
      near.end()
      const { near: other, farSide: otherSide } = await connect()
      other.write(text('meanwhile'))
      await until(() => otherSide.text() === 'meanwhile')
      expect(farSide.calls).toEqual([])
      far.resume()
      await until(() => farSide.ended === 1)
      expect(farSide.text()).toBe('last words')
    })

    it('hands over to new handlers', async () => {
      const { near, far, farSide } = await connect()
      const later = record()
      near.write(text('first'))
      await until(() => farSide.text() === 'first')
      far.setHandlers(later.handlers)
      near.write(text('second'))
      near.end()
      await until(() => later.ended === 1)
      expect([farSide.text(), later.text()]).toEqual(['first', 'second'])
    })

    it('serves many connections at once, each closed exactly once', async () => {
      const farSides: Recorder[] = []
      const listener = await listen((connection) => {
        const side = record({
          data: (bytes) => connection.write(bytes),
          ended: () => connection.end(),
        })
        farSides.push(side)
        connection.setHandlers(side.handlers)
      })
      const sides = Array.from({ length: 200 }, (_, index) => {
        const side = record()
        const connection = dial(listener.port, side.handlers)
        connection.write(text(`message ${index}`))
        connection.end()
        return side
      })
      await until(() => [...sides, ...farSides].every((side) => side.closed))
      expect(sides.map((side) => side.text())).toEqual(sides.map((_, index) => `message ${index}`))
      for (const side of [...sides, ...farSides]) {
        expect(side.calls.filter((call) => call === 'closed')).toHaveLength(1)
        expect(side.calls.at(-1)).toBe('closed')
        expect(side.error).toBeUndefined()
      }
      expect(farSides).toHaveLength(200)
      expect(network.openSockets()).toBe(1)
    })

    it('closes as a whole, whatever is under way', async () => {
      const { near, nearSide, far, farSide } = await connect()
      far.pause()
      near.write(new Uint8Array(1_000_000))
      const listener = await listen(() => {})
      const early = record()
      dial(listener.port, early.handlers)
      await network.close()
      expect(network.openSockets()).toBe(0)
      expect([nearSide.closed, farSide.closed, early.closed]).toEqual([true, true, true])
      const late = record()
      dial(listener.port, late.handlers)
      await until(() => late.closed)
      await expect(listen(() => {})).rejects.toThrow('closed')
      await network.close()
    })
  })
}

/** Writes pieces of these sizes and ends; returns all bytes received. */
function writeAll(connection: Connection, sizes: readonly number[], salt: number): Buffer {
  const pieces = sizes.map((size, piece) =>
    Uint8Array.from({ length: size }, (_, index) => (index * 31 + piece * 7 + salt) % 251),
  )
  for (const piece of pieces) connection.write(piece)
  connection.end()
  return Buffer.concat(pieces)
}

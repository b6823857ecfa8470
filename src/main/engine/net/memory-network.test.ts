import { describe, expect, it } from 'vitest'
import { createRandom } from '../clock/random'
import { createMemoryNetwork, type MemoryNetwork } from './memory-network'
import type { Connection, NetworkError } from './network'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** Three clients use an echo server at once; returns all that happened, in order. */
async function play(network: MemoryNetwork): Promise<string[]> {
  const story: string[] = []
  const { port } = await network.listen({
    host: '127.0.0.1',
    port: 0,
    accept(connection) {
      connection.setHandlers({
        data: (bytes) => connection.write(bytes),
        ended: () => connection.end(),
        closed: () => story.push('far closed'),
      })
    },
  })
  for (const name of ['a', 'b', 'c']) {
    const connection = network.dial({
      host: '127.0.0.1',
      port,
      handlers: {
        opened: () => story.push(`${name} opened`),
        data: (bytes) => story.push(`${name} ${text(bytes)}`),
        ended: () => story.push(`${name} ended`),
        closed: () => story.push(`${name} closed`),
      },
    })
    connection.write(new TextEncoder().encode('a question that is cut somewhere'))
    connection.end()
  }
  network.settle()
  return story
}

describe('memory network', () => {
  it('does the same for the same seed, and otherwise for another', async () => {
    const stories = await Promise.all(
      [1, 1, 2].map((seed) => play(createMemoryNetwork({ random: createRandom(seed) }))),
    )
    expect(stories[0]).toEqual(stories[1])
    expect(stories[0]).not.toEqual(stories[2])
  })

  it('cuts the bytes and mixes the connections', async () => {
    const story = await play(createMemoryNetwork({ random: createRandom(1) }))
    const data = story.filter((line) => /^[abc] (?!opened|ended|closed)/.test(line))
    expect(data.length).toBeGreaterThan(3)
    const order = data.map((line) => line.charAt(0)).join('')
    expect(order).not.toMatch(/^(a+b+c+|a+c+b+|b+a+c+|b+c+a+|c+a+b+|c+b+a+)$/)
  })

  it('cuts nothing without chance', async () => {
    const story = await play(createMemoryNetwork({}))
    const sentences = ['a', 'b', 'c'].map((name) => `${name} a question that is cut somewhere`)
    expect(story).toEqual(expect.arrayContaining(sentences))
    expect(await play(createMemoryNetwork({}))).toEqual(story)
  })

  it('does nothing until it is settled, and then everything', async () => {
    const network = createMemoryNetwork({ random: createRandom(3) })
    const story: string[] = []
    const handlers = { data() {}, ended() {}, closed: () => story.push('closed') }
    network.dial({ host: '127.0.0.1', port: 1, handlers })
    await Promise.resolve()
    expect(story).toEqual([])
    network.settle()
    expect(story).toEqual(['closed'])
    expect(network.openSockets()).toBe(0)
  })

  it('holds at most the window for a reader that pauses', async () => {
    const network = createMemoryNetwork({ random: createRandom(4), windowBytes: 100 })
    let far: Connection | undefined
    let received = 0
    const { port } = await network.listen({
      host: '127.0.0.1',
      port: 0,
      accept(connection) {
        far = connection
        connection.setHandlers({
          data: (bytes) => {
            received += bytes.length
          },
          ended() {},
          closed() {},
        })
        connection.pause()
      },
    })
    const handlers = { data() {}, ended() {}, closed() {} }
    const near = network.dial({ host: '127.0.0.1', port, handlers })
    near.write(new Uint8Array(250))
    network.settle()
    expect([near.unsentBytes, received]).toEqual([150, 0])
    far?.resume()
    network.settle()
    expect([near.unsentBytes, received]).toEqual([0, 250])
  })

  it('resets the peer of a connection that is destroyed with bytes unread', async () => {
    const network = createMemoryNetwork({ random: createRandom(6) })
    const { port } = await network.listen({
      host: '127.0.0.1',
      port: 0,
      accept(connection) {
        far = connection
        connection.pause()
      },
    })
    let far: Connection | undefined
    let error: NetworkError | undefined
    const handlers = {
      data() {},
      ended() {},
      closed: (reason?: NetworkError) => {
        error = reason
      },
    }
    const near = network.dial({ host: '127.0.0.1', port, handlers })
    near.write(new Uint8Array(10))
    network.settle()
    expect(near.unsentBytes).toBe(0)
    far?.destroy()
    network.settle()
    expect(error?.code).toBe('RESET')
  })

  it('goes on after a handler has thrown', async () => {
    const network = createMemoryNetwork({ random: createRandom(5) })
    let closed = 0
    for (let i = 0; i < 3; i++) {
      network.dial({
        host: '127.0.0.1',
        port: 1,
        handlers: {
          data() {},
          ended() {},
          closed() {
            closed++
            throw new Error('on purpose')
          },
        },
      })
    }
    for (let i = 0; i < 3; i++) expect(() => network.settle()).toThrow('on purpose')
    network.settle()
    expect([closed, network.openSockets()]).toEqual([3, 0])
  })
})

// The contract of every network about connections that are broken off, on real sockets and in memory.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { record, until } from '../../../../tests/support/recorder'
import { createRandom } from '../clock/random'
import { createMemoryNetwork } from './memory-network'
import type { ClosableNetwork, Connection } from './network'
import { createNodeNetwork } from './node-network'

const HOST = '127.0.0.1'
const text = (words: string) => new TextEncoder().encode(words)

describe.each([
  ['node', createNodeNetwork],
  ['memory', () => createMemoryNetwork({ random: createRandom(1), schedule: setImmediate })],
])('%s network', (_name, create: () => ClosableNetwork) => {
  let network: ClosableNetwork
  beforeEach(() => {
    network = create()
  })
  afterEach(() => network.close())

  async function connect() {
    const [farSide, nearSide] = [record(), record()]
    let far: Connection | undefined
    const accept = (connection: Connection) => {
      connection.setHandlers(farSide.handlers)
      far = connection
    }
    const { port } = await network.listen({ host: HOST, port: 0, accept })
    const near = network.dial({ host: HOST, port, handlers: nearSide.handlers })
    await until(() => far !== undefined && nearSide.opened > 0)
    return { near, nearSide, far: far as Connection, farSide }
  }

  it('reports a reset to a peer whose connection is broken off', async () => {
    const { nearSide, far, farSide } = await connect()
    far.reset()
    await until(() => farSide.closed && nearSide.closed)
    expect([nearSide.error?.code, farSide.error]).toEqual(['RESET', undefined])
  })

  it('delivers what was written before a reset', async () => {
    const { near, nearSide, far, farSide } = await connect()
    far.write(text('half an ans'))
    far.reset()
    await until(() => farSide.closed && (nearSide.closed || nearSide.ended > 0))
    expect(nearSide.text()).toBe('half an ans')
    await until(() => {
      near.write(text('anyone there?'))
      return nearSide.closed
    })
    expect(nearSide.error?.code).toBe('RESET')
  })

  it('tells a peer that has gone from one that has only ended', async () => {
    const endWith = async (leave: (near: Connection) => void) => {
      const { near, nearSide, far, farSide } = await connect()
      leave(near)
      await until(() => farSide.ended === 1)
      far.write(text('answer'))
      far.endAndCheck()
      await until(() => farSide.closed)
      return { got: nearSide.text(), error: farSide.error?.code }
    }
    expect((await endWith((near) => near.end())).error).toBeUndefined()
    // A system under load may answer later than we look.
    let gone = await endWith((near) => near.destroy())
    while (gone.error === undefined) gone = await endWith((near) => near.destroy())
    expect(gone).toEqual({ got: '', error: 'RESET' })
  })
})

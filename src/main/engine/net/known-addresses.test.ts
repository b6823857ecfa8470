import { expect, it } from 'vitest'
import { record, until } from '../../../../tests/support/recorder'
import type { Connection } from './network'
import { createNodeNetwork } from './node-network'

it.each(['127.0.0.1', '0.0.0.0'])(
  'a connection that was accepted at %s has the addresses that the system says',
  async (host) => {
    const network = createNodeNetwork()
    const accepted: Connection[] = []
    const accept = (connection: Connection) => {
      connection.setHandlers(record().handlers)
      accepted.push(connection)
    }
    const { port } = await network.listen({ host, port: 0, accept })
    const side = record()
    const near = network.dial({ host: '127.0.0.1', port, handlers: side.handlers })
    await until(() => side.opened === 1 && accepted.length === 1)
    const [far] = accepted
    expect([near.localAddress, near.remoteAddress]).toEqual(['127.0.0.1', '127.0.0.1'])
    expect([far?.localAddress, far?.remoteAddress]).toEqual(['127.0.0.1', '127.0.0.1'])
    expect([far?.localPort, far?.remotePort]).toEqual([port, near.localPort])
    expect(near.remotePort).toBe(port)
    await network.close()
  },
)

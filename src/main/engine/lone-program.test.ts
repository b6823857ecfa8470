import { describe, expect, it } from 'vitest'
import { OFF } from '../../shared/settings/setting'
import { createManualClock } from './clock/manual-clock'
import { startLoneClient, startLoneServer } from './lone-program'
import { createMemoryNetwork } from './net/memory-network'

const PROXY = { host: '127.0.0.1', port: 2100 }

function machine() {
  const clock = createManualClock()
  const network = createMemoryNetwork({})
  const received: string[] = []
  const listen = () =>
    network.listen({
      ...PROXY,
      accept: (connection) =>
        connection.setHandlers({
          data: (bytes) => void received.push(`${connection.remoteAddress} ${Buffer.from(bytes)}`),
          ended: () => connection.end(),
          closed() {},
        }),
    })
  return { clock, network, received, listen, options: { network, createClock: () => clock } }
}

describe('a server of its own', () => {
  const SERVER = { id: '100', policy: '111', proxy: PROXY, settings: {}, follow() {} }

  it('registers each second until the proxy is there', async () => {
    const { clock, network, received, listen, options } = machine()
    const server = await startLoneServer({
      ...SERVER,
      ...options,
      listen: { host: '127.0.0.1', port: 2101 },
    })
    network.settle()
    await listen()
    clock.advance(999)
    network.settle()
    expect(received).toEqual([])
    clock.advance(1)
    network.settle()
    clock.advance(60_000)
    network.settle()
    expect(received).toEqual(['127.0.0.1 {"type":1,"id":100,"privPolyId":111,"listenport":2101}'])
    await server.close()
    expect(network.openSockets()).toBe(0)
  })

  it('registers from the address that it advertises', async () => {
    const { network, received, listen, options } = machine()
    await listen()
    const server = await startLoneServer({
      ...SERVER,
      ...options,
      listen: { host: '127.0.0.1', port: 0 },
      advertise: '192.0.2.7',
    })
    network.settle()
    expect(received).toEqual([expect.stringMatching(/^192[.]0[.]2[.]7 /)])
    await server.close()
  })
})

it('a client of its own is done when its messages have ended', async () => {
  const { network, listen, options } = machine()
  const proxy = await listen()
  const client = startLoneClient({
    id: '1',
    policy: '111',
    proxy: PROXY,
    settings: { payload: 'xyz', traffic: OFF },
    follow() {},
    ...options,
  })
  client.start(2)
  network.settle()
  expect(client.isDone).toBe(false)
  expect(client.state.totals.exchanges.begun).toBe(2)
  await proxy.close()
  await client.close()
  expect(client.isDone).toBe(true)
  expect(client.state.totals.exchanges.lost).toBe(2)
})

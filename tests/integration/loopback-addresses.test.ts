// The proxy on both loopback addresses: `localhost` is ::1 first for many programs.
import { connect, createServer, type Server } from 'node:net'
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { DEFAULT_PROXY_PORT } from '../../src/shared/limits'
import { composeAnswer } from '../../src/shared/protocol/compose'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { until } from './lab'

let engine: Engine | undefined

afterEach(async () => {
  await engine?.close()
  engine = undefined
})

async function start(options: Parameters<typeof createEngine>[0] = {}): Promise<Engine> {
  engine = await createEngine({ proxyPort: 0, latencyMs: 0, scenario: EMPTY_POOL, ...options })
  return engine
}

/** Rejects where this machine has no such address. Ends with the test. */
function listen(host: string, port = 0): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) =>
    socket.on('data', () => socket.end(composeAnswer('7', '50', 'hash'))),
  )
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, host, () => {
      onTestFinished(() => void server.close())
      const address = server.address()
      resolve({ server, port: typeof address === 'object' && address !== null ? address.port : 0 })
    })
  })
}

/** Sends this from an address; resolves with what comes back until the end. */
async function send(host: string, text: string): Promise<string> {
  const socket = connect({ host, port: engine?.proxy.port ?? 0 })
  socket.end(text)
  let answer = ''
  for await (const bytes of socket) answer += bytes
  return answer
}

let hasIpv6 = true
beforeAll(async () => {
  hasIpv6 = await new Promise((resolve) => {
    const probe = createServer()
    probe.on('error', () => resolve(false))
    probe.listen(0, '::1', () => probe.close(() => resolve(true)))
  })
})

describe('the proxy', () => {
  it('says on which addresses it listens, with one port for all', async () => {
    const { proxy, state } = await start()
    expect(proxy).toMatchObject({ host: '127.0.0.1', otherHosts: hasIpv6 ? ['::1'] : [] })
    expect(state.proxy).toEqual(proxy)
    const addresses = hasIpv6 ? '127.0.0.1 and ::1' : '127.0.0.1'
    expect(state.logs.get('proxy')?.[0]?.text).toBe(`Listening on ${addresses} port ${proxy.port}`)
  })

  it.for([
    ['::1', '127.0.0.1'],
    ['127.0.0.1', '::1'],
  ] as const)(
    'reaches a server that registers from %s and listens on %s only',
    async ([from, listensOn], { skip }) => {
      skip(!hasIpv6, 'This machine has no ::1.')
      const lab = await start()
      const { port } = await listen(listensOn)
      await send(from, `{"type":1,"id":7,"privPolyId":7,"listenport":${port}}`)
      await until(lab, () => lab.state.rows.has('7'))
      expect(lab.state.rows.get('7')).toMatchObject({ address: from, listenPort: port })
      const question = '{"type":0,"srcid":50,"privPoliId":7,"payloadsize":1,"payload":"x"}'
      expect(await send('::1', question)).toContain('"payload":"hash"')
      expect(lab.state.totals.exchanges).toMatchObject({ answered: 1, refused: 0 })
    },
  )

  it('takes the next port where its own is taken on one of them', async ({ skip }) => {
    skip(!hasIpv6, 'This machine has no ::1.')
    const free = await start({ proxyPort: undefined })
    const { port } = free.proxy
    await free.close()
    await listen('::1', port)
    const { proxy } = await start({ proxyPort: undefined })
    expect(proxy.port).toBeGreaterThan(port)
    expect(proxy.askedPort).toBe(DEFAULT_PROXY_PORT)
  })

  it('says so where a named port is taken on one of them, and leaves the other free', async ({
    skip,
  }) => {
    skip(!hasIpv6, 'This machine has no ::1.')
    const { port } = await listen('::1')
    await expect(start({ proxyPort: port })).rejects.toThrow(`Port ${port} is in use`)
    await listen('127.0.0.1', port)
  })
})

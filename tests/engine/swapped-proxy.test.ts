// Another program in the proxy's place, played by the test on the network in memory: a proxy that forwards each message to the
// next server that has registered with it.
import { afterEach, expect, it } from 'vitest'
import type { MemoryNetwork } from '../../src/main/engine/net/memory-network'
import type { Connection } from '../../src/main/engine/net/network'
import { MessageScanner } from '../../src/shared/protocol/scanner'
import type { ProxyPrograms } from '../../src/shared/proxy-programs'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { createTestLab, type TestLab } from '../support/test-lab'

const PORT = 7_000
const BY_PORT = { type: 'swapProxy', by: 'running', port: PORT } as const

let lab: TestLab
let network: MemoryNetwork
const registered: { id: string; policy: string; port: number }[] = []

let print: (text: string) => void

const programs: ProxyPrograms = {
  async start(_, { onLine }) {
    print = onLine
    const { close } = await network.listen({ host: '127.0.0.1', port: PORT, accept: serve })
    return { name: 'The test’s proxy', host: '127.0.0.1', port: PORT, stop: close }
  },
}

function serve(connection: Connection): void {
  const scanner = new MessageScanner()
  connection.setHandlers({
    data(bytes) {
      for (const item of scanner.push(bytes)) {
        if (item.kind !== 'message') continue
        const { message } = item
        if (message.type === 1) {
          registered.push({ id: message.server, policy: message.policy, port: message.listenPort })
        } else if (message.type === 0) forward(connection, message.policy, item.bytes)
      }
    },
    ended: () => connection.end(),
    closed() {},
  })
}

function forward(client: Connection, policy: string, bytes: Uint8Array): void {
  const index = registered.findIndex((server) => server.policy === policy)
  const [server] = registered.splice(index, 1)
  if (server === undefined) {
    client.destroy()
    return
  }
  registered.push(server)
  const upstream = network.dial({
    host: '127.0.0.1',
    port: server.port,
    handlers: {
      opened: () => upstream.write(bytes),
      data(answer) {
        client.write(answer)
        upstream.end()
      },
      ended() {},
      closed() {},
    },
  })
}

async function swapped(): Promise<void> {
  registered.length = 0
  lab = await createTestLab({ scenario: CLASSIC_POOL, programs, latencyMs: 100 })
  network = lab.network
  lab.rest()
  await give(BY_PORT)
  lab.rest()
}

afterEach(() => lab.engine.close())

async function give(command: object): Promise<void> {
  expect(await lab.engine.execute(command)).toMatchObject({ ok: true })
}

it('gets the servers’ registrations one after another, in the order of the table', async () => {
  await swapped()
  expect(registered.map(({ id }) => id)).toEqual([...lab.engine.state.rows.keys()])
})

it('gets the other servers’ registrations, if one is removed while it registers', async () => {
  registered.length = 0
  lab = await createTestLab({ scenario: CLASSIC_POOL, programs, latencyMs: 100 })
  network = lab.network
  lab.rest()
  await give(BY_PORT)
  const [first = '', ...others] = lab.engine.state.rows.keys()
  await give({ type: 'removeNode', node: `server:${first}` })
  lab.rest()
  expect(registered.map(({ id }) => id)).toEqual(others)
})

it('prints without end, and the lab keeps so much of it as fits on a screen each second', async () => {
  await swapped()
  const before = lab.events.length
  for (let line = 1; line <= 10_000; line++) print(`line ${line}`)
  const first = lab.events.slice(before).flatMap((event) => (event.type === 'log' ? [event] : []))
  expect(first.length).toBeLessThan(500)
  expect(first.at(-1)?.text).toContain('faster')
  lab.pass(1_001)
  print('later')
  expect(lab.events.at(-1)).toMatchObject({ type: 'log', text: 'later' })
})

it('has no decisions and no next turn, only choices that were seen', async () => {
  await swapped()
  const before = lab.events.length
  await give({ type: 'sendAll' })
  lab.rest()
  const events = lab.events.slice(before)
  expect(events.filter(({ type }) => type === 'decision.made')).toEqual([])
  expect([...lab.engine.state.next.values()]).toEqual([null, null])
  const choices = events.filter((event) => event.type === 'choice.seen')
  expect(choices.map(({ server }) => server)).toEqual(choices.map(({ expected }) => expected))
  expect(lab.engine.state.totals.exchanges).toMatchObject({ begun: 6, answered: 6 })
  expect([...lab.engine.state.rows.values()].map(({ inFlight = 0 }) => inFlight)).toEqual([
    0, 0, 0, 0,
  ])
})

it('is stopped by breakpoints on both sides: its bytes wait', async () => {
  await swapped()
  await give({ type: 'setBreakpoint', filter: 'type:0 server:100' })
  await give({ type: 'sendMessage', client: 'client:1' })
  lab.arrive()
  const [held] = [...lab.engine.state.inFlight.values()]
  expect(held).toMatchObject({ kind: 0, from: 'proxy', to: 'server:100' })
  expect(lab.engine.state.totals.exchanges.answered).toBe(0)
  await give({ type: 'releaseAll' })
  lab.rest()
  expect(lab.engine.state.totals.exchanges.answered).toBe(1)
})

it('is undone, and the next turn is the one that our own proxy had', async () => {
  await swapped()
  await give({ type: 'sendMessage', client: 'client:1', count: 3 })
  lab.rest()
  await give({ type: 'undo' })
  lab.rest()
  expect(lab.engine.state.foreign).toBeNull()
  expect(lab.engine.state.next.get('111')).toBe('100')
  await give({ type: 'sendMessage', client: 'client:1' })
  lab.rest()
  expect(lab.engine.state.decisions.get('111')?.server).toBe('100')
})

it('cannot be started in a lab in memory, which says so', async () => {
  lab = await createTestLab({ scenario: CLASSIC_POOL })
  expect(await lab.engine.execute(BY_PORT)).toEqual({
    ok: false,
    error: 'No other program can be started in this lab.',
  })
})

it('is swapped in by nobody who only looks', async () => {
  lab = await createTestLab({ scenario: CLASSIC_POOL, programs })
  const screen = lab.engine.openScreen('viewer')
  expect(await screen.execute(BY_PORT)).toMatchObject({ ok: false })
  expect(lab.engine.state.foreign).toBeNull()
})

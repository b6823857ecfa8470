// Edge cases on real sockets: dead, hung and late servers, programs that leave or half-close, stopped time, and the end of
// it all. Time is simulated and advanced by hand where a limit has to pass.
import { createServer } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createEngine } from '../../src/main/engine/index'
import { createNodeNetwork } from '../../src/main/engine/net/node-network'
import { PROBE_LIMIT_MS, REPLY_LIMIT_MS, RETRY_EVERY_MS } from '../../src/shared/limits'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { collect, nextEvent, until } from './lab'
import { clock, joinServer, network, register, start, stopAll, toStop } from './on-sockets'
import { question, sha1, startProgram, startServer } from './program'

afterEach(stopAll)

describe('a server', () => {
  it('that is dead costs one message a clear error, and the next goes elsewhere', async () => {
    const engine = await start()
    const dead = await joinServer(engine, '1', '111')
    const program = startProgram(engine.proxy.port)
    program.socket.write(question(5, '111', 'a') + question(5, '111', 'b'))
    await program.answered(2)
    await dead.stop()
    program.socket.write(question(5, '111', 'c'))
    await program.answered(3)
    await joinServer(engine, '2', '111')
    program.socket.write(question(5, '111', 'd') + question(5, '111', 'e'))
    await program.answered(5)
    program.socket.destroy()
    const { error, destid } = program.answers[2] ?? {}
    expect([error?.code, destid]).toEqual(['SERVER_UNREACHABLE', 5])
    expect(error?.message).toContain(`Server 1 refused the connection on port ${dead.port}`)
    expect(program.answers.slice(3).map(({ payload }) => payload)).toEqual(['d', 'e'].map(sha1))
    expect(engine.state.rows.get('1')).toMatchObject({ health: 'down', failed: 1 })
  })

  it('that is dead costs nobody an error while another one serves the policy', async () => {
    const engine = await start()
    const dead = await joinServer(engine, '1', '111')
    await joinServer(engine, '2', '111')
    const program = startProgram(engine.proxy.port)
    program.socket.write(question(5, '111', 'a') + question(5, '111', 'b'))
    await program.answered(2)
    await dead.stop()
    program.socket.write(['c', 'd', 'e'].map((payload) => question(5, '111', payload)).join(''))
    await program.answered(5)
    program.socket.destroy()
    expect(program.answers.map(({ payload }) => payload)).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map(sha1),
    )
    expect(engine.state.rows.get('1')).toMatchObject({ health: 'down', chosen: 3, failed: 2 })
    expect(engine.state.rows.get('2')).toMatchObject({ health: 'up', chosen: 4, served: 4 })
  })

  it('that never listens costs nobody an error while another one serves the policy', async () => {
    const engine = await start()
    const { port, stop } = await startServer(() => {})
    await stop()
    await register(engine, '1', '111', port)
    await joinServer(engine, '2', '111')
    const program = startProgram(engine.proxy.port)
    program.socket.write(['a', 'b', 'c'].map((payload) => question(5, '111', payload)).join(''))
    while (program.answers.length < 3) {
      // Only the delay before another dial is due that soon.
      const due = clock.nextDueAt()
      if (due !== undefined && due - clock.now() <= RETRY_EVERY_MS) clock.advance(RETRY_EVERY_MS)
      await new Promise(setImmediate)
    }
    program.socket.destroy()
    expect(program.answers.map(({ payload }) => payload)).toEqual(['a', 'b', 'c'].map(sha1))
    expect(engine.state.rows.get('1')).toMatchObject({ health: 'down', served: 0 })
  })

  it('that hangs costs an error after the limit, and not before', async () => {
    const engine = await start()
    await joinServer(engine, '1', '111', { hangs: true })
    const program = startProgram(engine.proxy.port)
    program.socket.write(question(5, '111', 'a'))
    await until(engine, () => engine.state.nodes.get('outside:server:1')?.received === 1)
    clock.advance(REPLY_LIMIT_MS - 1)
    expect(engine.state.rows.get('1')?.health).toBe('up')
    clock.advance(1 + 2 * PROBE_LIMIT_MS)
    await program.answered(1)
    program.socket.destroy()
    expect(program.answers[0]?.error?.code).toBe('SERVER_TIMEOUT')
    expect(engine.state.rows.get('1')?.health).toBe('down')
  })

  it('that hangs costs nothing while time stands still', async () => {
    const engine = await start()
    await joinServer(engine, '1', '111', { hangs: true })
    const program = startProgram(engine.proxy.port)
    program.socket.write(question(5, '111', 'a'))
    await until(engine, () => engine.state.nodes.get('outside:server:1')?.received === 1)
    await engine.execute({ type: 'pause' })
    clock.advance(10 * REPLY_LIMIT_MS)
    expect(engine.state.rows.get('1')).toMatchObject({ health: 'up', failed: 0 })
    await engine.execute({ type: 'resume' })
    clock.advance(REPLY_LIMIT_MS + 2 * PROBE_LIMIT_MS)
    await program.answered(1)
    program.socket.destroy()
  })

  it('that registers just before it listens gets its message', async () => {
    const engine = await start()
    const late = await startServer(() => {})
    await late.stop()
    await register(engine, '1', '111', late.port)
    const program = startProgram(engine.proxy.port)
    const refused = nextEvent(engine, 'log', ({ text }) => text.includes('trying again'))
    program.socket.write(question(5, '111', 'a'))
    await refused
    const server = createServer((socket) => {
      socket.on('data', () => {
        socket.end(
          JSON.stringify({ type: 2, srcid: 1, destid: 5, payloadsize: 40, payload: sha1('a') }),
        )
      })
    })
    await new Promise<void>((resolve) => server.listen(late.port, '127.0.0.1', resolve))
    toStop.push(() => new Promise((resolve) => server.close(resolve)))
    clock.advance(RETRY_EVERY_MS)
    await program.answered(1)
    program.socket.destroy()
    expect(program.answers[0]?.payload).toBe(sha1('a'))
  })
})

describe('a client', () => {
  it('that shuts down its writing side gets all its answers, in order, and then the end', async () => {
    const engine = await start()
    await joinServer(engine, '1', '111')
    await joinServer(engine, '2', '111')
    const program = startProgram(engine.proxy.port)
    const payloads = Array.from({ length: 150 }, (_, index) => `message ${index}`)
    program.socket.end(payloads.map((payload) => question(5, '111', payload)).join('\n'))
    await program.ended()
    expect(program.answers.map(({ payload }) => payload)).toEqual(payloads.map(sha1))
  })

  it('that leaves harms nobody else', async () => {
    const engine = await start()
    await joinServer(engine, '1', '111', { hangs: true })
    await joinServer(engine, '2', '222')
    const leaver = startProgram(engine.proxy.port)
    leaver.socket.write(question(5, '111', 'a'))
    await until(engine, () => engine.state.nodes.get('outside:server:1')?.received === 1)
    leaver.socket.resetAndDestroy()
    const program = startProgram(engine.proxy.port)
    program.socket.write(question(6, '222', 'b'))
    await program.answered(1)
    await until(engine, () => engine.state.totals.exchanges.lost === 1)
    program.socket.destroy()
    expect(program.answers[0]?.payload).toBe(sha1('b'))
  })
})

describe('kept connections', () => {
  it('give every client its own answers', async () => {
    const engine = await start()
    for (const id of ['1', '2']) {
      await engine.execute({ type: 'addServer', id, policy: '111', keepConnection: true })
    }
    await until(engine, () => engine.state.rows.size === 2)
    const programs = Array.from({ length: 8 }, () => startProgram(engine.proxy.port))
    const payloads = (client: number) =>
      Array.from({ length: 40 }, (_, index) => `client ${client} asks ${index}`)
    programs.forEach(({ socket }, client) => {
      for (const payload of payloads(client)) socket.write(question(client, '111', payload))
    })
    await Promise.all(programs.map((program) => program.answered(40)))
    programs.forEach(({ answers, socket }, client) => {
      expect(answers.map(({ payload }) => payload)).toEqual(payloads(client).map(sha1))
      socket.destroy()
    })
    const opened = [...engine.state.connections.values()].filter(({ from }) => from === 'proxy')
    expect(opened.length).toBe(2)
  })
})

describe('a pause', () => {
  it('lets nothing be delivered, and holds the bytes of an outside program at the edge', async () => {
    const engine = await start({ latencyMs: 600 })
    await engine.execute({ type: 'addServer', id: '1', policy: '111' })
    clock.runUntilIdle()
    await until(engine, () => engine.state.rows.size === 1)
    const program = startProgram(engine.proxy.port)
    program.socket.write(question(5, '111', 'a'))
    const delivered = collect(engine, 'packet.delivered')
    // Paused on each leg of the way: client to proxy, proxy to server, server to proxy, proxy to
    // client.
    for (let leg = 1; leg <= 4; leg++) {
      await until(engine, () => engine.state.inFlight.size === 1)
      await engine.execute({ type: 'pause' })
      clock.advance(100_000)
      expect([delivered.length, program.answers.length]).toEqual([leg - 1, 0])
      await engine.execute({ type: 'resume' })
      clock.advance(600)
      await until(engine, () => delivered.length === leg)
    }
    await program.answered(1)
    program.socket.destroy()
    expect(program.answers[0]?.payload).toBe(sha1('a'))
  })

  it('holds at latency 0 as well', async () => {
    const engine = await start()
    await joinServer(engine, '1', '111')
    await engine.execute({ type: 'pause' })
    const program = startProgram(engine.proxy.port)
    program.socket.write(question(5, '111', 'a') + question(5, '111', 'b'))
    await until(engine, () => engine.state.inFlight.size === 2)
    clock.advance(100_000)
    expect(engine.state.totals.exchanges).toMatchObject({ begun: 2, answered: 0 })
    await engine.execute({ type: 'resume' })
    clock.advance(0)
    await program.answered(2)
    program.socket.destroy()
    expect(program.answers.map(({ payload }) => payload)).toEqual(['a', 'b'].map(sha1))
  })
})

describe('starting', () => {
  it('leaves no socket open where the scenario cannot be loaded', async () => {
    const sockets = createNodeNetwork()
    const twice = { id: '1', policy: '111' }
    const scenario = { name: 'Twice', servers: [twice, twice], clients: [] }
    await expect(createEngine({ proxyPort: 0, network: sockets, scenario })).rejects.toThrow(
      'id: Id 1 is taken',
    )
    expect(sockets.openSockets()).toBe(0)
  })
})

describe('closing', () => {
  it('closes the feeds: nothing is sent any more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const engine = await start()
      let frames = 0
      engine.openScreen('operator').openFeed(() => frames++)
      vi.runAllTimers()
      expect(frames).toBe(1)
      await engine.execute({ type: 'addClient' })
      await engine.close()
      vi.runAllTimers()
      expect(frames).toBe(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('leaves no socket open, whatever is going on', async () => {
    const engine = await start({ scenario: CLASSIC_POOL })
    await until(engine, () => engine.state.rows.size === 4)
    await joinServer(engine, '7', '111', { hangs: true })
    const programs = Array.from({ length: 5 }, () => startProgram(engine.proxy.port))
    for (const { socket } of programs) socket.write(question(5, '111', 'a').repeat(20))
    await engine.execute({ type: 'sendAll' })
    await until(engine, () => engine.state.totals.exchanges.answered > 3)
    await engine.close()
    expect(network.openSockets()).toBe(0)
    expect(clock.pending).toBe(0)
    await Promise.all(programs.map((program) => program.over()))
    for (const { socket } of programs) socket.destroy()
    const again = await start({ proxyPort: engine.proxy.port })
    expect(again.proxy.port).toBe(engine.proxy.port)
  })
})

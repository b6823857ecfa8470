// Held packets on real sockets: their bytes do not arrive before the release, and every action by
// hand is an event.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { collect, nextEvent, until } from './lab'
import { question, registration, sha1, startProgram, startServer } from './program'

let engine: Engine

beforeEach(async () => {
  engine = await createEngine({ proxyPort: 0, latencyMs: 4 })
  await until(engine, () => engine.state.rows.size === 4)
})

afterEach(async () => {
  await engine.close()
})

async function does(command: object): Promise<void> {
  expect(await engine.execute(command)).toMatchObject({ ok: true })
}

async function refused(command: object): Promise<string> {
  const result = await engine.execute(command)
  return result.ok ? 'It was done.' : result.error
}

/** Holds the next packet that matches the filter; resolves with its number once it is held. */
async function holdNext(filter: string): Promise<() => Promise<number>> {
  await does({ type: 'setBreakpoint', filter, once: true })
  const held = nextEvent(engine, 'packet.held', ({ breakpoint }) => breakpoint !== null)
  return async () => (await held).packet
}

describe('a held packet', () => {
  it('keeps a program waiting until it is released, while others are answered', async () => {
    const held = await holdNext('type:2 from:proxy client:50')
    const waiting = startProgram(engine.proxy.port)
    waiting.socket.write(question(50, '111', 'held'))
    const packet = await held()
    const other = startProgram(engine.proxy.port)
    other.socket.write(question(60, '111', 'not held'))
    await other.answered(1)
    expect(waiting.answers).toEqual([])
    expect(engine.state.inFlight.get(packet)).toMatchObject({
      held: { breakpoint: 1, behind: null },
    })
    await does({ type: 'release', packet })
    await waiting.answered(1)
    expect(waiting.answers[0]?.payload).toBe(sha1('held'))
    expect(engine.state.packets.at(packet - 1)).toMatchObject({ held: undefined })
    waiting.socket.destroy()
    other.socket.destroy()
  })

  it('reaches a server of somebody else as it was edited, and only then', async () => {
    const got: string[] = []
    const server = await startServer((socket) => {
      socket.on('data', (bytes) => {
        got.push(bytes.toString())
        const destid = JSON.parse(bytes.toString()).srcid
        const payload = sha1('edited')
        socket.end(JSON.stringify({ type: 2, srcid: 9, destid, payloadsize: 40, payload }))
      })
    })
    const program = startProgram(engine.proxy.port)
    program.socket.write(registration('9', '999', server.port))
    await until(engine, () => engine.state.rows.has('9'))

    const held = await holdNext('type:0 from:proxy server:9')
    await does({ type: 'sendMessage', client: 'client:1', policy: '999', payload: 'asked' })
    const packet = await held()
    expect(got).toEqual([])
    const edited = question(1, '999', 'edited')
    await does({ type: 'edit', packet, bytes: Buffer.from(edited).toString('base64') })
    await does({ type: 'release', packet })
    const { verdict } = await nextEvent(engine, 'answer.verified')
    expect([got, verdict]).toEqual([[edited], 'wrong'])
    program.socket.destroy()
    await server.stop()
  })

  it('is dropped, and the exchange is lost: the client goes on with the next one', async () => {
    const held = await holdNext('type:0 to:proxy client:1')
    await does({ type: 'sendMessage', client: 'client:1' })
    const packet = await held()
    const ends = collect(engine, 'exchange.finished')
    await does({ type: 'sendMessage', client: 'client:1' })
    await does({ type: 'drop', packet })
    await until(engine, () => ends.length === 2)
    expect(ends).toMatchObject([
      { exchange: packet, outcome: 'lost', reason: 'DROPPED_BY_HAND' },
      { outcome: 'answered' },
    ])
  })

  it('is sent twice: two questions, two answers, one of each in turn', async () => {
    const held = await holdNext('type:0 to:proxy client:1')
    await does({ type: 'sendMessage', client: 'client:1' })
    const packet = await held()
    const decisions = collect(engine, 'decision.made')
    await does({ type: 'sendTwice', packet })
    await until(engine, () => engine.state.totals.exchanges.answered === 2)
    expect(decisions.map(({ server }) => server)).toEqual(['100', '300'])
    expect(engine.state.totals.verdicts).toEqual({ correct: 2, wrong: 0, error: 0 })
  })
})

describe('what cannot be done', () => {
  it('is said in a sentence', async () => {
    expect(await refused({ type: 'release', packet: 9_999 })).toBe(
      'Packet 9999 is not held: no such packet has been sent.',
    )
    expect(await refused({ type: 'setBreakpoint', filter: 'typ:0' })).toContain('“type:”')
    expect(await refused({ type: 'removeBreakpoint', id: 5 })).toBe('There is no breakpoint 5.')
    const held = collect(engine, 'packet.held')
    await holdNext('type:0 to:proxy')
    await does({ type: 'sendMessage', client: 'client:1', count: 2 })
    await until(engine, () => held.length === 2)
    const [packet = 0, second = 0] = held.map((event) => event.packet)
    expect(await refused({ type: 'release', packet: second })).toBe(
      `Packet ${second} waits behind packet ${packet}, which is held: release or drop that one first.`,
    )
    const bytes = Buffer.from('{}{}').toString('base64')
    expect(await refused({ type: 'edit', packet, bytes })).toBe(
      'These bytes are 2 messages, one after another: a packet carries one.',
    )
    await does({ type: 'releaseAll' })
    await until(engine, () => engine.state.totals.exchanges.answered === 2)
  })
})

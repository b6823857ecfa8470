// Stepping over the whole engine, on a network in memory where what there is to do can be known exactly.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventType, LabEvent } from '../../src/shared/events'
import { decodeFrame } from '../../src/shared/feed/frame'
import { CLASSIC_POOL, EMPTY_POOL } from '../../src/shared/scenario'
import { createTestLab, type TestLab } from '../support/test-lab'

const LATENCY_MS = 600
/** The registrations. */
const DELIVERED_AT_FIRST = CLASSIC_POOL.servers.length

let lab: TestLab

async function setUp(seed = 1, scenario = CLASSIC_POOL): Promise<void> {
  lab = await createTestLab({ latencyMs: LATENCY_MS, scenario, seed })
  lab.rest()
}

beforeEach(() => setUp())
afterEach(() => lab.engine.close())

const execute = (command: object) => lab.engine.execute(command)
const types = (from: number) => lab.events.slice(from).map(({ type }) => type)
const sent = (event: LabEvent) => event.type === 'packet.sent'

/** What happened in a step. */
async function step(): Promise<EventType[]> {
  const before = lab.events.length
  expect(await execute({ type: 'step' })).toEqual({ ok: true })
  return types(before)
}

describe('a step', () => {
  it('goes to the next scheduled thing, lets it arrive, and stays there', async () => {
    await execute({ type: 'pause' })
    await execute({ type: 'sendMessage', client: 'client:1' })
    const sentAt = lab.clock.now()
    expect(await step()).toEqual(
      expect.arrayContaining(['packet.delivered', 'decision.made', 'connection.opened']),
    )
    expect(lab.clock.now()).toBe(sentAt + LATENCY_MS)
    expect(lab.engine.state.clock.paused).toBe(true)
    expect(await step()).toContain('packet.delivered')
    expect(lab.clock.now()).toBe(sentAt + 2 * LATENCY_MS)
  })

  it('pauses first where the clock runs', async () => {
    await execute({ type: 'sendMessage', client: 'client:1' })
    expect((await step())[0]).toBe('clock.changed')
    expect(lab.clock.paused).toBe(true)
  })

  it('passes over what is scheduled and comes to nothing', async () => {
    await execute({ type: 'pause' })
    lab.clock.schedule(10, () => {})
    await execute({ type: 'sendMessage', client: 'client:1' })
    expect(await step()).toContain('packet.delivered')
  })

  it('says in words that nothing is scheduled', async () => {
    expect(await execute({ type: 'step' })).toEqual({
      ok: false,
      error: 'Nothing is in flight. Send a message, then step.',
    })
  })

  it('tells the time also where time has moved and nothing has happened', async () => {
    await execute({ type: 'pause' })
    lab.clock.schedule(25, () => {})
    const at = lab.clock.now() + 25
    expect(await execute({ type: 'step' })).toMatchObject({ ok: false })
    expect(lab.events.at(-1)).toMatchObject({ type: 'clock.changed', paused: true, at })
  })

  it('is one of several that were asked for at once, in order', async () => {
    await execute({ type: 'pause' })
    await execute({ type: 'sendMessage', client: 'client:1' })
    const begunAt = lab.clock.now()
    await Promise.all([1, 2, 3, 4].map(() => execute({ type: 'step' })))
    expect(lab.clock.now()).toBe(begunAt + 4 * LATENCY_MS)
    expect(lab.engine.state.totals.exchanges.answered).toBe(1)
  })

  it('has delivered what it handed over, whatever the seed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1_000), async (seed) => {
        await lab.engine.close()
        await setUp(seed)
        await execute({ type: 'pause' })
        await execute({ type: 'sendAll' })
        while ((await execute({ type: 'step' })).ok) {
          const overdue = [...lab.engine.state.inFlight.values()].filter(
            ({ dueAt }) => dueAt < lab.clock.now(),
          )
          expect(overdue).toEqual([])
        }
        expect(lab.engine.state.totals.verdicts.correct).toBe(CLASSIC_POOL.clients.length)
      }),
      { numRuns: 10 },
    )
  })
})

describe('stepping to the next decision', () => {
  it('stops at each, one after another', async () => {
    await execute({ type: 'pause' })
    await execute({ type: 'sendMessage', client: 'client:1', count: 3 })
    for (const decisions of [1, 2, 3]) {
      expect(await execute({ type: 'stepToDecision' })).toEqual({ ok: true })
      expect(lab.events.filter(({ type }) => type === 'decision.made')).toHaveLength(decisions)
    }
    expect(await execute({ type: 'stepToDecision' })).toMatchObject({ ok: false })
  })
})

describe('stepping a message to its end', () => {
  it('goes on until its exchange is finished, and no further', async () => {
    await execute({ type: 'pause' })
    await execute({ type: 'sendMessage', client: 'client:1' })
    const packet = lab.events.findLast(sent)
    await execute({ type: 'sendMessage', client: 'client:3', count: 9 })
    const before = lab.events.length
    expect(await execute({ type: 'stepToEnd', packet: numberOf(packet) })).toEqual({ ok: true })
    const finished = lab.events
      .slice(before)
      .flatMap((event) => (event.type === 'exchange.finished' ? event.exchange : []))
    expect(finished).toContain(numberOf(packet))
    expect(lab.engine.state.totals.exchanges.answered).toBeLessThan(10)
  })

  it('takes any packet of the exchange', async () => {
    await execute({ type: 'pause' })
    await execute({ type: 'sendMessage', client: 'client:1' })
    await step()
    const forwarded = lab.events.findLast(sent)
    expect(await execute({ type: 'stepToEnd', packet: numberOf(forwarded) })).toEqual({ ok: true })
    expect(lab.engine.state.totals.exchanges.answered).toBe(1)
  })

  it('ends with the arrival of a packet that belongs to no exchange', async () => {
    await execute({ type: 'pause' })
    await execute({ type: 'addServer', id: '900', policy: '111' })
    const registration = lab.events.findLast(sent)
    expect(await execute({ type: 'stepToEnd', packet: numberOf(registration) })).toEqual({
      ok: true,
    })
    expect(lab.engine.state.rows.has('900')).toBe(true)
  })

  it('says in words what cannot be', async () => {
    await execute({ type: 'sendMessage', client: 'client:1' })
    const packet = numberOf(lab.events.findLast(sent))
    lab.rest()
    expect(await execute({ type: 'stepToEnd', packet })).toEqual({
      ok: false,
      error: `Packet ${packet} has already arrived.`,
    })
    expect(await execute({ type: 'stepToEnd', packet: 9_999 })).toEqual({
      ok: false,
      error: 'There is no packet 9999.',
    })
  })

  it('waits for an outside server, and moves no time past an answer that has not come', async () => {
    await lab.engine.close()
    await setUp(1, EMPTY_POOL)
    await execute({ type: 'addClient', id: '1', policy: '7' })
    const hung = await lab.network.listen({ host: '127.0.0.1', port: 0, accept: () => {} })
    lab.program().send(`{"type":1,"id":50,"privPolyId":"7","listenport":${hung.port}}`)
    lab.rest()
    await execute({ type: 'pause' })
    await execute({ type: 'sendMessage', client: 'client:1' })
    const packet = numberOf(lab.events.findLast(sent))
    expect(await execute({ type: 'stepToEnd', packet })).toMatchObject({
      ok: false,
      error: expect.stringContaining('Server 50 is an outside program and has not answered yet'),
    })
    expect(lab.engine.state.totals.exchanges.lost).toBe(0)
    expect(lab.engine.state.inFlight.size).toBe(0)
  })
})

describe('a held packet', () => {
  beforeEach(async () => {
    await execute({ type: 'pause' })
    await execute({ type: 'setBreakpoint', filter: 'type:0 client:1', once: true })
    await execute({ type: 'sendMessage', client: 'client:1' })
    await execute({ type: 'sendMessage', client: 'client:1' })
  })

  it('is a step of its own, half-way', async () => {
    const sentAt = lab.clock.now()
    expect(await step()).toContain('packet.held')
    expect(lab.clock.now()).toBe(sentAt + LATENCY_MS / 2)
    expect(lab.engine.state.totals.delivered).toBe(DELIVERED_AT_FIRST)
  })

  it('is what its message cannot be stepped past, and the refusal names it', async () => {
    const [first, second] = lab.events.filter(sent).slice(-2).map(numberOf)
    const held = { ok: false, error: `Packet ${first} is held: release it first.` }
    expect(await execute({ type: 'stepToEnd', packet: first })).toEqual(held)
    expect(await execute({ type: 'stepToEnd', packet: first })).toEqual(held)
    await execute({ type: 'step' })
    expect(await execute({ type: 'stepToEnd', packet: second })).toEqual({
      ok: false,
      error: `Packet ${second} waits behind packet ${first}, which is held: release that one first.`,
    })
    expect(await execute({ type: 'stepToDecision' })).toEqual({
      ok: false,
      error: `Nothing else is in flight. ${held.error}`,
    })
    expect(lab.engine.state.totals.delivered).toBe(DELIVERED_AT_FIRST)
  })

  it('goes to its end once it is released', async () => {
    const [packet] = lab.events.filter(sent).slice(-2).map(numberOf)
    await step()
    expect(await execute({ type: 'release', packet })).toEqual({ ok: true })
    expect(await execute({ type: 'stepToEnd', packet })).toEqual({ ok: true })
  })
})

describe('a long one', () => {
  /** There is no decision to get to, and a long way to find that out. */
  async function goFar(): Promise<Promise<unknown>[]> {
    await execute({ type: 'pause' })
    for (let ms = 1; ms <= 2_000; ms++) lab.clock.schedule(ms, () => {})
    return [execute({ type: 'stepToDecision' }), execute({ type: 'stepToDecision' })]
  }

  it.each(['resume', 'reset'])('ends where it is, without an error, on %s', async (type) => {
    const long = await goFar()
    expect(await execute({ type })).toMatchObject({ ok: true })
    expect(await Promise.all(long)).toEqual([{ ok: true }, { ok: true }])
    expect(lab.clock.pending).toBeGreaterThan(0)
  })

  it('ends where it is when a window looks back', async () => {
    const long = await goFar()
    const screen = lab.engine.openScreen('operator')
    await screen.execute({ type: 'lookBack', pausesLab: true })
    expect(await Promise.all(long)).toEqual([{ ok: true }, { ok: true }])
    expect(lab.clock.pending).toBeGreaterThan(0)
  })

  it('ends without an error when the engine closes', async () => {
    const long = await goFar()
    await lab.engine.close()
    expect(await Promise.all(long)).toEqual([{ ok: true }, { ok: true }])
  })

  it('ends some time, and says so', async () => {
    await execute({ type: 'pause' })
    const again = () => lab.clock.schedule(1, again)
    again()
    expect(await execute({ type: 'stepToDecision' })).toEqual({
      ok: false,
      error: 'Not there yet after 10000 steps: step on from here.',
    })
  })
})

it('ends every step in a frame with the time that it then is', async () => {
  let now = -1
  let heard: () => void = () => {}
  const feed = lab.engine.openScreen('operator').openFeed((bytes) => {
    const frame = decodeFrame(bytes)
    now = frame.now
    feed.acknowledge(frame.number)
    heard()
  })
  await execute({ type: 'pause' })
  await execute({ type: 'sendMessage', client: 'client:1' })
  for (let steps = 0; steps < 4; steps++) {
    await execute({ type: 'step' })
    while (now !== lab.clock.now()) {
      await new Promise<void>((resolve) => {
        heard = resolve
      })
    }
  }
  feed.close()
  expect(lab.engine.state.totals.exchanges.answered).toBe(1)
})

function numberOf(event: LabEvent | undefined): number {
  if (event?.type !== 'packet.sent') throw new Error('No packet was sent.')
  return event.packet
}

// The examples for servers that are full and messages that fail: each is opened and played, and does what its name says.
import { describe, expect, it } from 'vitest'
import type { LabEvent } from '../../src/shared/events'
import { opened } from '../support/examples'
import type { TestLab } from '../support/test-lab'

function eventsOf<T extends LabEvent['type']>(lab: TestLab, type: T) {
  return lab.events.filter((event): event is Extract<LabEvent, { type: T }> => event.type === type)
}

/** How the messages of each policy have ended: `answered`, or the error's code, and how many. */
function endings(lab: TestLab): Record<string, Record<string, number>> {
  const policies = new Map<number, string>()
  for (const { packet, from } of eventsOf(lab, 'packet.sent')) {
    const policy = lab.engine.state.nodes.get(from)?.policy
    if (from.startsWith('client:') && policy) policies.set(packet, policy)
  }
  const counts: Record<string, Record<string, number>> = {}
  for (const { exchange, outcome, reason } of eventsOf(lab, 'exchange.finished')) {
    counts[policies.get(exchange) ?? ''] ??= {}
    const its = counts[policies.get(exchange) ?? ''] ?? {}
    its[reason ?? outcome] = (its[reason ?? outcome] ?? 0) + 1
  }
  return counts
}

/** Takes everything that a breakpoint holds off its link, at one moment. */
async function dropHeld(lab: TestLab): Promise<void> {
  for (const { id, held } of lab.engine.state.inFlight.values()) {
    if (held?.breakpoint) await lab.engine.execute({ type: 'drop', packet: id })
  }
}

async function sendAll(lab: TestLab, ms = 0): Promise<void> {
  await lab.engine.execute({ type: 'sendAll' })
  lab.pass(ms)
}

describe('an example shows what its name says', () => {
  it('waiting-beside-refusing', async () => {
    const { lab } = await opened('waiting-beside-refusing')
    await sendAll(lab)
    lab.rest()
    expect(endings(lab)).toEqual({
      111: { answered: 6 },
      222: { answered: 3, SERVERS_FULL: 3 },
    })
    const waited = eventsOf(lab, 'decision.made').filter(({ waitedMs }) => waitedMs !== undefined)
    expect(waited.map(({ policy }) => policy)).toEqual(['111', '111', '111'])
  })

  it('a-limit-for-the-whole-policy', async () => {
    const { lab } = await opened('a-limit-for-the-whole-policy')
    await sendAll(lab)
    lab.rest()
    expect(endings(lab)).toEqual({ 111: { answered: 3, LIMIT_REACHED: 2 } })
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
    lab.rest()
    expect(endings(lab)).toEqual({ 111: { answered: 4, LIMIT_REACHED: 2 } })
  })

  it('idempotent-messages-are-tried-again', async () => {
    const { lab } = await opened('idempotent-messages-are-tried-again', { breakpoints: true })
    await sendAll(lab, 3_000)
    await dropHeld(lab)
    lab.rest()
    expect(endings(lab)).toEqual({
      111: { answered: 2 },
      222: { answered: 1, SERVER_TIMEOUT: 1 },
    })
    const again = eventsOf(lab, 'decision.made').filter(({ attempt }) => attempt > 1)
    expect(again).toMatchObject([
      { policy: '111', attempt: 2, server: '300', passedOver: [{ server: '100', why: 'tried' }] },
    ])
  })

  it('a-retry-budget-holds', async () => {
    const { lab } = await opened('a-retry-budget-holds', { breakpoints: true })
    await sendAll(lab, 10_000)
    await dropHeld(lab)
    lab.rest()
    expect(endings(lab)).toEqual({
      111: { answered: 8, SERVER_TIMEOUT: 2 },
      222: { answered: 10 },
    })
  })

  it('a-breaker-opens-and-half-opens', async () => {
    const { lab } = await opened('a-breaker-opens-and-half-opens', { breakpoints: true })
    const row = () => lab.engine.state.rows.get('100')
    await sendAll(lab, 3_000)
    await dropHeld(lab)
    // Each waits for ten seconds, and the third one of three opens the breaker.
    lab.rest()
    expect(endings(lab)).toEqual({ 111: { answered: 3, SERVER_TIMEOUT: 3 } })
    const openedAt = eventsOf(lab, 'upstream.failed').at(-1)?.at ?? 0
    expect(row()).toMatchObject({ health: 'down', cause: 'breaker', until: openedAt + 30_000 })

    await sendAll(lab)
    lab.rest()
    const passedOver = eventsOf(lab, 'decision.made').slice(-6)
    expect(passedOver.map(({ server }) => server)).toEqual(Array(6).fill('300'))
    expect(passedOver[0]?.passedOver).toEqual([{ server: '100', why: 'circuitOpen' }])

    // Half open: one trial, which is held. Nobody else may try meanwhile.
    lab.pass(30_000)
    await sendAll(lab, 5_000)
    const { id: trial } = [...lab.engine.state.inFlight.values()].find(({ held }) => held) ?? {}
    expect(row()).toMatchObject({ health: 'down', cause: 'breaker', trial: true })
    expect(
      eventsOf(lab, 'decision.made')
        .slice(-6)
        .filter(({ server }) => server === '100').length,
    ).toBe(1)
    await lab.engine.execute({ type: 'release', packet: trial ?? 0 })
    lab.rest()
    expect(row()).toMatchObject({ health: 'up' })
    expect(row()?.cause).toBeUndefined()
  })
})

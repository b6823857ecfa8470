// The examples for servers that fail, drain or start: each is opened and played, and does what its name says. A program that
// has registered and is gone plays a server that somebody has ended.
import { describe, expect, it } from 'vitest'
import type { LabEvent } from '../../src/shared/events'
import { composeRegistration } from '../../src/shared/protocol/compose'
import { opened } from '../support/examples'
import type { TestLab } from '../support/test-lab'

const GONE_PORT = 5_999

function eventsOf<T extends LabEvent['type']>(lab: TestLab, type: T, since = 0) {
  return lab.events
    .slice(since)
    .filter((event): event is Extract<LabEvent, { type: T }> => event.type === type)
}

/** The servers of the messages that all clients send now, attempt by attempt. */
async function sendAll(lab: TestLab, ms = 5_000): Promise<string> {
  const since = lab.events.length
  await lab.engine.execute({ type: 'sendAll' })
  lab.pass(ms)
  return eventsOf(lab, 'decision.made', since)
    .map(({ server }) => server ?? '-')
    .join(' ')
}

function registerGone(lab: TestLab, id = '500', port = GONE_PORT): void {
  lab.program().send(composeRegistration(id, '333', port))
  lab.pass(1_000)
}

function rowOf(lab: TestLab, server: string) {
  return lab.engine.state.rows.get(server)
}

describe('an example shows what its name says', () => {
  it('one-message-is-the-probe', async () => {
    const { lab } = await opened('one-message-is-the-probe')
    registerGone(lab)
    expect(await sendAll(lab)).toContain('500')
    expect(rowOf(lab, '500')).toMatchObject({ health: 'down', cause: 'failures' })
    expect(await sendAll(lab)).not.toContain('500')
    const until = rowOf(lab, '500')?.until ?? 0
    lab.pass(until - lab.clock.now())
    const probes = [await sendAll(lab), await sendAll(lab), await sendAll(lab)].join(' ')
    expect(probes.split('500')).toHaveLength(2)
    expect(lab.engine.state.totals.verdicts).toEqual({ correct: 15, wrong: 0, error: 0 })
  })

  it('checks-find-a-dead-server', async () => {
    const { lab } = await opened('checks-find-a-dead-server')
    registerGone(lab)
    expect(rowOf(lab, '500')?.health).toBe('up')
    lab.pass(3 * 2_300)
    expect(rowOf(lab, '500')).toMatchObject({ health: 'down', cause: 'checks' })
    expect(await sendAll(lab)).not.toContain('500')
    expect(lab.engine.state.totals.exchanges).toMatchObject({ answered: 3, lost: 0 })
    await lab.network.listen({ host: '127.0.0.1', port: GONE_PORT, accept: () => {} })
    lab.pass(2 * 2_300)
    expect(rowOf(lab, '500')).toMatchObject({ health: 'up', weightPercent: 6 })
    lab.pass(10_000)
    expect(rowOf(lab, '500')?.weightPercent).toBeGreaterThan(40)
    lab.pass(12_000)
    expect(rowOf(lab, '500')).not.toHaveProperty('weightPercent')
  })

  it('a-message-as-a-check', async () => {
    const { lab } = await opened('a-message-as-a-check')
    lab.pass(4_000)
    expect(rowOf(lab, '100')?.lastCheck).toMatchObject({
      passed: true,
      detail: 'the answer has the right hash',
    })
    expect(eventsOf(lab, 'check.sent')[0]).toMatchObject({ way: 'message', server: '100' })
    expect(lab.engine.state.totals.sent).toEqual([0, 2, 0, 0])
    registerGone(lab)
    // A program that accepts, as the kernel does for one that hangs, and never answers.
    await lab.network.listen({ host: '127.0.0.1', port: GONE_PORT, accept: () => {} })
    lab.pass(3 * 4_300)
    expect(rowOf(lab, '500')).toMatchObject({
      health: 'down',
      lastCheck: { detail: 'no answer within 2 s' },
    })
  })

  it('ejected-for-a-time', async () => {
    const { lab } = await opened('ejected-for-a-time')
    registerGone(lab)
    await sendAll(lab)
    await sendAll(lab)
    expect(rowOf(lab, '500')).toMatchObject({ health: 'down', cause: 'ejected' })
    expect(await sendAll(lab)).not.toContain('500')
    lab.pass((rowOf(lab, '500')?.until ?? 0) - lab.clock.now() + 1)
    expect(rowOf(lab, '500')?.health).toBe('up')
    expect(await sendAll(lab)).toContain('500')
  })

  it('panic-ignores-health', async () => {
    const { lab } = await opened('panic-ignores-health')
    registerGone(lab, '500')
    await sendAll(lab)
    expect(rowOf(lab, '500')?.health).toBe('down')
    const since = lab.events.length
    expect(await sendAll(lab)).toContain('500')
    expect(eventsOf(lab, 'decision.made', since)[0]).toMatchObject({
      panic: true,
      healthy: 1,
      of: 2,
      passedOver: [],
    })
  })

  it('a-new-server-starts-slowly', async () => {
    const { lab } = await opened('a-new-server-starts-slowly')
    lab.pass(20_000)
    await lab.engine.execute({ type: 'addServer', policy: '111', id: '900' })
    lab.pass(400)
    expect(rowOf(lab, '900')).toMatchObject({ health: 'up', weightPercent: 10 })
    expect((await sendAll(lab, 100)).split('900').length - 1).toBeLessThan(2)
    lab.pass(20_000)
    expect(rowOf(lab, '900')).not.toHaveProperty('weightPercent')
    const later = [await sendAll(lab), await sendAll(lab)].join(' ')
    expect(later.split('900').length - 1).toBe(4)
  })

  it('a-server-drains', async () => {
    const { lab } = await opened('a-server-drains')
    expect(await sendAll(lab)).toBe('100 100 100 100')
    const passedOver = eventsOf(lab, 'decision.made')[0]?.passedOver
    expect(passedOver).toEqual([{ server: '300', why: 'draining' }])
    await lab.engine.execute({ type: 'updateServer', node: 'server:300', drain: false })
    expect(await sendAll(lab, 0)).toContain('300')
    const since = lab.events.length
    await lab.engine.execute({ type: 'updateServer', node: 'server:300', drain: true })
    lab.pass(5_000)
    const said = eventsOf(lab, 'log', since).map(({ text }) => text)
    expect(said).toEqual(['Server 300 is drained: it has no messages any more'])
    expect(lab.engine.state.totals.exchanges.answered).toBe(8)
    await lab.engine.execute({ type: 'undo' })
    expect(await sendAll(lab)).toContain('300')
  })

  it('backups-of-nginx-and-of-haproxy', async () => {
    const { lab } = await opened('backups-of-nginx-and-of-haproxy')
    const sorted = async () => (await sendAll(lab)).split(' ').sort().join(' ')
    expect(await sorted()).toBe('300 300 400 400 400 400 500 500')
    await lab.engine.execute({ type: 'updateServer', node: 'server:200', drain: false })
    expect(await sorted()).toBe('200 200 200 200 300 300 500 500')
  })
})

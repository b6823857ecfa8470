// The examples in which traffic shows a law of load: each is played, and its effect is a number with a bound. Latencies are
// without the links’, which take no time here.
import { expect, it } from 'vitest'
import type { LabEvent } from '../../src/shared/events'
import { figuresOf } from '../../src/shared/metrics/series'
import { opened } from '../support/examples'
import type { TestLab } from '../support/test-lab'

/** Lets time pass until then; servers listen again only after a turn of the event loop. */
async function passTo(lab: TestLab, ms: number): Promise<void> {
  while (lab.clock.now() < ms) {
    lab.pass(Math.min(500, ms - lab.clock.now()))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** The mean whole latency of the policy’s answers in these seconds. */
function meanMs(lab: TestLab, policy: string, from = 0, to = Number.POSITIVE_INFINITY) {
  const rows = lab.engine.state.metrics.get(`policy ${policy}`)?.rows.map(figuresOf) ?? []
  const chosen = rows.filter(({ second }) => second >= from && second < to)
  const sum = (field: 'wholeMs' | 'answered') => chosen.reduce((all, row) => all + row[field], 0)
  return sum('wholeMs') / sum('answered')
}

/** What was decided for the policy’s messages in this time. */
function decisionsFor(lab: TestLab, policy: string, from: number, to = Number.POSITIVE_INFINITY) {
  return lab.events.filter(
    (event): event is Extract<LabEvent, { type: 'decision.made' }> =>
      event.type === 'decision.made' &&
      event.policy === policy &&
      event.at >= from &&
      event.at < to,
  )
}

it('the-knee-at-80-percent: at 80 % a message takes 2.5 times as long as at 50 %, at 90 % five times', async () => {
  const { lab } = await opened('the-knee-at-80-percent', { fast: true })
  await passTo(lab, 600_000)
  const [half, knee, beyond] = ['111', '222', '333'].map((policy) => meanMs(lab, policy))
  // M/M/1: the work ÷ (1 − utilisation). In ten minutes the standard errors are 4, 13 and 26 %: a bound is two of them.
  expect(Math.abs((half ?? 0) / 200 - 1)).toBeLessThan(0.08)
  expect(Math.abs((knee ?? 0) / 500 - 1)).toBeLessThan(0.26)
  expect(Math.abs((beyond ?? 0) / 1000 - 1)).toBeLessThan(0.52)
  await lab.engine.close()
  // Ten minutes of three policies: five seconds of work on a machine that does nothing else.
}, 60_000)

it('a-retry-storm: ten seconds of failures take half a minute to get over, and one second within a budget', async () => {
  const { lab } = await opened('a-retry-storm', { fast: true })
  await passTo(lab, 50_000)
  // The servers are well again. 200 ms of work, and what waits in their queues.
  expect(meanMs(lab, '222', 21, 50)).toBeLessThan(220)
  expect(meanMs(lab, '111', 21, 50)).toBeGreaterThan(5_000)
  // While they fail, each message is worked on four times; within a budget few are tried again.
  const attempts = (policy: string) => decisionsFor(lab, policy, 10_000, 40_000).length / (30 * 30)
  expect(attempts('222')).toBeLessThan(1.2)
  expect(attempts('111')).toBeGreaterThan(1.3)
  await lab.engine.close()
})

it('a-server-joins-under-least-connections: it gets nearly everything, and with slow start less than its share', async () => {
  const { lab } = await opened('a-server-joins-under-least-connections', { fast: true })
  await passTo(lab, 22_000)
  const share = (policy: string, server: string) => {
    const decisions = decisionsFor(lab, policy, 20_000, 22_000)
    expect(decisions.length).toBeGreaterThanOrEqual(29)
    return decisions.filter((decision) => decision.server === server).length / decisions.length
  }
  expect(share('111', '500')).toBeGreaterThan(0.7)
  expect(share('222', '600')).toBeLessThan(0.2)
  await lab.engine.close()
})

it('a-server-leaves-two-hashes: on the ring only its keys move, by plain hash most of all keys do', async () => {
  const { lab } = await opened('a-server-leaves-two-hashes', { fast: true })
  /** The server of each key, by the policy's messages in this time. */
  const serversOfKeys = (policy: string, from: number, to: number) =>
    new Map(
      decisionsFor(lab, policy, from, to).flatMap(({ reason, server }) =>
        reason?.by === 'hash' || reason?.by === 'ring-hash' ? [[reason.key, server] as const] : [],
      ),
    )
  await passTo(lab, 30_000)
  for (const server of ['300', '400']) {
    await lab.engine.execute({ type: 'removeNode', node: `server:${server}` })
  }
  await passTo(lab, 60_000)
  const movedOf = (policy: string, gone: string) => {
    const after = serversOfKeys(policy, 30_001, 60_000)
    const both = [...serversOfKeys(policy, 0, 30_000)].filter(([key]) => after.has(key))
    expect(both.length).toBeGreaterThan(95)
    const stayed = both.filter(([, server]) => server !== gone)
    const moved = stayed.filter(([key, server]) => after.get(key) !== server)
    return { own: 1 - stayed.length / both.length, needless: moved.length / stayed.length }
  }
  // A quarter of the keys is the server's, give or take what few keys and points do.
  const ring = movedOf('111', '300')
  expect(ring.needless).toBe(0)
  expect(Math.abs(ring.own - 0.25)).toBeLessThan(0.15)
  // A remainder of a division by 3 in place of 4: of the other servers’ keys, two in three have another server.
  expect(Math.abs(movedOf('222', '400').needless - 2 / 3)).toBeLessThan(0.15)
  await lab.engine.close()
})

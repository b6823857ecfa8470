// How each policy's algorithm chooses, over a whole engine: set in a scenario or by a command, repeatable from its seed,
// and with a second attempt where a server cannot be reached.
import { describe, expect, it } from 'vitest'
import type { Reason } from '../../src/shared/decision/reason'
import { composeRegistration } from '../../src/shared/protocol/compose'
import { RecordingReader } from '../../src/shared/recording/reader'
import type { Scenario } from '../../src/shared/scenario'
import { decisionsOf } from '../../src/shared/state/decisions'
import { createTestLab, type TestLab } from '../support/test-lab'

const SERVERS = ['1', '2', '3', '4']
const RANDOM: Scenario = {
  name: 'Random',
  pools: [{ policy: '111', algorithm: 'random' }],
  servers: SERVERS.map((id) => ({ id, policy: '111' })),
  clients: [{ id: '1', policy: '111', payload: 'xyz' }],
}

async function sends(lab: TestLab, count: number): Promise<(string | null)[]> {
  const before = lab.events.length
  await lab.engine.execute({ type: 'sendMessage', client: 'client:1', count })
  lab.rest()
  return lab.events
    .slice(before)
    .flatMap((event) => (event.type === 'decision.made' ? [event.server] : []))
}

/** The places of the chosen servers, in the order in which they have registered. */
function placesOf({ engine }: TestLab, chosen: readonly (string | null)[]): number[] {
  const order = [...engine.state.rows.keys()]
  return chosen.map((server) => order.indexOf(server ?? ''))
}

/** The reason of the last message's first attempt. */
function lastReason({ events }: TestLab): Reason | null | undefined {
  const made = events.findLast((event) => event.type === 'decision.made' && event.attempt === 1)
  return made?.type === 'decision.made' ? made.reason : undefined
}

async function begun(scenario: Scenario): Promise<TestLab> {
  const lab = await createTestLab({ scenario })
  lab.rest()
  return lab
}

describe('a scenario with a seed', () => {
  it('makes the same choices again: in another lab, and after a reset', async () => {
    const [one, two] = [await begun({ ...RANDOM, seed: 7 }), await begun({ ...RANDOM, seed: 7 })]
    const chosen = await sends(one, 40)
    expect(new Set(chosen)).toEqual(new Set(SERVERS))
    expect(await sends(two, 40)).toEqual(chosen)
    const other = await sends(two, 40)
    expect(other).not.toEqual(chosen)
    await two.engine.execute({ type: 'reset' })
    two.rest()
    // Servers may register in another order, as the network has it.
    expect(placesOf(two, await sends(two, 40))).toEqual(placesOf(one, chosen))
  })

  it('makes other choices than with another seed, and without one those of seed 1', async () => {
    const [none, one, two] = [
      await begun(RANDOM),
      await begun({ ...RANDOM, seed: 1 }),
      await begun({ ...RANDOM, seed: 2 }),
    ]
    const chosen = await sends(none, 40)
    expect(await sends(one, 40)).toEqual(chosen)
    expect(await sends(two, 40)).not.toEqual(chosen)
  })
})

describe('the choices of one policy', () => {
  it('are the same whatever clients of another one send meanwhile', async () => {
    const twoPolicies: Scenario = {
      ...RANDOM,
      pools: ['111', '222'].map((policy) => ({ policy, algorithm: 'random' })),
      servers: ['111', '222'].flatMap((policy) =>
        SERVERS.map((id) => ({ id: policy + id, policy })),
      ),
      clients: ['111', '222'].map((policy) => ({ id: policy, policy, payload: 'xyz' })),
    }
    const placesFor111 = async (lab: TestLab) => {
      const before = lab.events.length
      await lab.engine.execute({ type: 'sendMessage', client: 'client:111', count: 30 })
      lab.rest()
      const order = [...lab.engine.state.rows.values()].filter(({ policy }) => policy === '111')
      return lab.events.slice(before).flatMap((event) => {
        if (event.type !== 'decision.made' || event.policy !== '111') return []
        return order.findIndex(({ server }) => server === event.server)
      })
    }
    const [alone, among] = [await begun(twoPolicies), await begun(twoPolicies)]
    await among.engine.execute({ type: 'sendMessage', client: 'client:222', count: 7 })
    expect(await placesFor111(among)).toEqual(await placesFor111(alone))
  })
})

describe('the algorithm of a pool', () => {
  it('is switched while the lab runs, for this policy only', async () => {
    const { pools: _pools, ...roundRobin } = RANDOM
    const lab = await begun(roundRobin)
    const { engine } = lab
    expect(placesOf(lab, await sends(lab, 5))).toEqual([0, 1, 2, 3, 0])
    expect(
      await engine.execute({ type: 'updatePool', policy: '111', algorithm: 'random' }),
    ).toMatchObject({ ok: true })
    expect([...engine.state.pools]).toMatchObject([['111', { algorithm: 'random' }]])
    expect(engine.state.next.get('111')).toBeNull()
    expect(placesOf(lab, await sends(lab, 20))).not.toEqual(
      Array.from({ length: 20 }, (_, index) => (index + 1) % 4),
    )
    await engine.execute({ type: 'updatePool', policy: '111', algorithm: 'round-robin' })
    expect(engine.state.pools.size).toBe(0)
    expect(placesOf(lab, await sends(lab, 3))).toEqual([0, 1, 2])
  })

  it('is the default one after a reset to a scenario that names none', async () => {
    const { pools: _pools, ...roundRobin } = RANDOM
    const lab = await begun(roundRobin)
    await lab.engine.execute({ type: 'updatePool', policy: '111', algorithm: 'random' })
    await lab.engine.execute({ type: 'reset' })
    lab.rest()
    expect(lab.engine.state.pools.size).toBe(0)
    expect(placesOf(lab, await sends(lab, 5))).toEqual([0, 1, 2, 3, 0])
  })

  it('that there is none of is refused', async () => {
    const { engine } = await begun(RANDOM)
    expect(
      await engine.execute({ type: 'updatePool', policy: '111', algorithm: 'best' }),
    ).toMatchObject({ ok: false, error: expect.stringMatching(/^algorithm: It must be one of/) })
  })
})

describe('the weight of a server', () => {
  const weightOf = (lab: TestLab, server: string): number | undefined => {
    const reason = lastReason(lab)
    if (reason?.by !== 'weighted-round-robin') return undefined
    return reason.compared.find((one) => one.server === server)?.effective
  }

  it('counts for an outside program too, and again after it has registered anew', async () => {
    const pools: Scenario['pools'] = [{ policy: '111', algorithm: 'weighted-round-robin' }]
    const lab = await begun({ ...RANDOM, pools })
    const program = lab.program()
    program.send(composeRegistration('7', '111', 4_999))
    lab.rest()
    await sends(lab, 1)
    expect(weightOf(lab, '7')).toBe(1)
    const node = 'outside:server:7'
    await lab.engine.execute({ type: 'updateServer', node, weight: 3 })
    await sends(lab, 1)
    expect(weightOf(lab, '7')).toBe(3)
    program.send(composeRegistration('7', '111', 4_998))
    lab.rest()
    await sends(lab, 1)
    expect(weightOf(lab, '7')).toBe(3)
  })

  it.each([0, 257, 1.5])('is from 1 to 256, and whole: not %d', async (weight) => {
    const { engine } = await begun(RANDOM)
    expect(await engine.execute({ type: 'updateServer', node: 'server:1', weight })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^weight: It must be a whole number from 1 to 256/),
    })
  })

  it('and the table’s size are checked: a size that is no prime is refused', async () => {
    const { engine } = await begun(RANDOM)
    expect(
      await engine.execute({ type: 'updatePool', policy: '111', tableSize: 65_536 }),
    ).toMatchObject({ ok: false, error: expect.stringMatching(/prime/) })
  })
})

describe('a switch to another algorithm', () => {
  it('leaves messages in flight where they are, and knows of them', async () => {
    const lab = await begun({ ...RANDOM, pools: [] })
    await lab.engine.execute({ type: 'updateLinks', latencyMs: 100 })
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1', count: 3 })
    lab.pass(150)
    await lab.engine.execute({ type: 'updatePool', policy: '111', algorithm: 'least-connections' })
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1', count: 1 })
    lab.pass(120)
    const reason = lastReason(lab)
    if (reason?.by !== 'least-connections') throw new Error('It is another algorithm.')
    expect(reason.compared.map(({ inFlight }) => inFlight)).toEqual([1, 1, 1, 0])
    lab.rest()
    expect(lab.engine.state.totals.verdicts).toMatchObject({ correct: 4 })
  })
})

describe('a second attempt', () => {
  it('stands in the state and in the recording beside the first one', async () => {
    const lab = await begun({ ...RANDOM, pools: [], servers: [] })
    lab.program().send(composeRegistration('dead', '111', 4_999))
    lab.rest()
    await lab.engine.execute({ type: 'addServer', id: 'live', policy: '111' })
    lab.rest()
    expect(await sends(lab, 1)).toEqual(['dead', 'live'])
    const { state } = lab.engine
    const question = [...state.packets].find(({ kind }) => kind === 0)
    if (question === undefined) throw new Error('Nothing was sent.')
    expect(decisionsOf(question)).toMatchObject([
      { attempt: 1, server: 'dead', passedOver: [] },
      { attempt: 2, server: 'live', passedOver: [{ server: 'dead', why: 'tried' }] },
    ])
    expect(state.rows.get('dead')).toMatchObject({ chosen: 1, served: 0, failed: 1 })
    expect(state.rows.get('live')).toMatchObject({ chosen: 1, served: 1, failed: 0 })
    expect(state.totals.exchanges).toMatchObject({ begun: 1, answered: 1, refused: 0 })
    const { bytes } = await lab.engine.readRecording('session', 0)
    const reader = new RecordingReader()
    await reader.append(bytes)
    const [recorded] = await reader.packets([question.id], state.seq)
    expect(recorded && decisionsOf(recorded)).toEqual(decisionsOf(question))
  })
})

// The same arrivals under two algorithms: what the labs choose is what the visible lab in memory chooses, and the first
// difference is the first message for which they do not choose the same.
import { describe, expect, it } from 'vitest'
import { type Comparison, labOf } from '../../shared/compare/comparison'
import { figureRows } from '../../shared/compare/figures'
import type { LabEvent } from '../../shared/events'
import type { ComparedPools, Scenario } from '../../shared/scenario'
import { settled } from '../../shared/settings/derive'
import { BEHAVIOUR } from '../../shared/settings/features/behaviour'
import { TRAFFIC } from '../../shared/settings/features/traffic'
import { createMemoryLab } from '../engine/index'
import { type StartLab, startComparison } from './comparison'
import { type LabToPlay, playLab } from './play-lab'

const POLICY = '111'
const IN_TURN = { name: 'In turn', pools: [{ policy: POLICY, algorithm: 'round-robin' }] } as const
const FEWEST = {
  name: 'Fewest in flight',
  pools: [{ policy: POLICY, algorithm: 'least-connections' }],
} as const

const SCENARIO: Scenario = {
  name: 'Compared',
  seed: 5,
  latencyMs: 20,
  compare: [IN_TURN, FEWEST],
  servers: [30, 30, 300].map((ms, index) => ({
    id: `${index + 1}00`,
    policy: POLICY,
    label: ms === 300 ? 'slow' : '',
    work: { ms, distribution: 'exponential', atOnce: 1, queue: 20 },
  })),
  clients: [
    {
      id: '1',
      policy: POLICY,
      payload: 'xyz',
      traffic: settled(TRAFFIC.settings, { pattern: 'poisson', perSecond: 20, forMs: 20_000 }),
    },
  ],
}
const FOR_MS = 60_000

/** Plays each lab in this thread, one after the other. */
const startHere: StartLab = (lab, listener) => {
  let isStopped = false
  let isEnough = false
  playLab(lab, {
    played(ms, choices) {
      if (!isStopped) listener.played(ms, choices)
      return !isEnough
    },
  }).then(
    (ended) => isStopped || listener.ended(ended),
    (error) => listener.failed(error),
  )
  return {
    stopChoices() {
      isEnough = true
    },
    stop() {
      isStopped = true
    },
  }
}

async function compared(more: Partial<Scenario> = {}): Promise<Comparison> {
  return new Promise((resolve, reject) => {
    const request = { scenario: { ...SCENARIO, ...more }, forMs: FOR_MS }
    startComparison(request, startHere, (update) => {
      if (update.kind === 'done') resolve(update.comparison)
      if (update.kind === 'failed') reject(new Error(update.error))
    })
  })
}

/**
 * The server of each message in a recorded lab whose sockets act in a random order and cut what they carry. The seed is one
 * with which the servers register in the scenario's order, as they do over real sockets.
 */
async function chosenInVisibleLab(entry: ComparedPools): Promise<string[]> {
  for (let seed = 1; ; seed++) {
    const lab = await createMemoryLab({ seed, scenario: labOf(SCENARIO, entry) })
    const events: LabEvent[] = []
    lab.engine.subscribe((event) => events.push(event))
    lab.pass(40)
    const isInOrder = [...lab.engine.state.rows.keys()].join() === '100,200,300'
    if (isInOrder) lab.pass(FOR_MS)
    await lab.engine.close()
    if (isInOrder) return serversIn(events)
  }
}

function serversIn(events: readonly LabEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === 'decision.made' && event.attempt === 1 ? (event.server ?? 'none') : [],
  )
}

/** What a compared lab chooses. */
async function chosenInComparedLab(lab: LabToPlay): Promise<string[]> {
  const chosen: string[] = []
  await playLab(lab, {
    played(_, choices) {
      chosen.push(...choices.map(({ server }) => server ?? 'none'))
      return true
    },
  })
  return chosen
}

describe('a compared lab', () => {
  it.each([IN_TURN, FEWEST])('chooses as the visible lab does: $name', async (entry) => {
    const chosen = await chosenInComparedLab({
      scenario: SCENARIO,
      compared: entry,
      forMs: FOR_MS,
    })
    expect(chosen.length).toBeGreaterThan(300)
    expect(chosen).toEqual(await chosenInVisibleLab(entry))
  })

  it('has the figures of a lab that keeps its messages, also where servers fail and leave', async () => {
    const [first, ...others] = SCENARIO.servers
    if (first === undefined) throw new Error('The scenario has servers.')
    const behaviour = settled(BEHAVIOUR.settings, { kind: 'crash', probability: 0.05, ms: 500 })
    const scenario = { ...SCENARIO, servers: [{ ...first, behaviour }, ...others] }
    const visible = await createMemoryLab({ inOrder: true, scenario: labOf(scenario, FEWEST) })
    const toPlay = { scenario, compared: FEWEST, forMs: 30_000 }
    const played = await playLab(toPlay, { played: () => true })
    while (visible.clock.now() < played.ms) {
      visible.pass(100)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const { metrics, rows, totals } = visible.engine.state
    await visible.engine.close()
    const { begun, answered, refused, lost } = totals.exchanges
    expect(refused + lost).toBeGreaterThan(0)
    expect(played.unfinished).toBe(begun - answered - refused - lost)
    expect(played.metrics).toEqual([...metrics])
    expect(played.servers.map(({ id, chosen }) => [id, chosen])).toEqual(
      [...rows.values()].map(({ server, chosen }) => [server, chosen]),
    )
  })

  it('has weights of its own', async () => {
    const weighted: ComparedPools = {
      name: 'By weight',
      pools: [{ policy: '111', algorithm: 'weighted-round-robin' }],
      servers: [{ id: '100', weight: 3 }],
    }
    const chosen = await chosenInComparedLab({
      scenario: SCENARIO,
      compared: weighted,
      forMs: FOR_MS,
    })
    const counts = ['100', '200', '300'].map((id) => chosen.filter((one) => one === id).length)
    const [heavy = 0, ...others] = counts
    for (const count of others) expect(heavy / count).toBeCloseTo(3, 1)
  })

  it('ends when everything has ended, and has no more time than it is given', async () => {
    const { labs } = await compared()
    for (const { ms, unfinished } of labs) {
      expect(unfinished).toBe(0)
      expect(ms).toBeGreaterThanOrEqual(20_000)
      expect(ms).toBeLessThan(40_000)
    }
  })

  it('gets the arrivals of a recording instead of its own traffic', async () => {
    const arrivals = {
      messages: ['one', 'other'].map((payload) => ({ client: '1', policy: POLICY, payload })),
      times: [10, 0, 25, 1, 25, 0, 400, 1],
    }
    const sent: number[] = []
    const lab = await playLab(
      { scenario: SCENARIO, compared: IN_TURN, forMs: FOR_MS, arrivals },
      {
        played(_, choices) {
          sent.push(...choices.map(({ sentAt }) => sentAt))
          return true
        },
      },
    )
    expect(sent).toEqual([10, 25, 25, 400])
    expect(lab.servers.map(({ chosen }) => chosen)).toEqual([2, 1, 1])
  })
})

describe('a comparison', () => {
  it('has the first message that gets another server, and each side’s reason', async () => {
    const { labs, difference } = await compared()
    const [inTurn, fewest] = await Promise.all(
      [IN_TURN, FEWEST].map((entry) =>
        chosenInComparedLab({ scenario: SCENARIO, compared: entry, forMs: FOR_MS }),
      ),
    )
    const first = inTurn?.findIndex((server, index) => server !== fewest?.[index]) ?? -1
    expect(difference).toMatchObject({
      client: 'client:1',
      number: first + 1,
      sides: [
        { lab: 0, server: inTurn?.[first], why: 'it was its turn' },
        { lab: 1, server: fewest?.[first] },
      ],
    })
    expect(labs.map(({ name }) => name)).toEqual(['In turn', 'Fewest in flight'])
    // The slow server gets a third in turn, and what its speed allows where the fewest in flight count.
    const slow = labs.map(({ servers }) => servers[2])
    expect(slow.map((server) => server?.label)).toEqual(['slow', 'slow'])
    expect(slow[0]?.chosen).toBeGreaterThan(2 * (slow[1]?.chosen ?? 0))
  })

  it('of the same pools has no difference, and the same figures', async () => {
    const { labs, difference } = await compared({
      compare: [IN_TURN, { ...IN_TURN, name: 'The same again' }],
    })
    const [one, other] = labs
    expect(difference).toBeNull()
    expect({ ...other, name: '' }).toEqual({ ...one, name: '' })
  })

  it('tells its progress, and nothing more once it is stopped', async () => {
    const told: string[] = []
    await new Promise<void>((resolve) => {
      const request = { scenario: SCENARIO, forMs: FOR_MS }
      const running = startComparison(request, startHere, ({ kind }) => {
        told.push(kind)
        if (told.length < 5) return
        running.stop()
        resolve()
      })
    })
    expect(new Set(told)).toEqual(new Set(['progress']))
    expect(told).toHaveLength(5)
  })

  it('has the result so far if it is ended before its time: all labs end at the same moment', async () => {
    const ofMs = 3_600_000
    const result = await new Promise<Comparison>((resolve) => {
      const request = { scenario: SCENARIO, forMs: ofMs }
      const running = startComparison(request, startHere, (update) => {
        if (update.kind === 'progress' && update.parts.every((part) => part * ofMs > 3_000)) {
          running.end()
        }
        if (update.kind === 'done') resolve(update.comparison)
      })
    })
    const { atMs = 0 } = result.stopped ?? {}
    expect(result.stopped).toEqual({ atMs, ofMs })
    expect(atMs).toBeLessThan(20_000)
    expect(result.labs.map(({ ms }) => ms)).toEqual([atMs, atMs])
    const [begun] = figureRows(result)
    expect(Number(begun?.values[0])).toBeGreaterThan(20)
    expect(begun?.ratios[1]).toBe('× 1.00')
  })

  it('that comes to its end before it is ended is whole', async () => {
    const { stopped } = await compared()
    expect(stopped).toBeUndefined()
  })
})

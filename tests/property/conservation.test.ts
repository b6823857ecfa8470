// The law of conservation: every message sent is answered once, or reported once as lost with a
// reason; every packet is delivered or dropped; whatever servers, clients and actions on held
// packets do meanwhile.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../src/main/engine/clock/manual-clock'
import { createRandom } from '../../src/main/engine/clock/random'
import { createEngine } from '../../src/main/engine/index'
import { createMemoryNetwork } from '../../src/main/engine/net/memory-network'
import type { LabEvent } from '../../src/shared/events'
import { INITIAL_STATE, reduce } from '../../src/shared/state/reduce'
import { playCrowded } from './crowded-run'
import { checkBytes, checkHolds } from './hand'
import { checkLaws, play, settleAll } from './random-run'
import { checkResilience } from './resilience'

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 })

describe('conservation', () => {
  it('answers or accounts for every message once, over random schedules', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const run = await play(seed)
        checkLaws(run)
        checkBytes(run)
      }),
      { numRuns: 100 },
    )
  })

  it('does so with queues, retries, limits, breakers and health checks, all at once and changing', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const run = await playCrowded(seed)
        checkLaws(run)
        checkBytes(run)
        checkResilience(run)
      }),
      { numRuns: 100 },
    )
  })

  it('does so whatever is done to packets by hand: held, released, dropped, edited, sent twice', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const run = await play(seed, { byHand: true })
        checkLaws(run, { byHand: true })
        checkBytes(run)
        checkHolds(run)
      }),
      { numRuns: 150 },
    )
  })
})

/** What the other algorithms would choose and what comes next is computed without any effect. */
it('makes the same choices while somebody looks', async () => {
  const choicesOf = ({ events }: Awaited<ReturnType<typeof play>>) =>
    events.flatMap((event) => {
      if (event.type !== 'decision.made') return []
      const { at, exchange, attempt, server, reason, next } = event
      return [{ at, exchange, attempt, server, reason, next }]
    })
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const watched = await play(seed, { looks: true })
      expect(choicesOf(watched)).toEqual(choicesOf(await play(seed)))
      const first = watched.events.find((event) => event.type === 'decision.made' && event.server)
      if (first) expect(first).toHaveProperty('others')
    }),
    { numRuns: 25 },
  )
})

/** The state is a reduction of the events. */
it('has a state that is rebuilt from the events alone', async () => {
  const clock = createManualClock()
  const network = createMemoryNetwork({ random: createRandom(7) })
  const events: LabEvent[] = []
  const engine = await createEngine({
    network,
    createClock: () => clock,
    proxyPort: 0,
    latencyMs: 5,
  })
  const start = engine.state
  engine.subscribe((event) => events.push(event))
  settleAll(clock, network)
  await engine.execute({ type: 'sendAll' })
  settleAll(clock, network)
  expect(engine.state.totals.exchanges.answered).toBe(6)
  expect(reduce(start, events)).toEqual(engine.state)
  expect(INITIAL_STATE.nodes.size).toBe(0)
})

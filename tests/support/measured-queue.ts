// A queue of the theory in the whole engine: a client sends messages by chance through the proxy to servers that work on them,
// over the network in memory and on a clock by hand. The figures are those that the engine reports about each second.
import { createMemoryLab } from '../../src/main/engine/memory-lab'
import { countIn, type SparseCounts, timeOf } from '../../src/shared/metrics/histogram'
import type { MetricsSeries } from '../../src/shared/metrics/series'
import { latenciesOver } from '../../src/shared/metrics/stretches'
import { checkScenario } from '../../src/shared/scenario-file'
import { arrivalsPerMs, type Model } from './queueing-theory'

export interface Run {
  readonly messages: number
  readonly seed: number
  /**
   * `server`: one server works on several messages at once, and has the queue. `proxy`: each server works on one, and they
   * share the proxy's queue.
   */
  readonly queueAt: 'server' | 'proxy'
}

export interface Measured {
  readonly waiting: SparseCounts
  readonly whole: SparseCounts
  readonly answered: number
  readonly meanWaitingMs: number
  readonly meanWholeMs: number
}

const ENDLESS = 100_000
/** As many as can be: hardly one of them has two messages out. */
const CROWD = 200

export async function measureQueue(model: Model, run: Run): Promise<Measured> {
  const scenario = scenarioFor(model, run)
  const { engine, rest } = await createMemoryLab({
    scenario,
    isRecorded: false,
    keepsMessages: false,
    inOrder: true,
  })
  rest()
  const all = engine.state.metrics.get('all ')
  await engine.close()
  if (all === undefined) throw new Error('The engine has reported nothing.')
  return measured(all)
}

export function scenarioFor({ service, serviceMs, servers, ...model }: Model, run: Run) {
  const perServer = run.queueAt === 'server' ? servers : 1
  const work = {
    ms: serviceMs,
    distribution: service,
    atOnce: perServer,
    queue: ENDLESS,
  }
  const checked = checkScenario(
    {
      format: 'roundabout-scenario',
      version: 5,
      seed: run.seed,
      latencyMs: 0,
      pools: [{ policy: '111', queue: { max: 10_000, timeoutMs: 3_600_000 } }],
      servers: Array.from({ length: servers / perServer }, (_, index) => ({
        id: `${100 + index}`,
        policy: '111',
        // On one connection, answers go in the order of the messages: one that is ready early would wait for those before it.
        keepConnection: perServer === 1,
        work,
        ...(run.queueAt === 'proxy' && { maxConnections: 1 }),
      })),
      clients: [{ id: '1', policy: '111', payload: 'x' }],
      traffic: [
        {
          client: '1',
          pattern: 'poisson',
          perSecond: 1000 * arrivalsPerMs({ service, serviceMs, servers, ...model }),
          messages: run.messages,
          // For the same reason.
          clients: servers === 1 ? 1 : CROWD,
        },
      ],
    },
    'Theory',
  )
  if (!checked.ok) throw new Error(checked.error)
  return checked.scenario
}

function measured({ stretches }: MetricsSeries): Measured {
  const all = latenciesOver(stretches, 0, Number.POSITIVE_INFINITY)
  if (all === undefined) throw new Error('No message was answered.')
  return figuresOf(all.queue, all.whole)
}

export function figuresOf(waiting: SparseCounts, whole: SparseCounts): Measured {
  return {
    waiting,
    whole,
    answered: countIn(whole),
    meanWaitingMs: meanOf(waiting),
    meanWholeMs: meanOf(whole),
  }
}

function meanOf(sparse: SparseCounts): number {
  let sum = 0
  for (let place = 0; place < sparse.length; place += 2) {
    sum += timeOf(sparse[place] ?? 0) * (sparse[place + 1] ?? 0)
  }
  return sum / countIn(sparse)
}

// Plays a scenario until every message has ended or its time is over: in memory, as fast as the machine goes, or on real
// sockets in real time.
import { setTimeout as wait } from 'node:timers/promises'
import type { Command as LabCommand } from '../../../shared/commands'
import { DEFAULT_SEED } from '../../../shared/limits'
import { EMPTY_POOL, type Scenario } from '../../../shared/scenario'
import { createEngine, createMemoryLab, type Engine } from '../../engine/index'
import { LabOutcome, type OutcomeSummary } from './outcome'

interface PlayOptions {
  readonly forMs: number
  readonly isReal: boolean
  readonly keepsDecisions: boolean
  readonly stopped: AbortSignal
}

export interface PlayedSummary extends OutcomeSummary {
  readonly scenario: string
  readonly seed: number
  /** The end of the last message; all of the time if it was not enough. */
  readonly simulatedMs: number
}

interface Player {
  readonly engine: Engine
  /** Lets this much simulated time pass. */
  pass(ms: number): Promise<void>
}

/** After this much time: is everything over? */
const STEP_MS = 100
/** Messages wait for the servers' registrations, unless one of them does not come. */
const REGISTRATION_LIMIT_MS = 10_000

/** Nothing in the scenario stops the time: it runs, and holds no packet. */
export async function playScenario(
  { breakpoints: _breakpoints, compare: _compare, places: _places, ...others }: Scenario,
  { forMs, isReal, keepsDecisions, stopped }: PlayOptions,
): Promise<PlayedSummary> {
  const scenario = { ...others, paused: false }
  const player = isReal ? await realPlayer(scenario) : await memoryPlayer()
  const { engine } = player
  const outcome = new LabOutcome(keepsDecisions)
  const unsubscribe = engine.subscribe((event) => outcome.apply(event))
  try {
    await execute(engine, { type: 'openScenario', scenario })
    let at = await begin(player, scenario)
    while (at < forMs && !stopped.aborted && !hasEnded(engine, outcome)) {
      const step = Math.min(STEP_MS, forMs - at)
      await player.pass(step)
      at += step
    }
    const simulatedMs = hasEnded(engine, outcome) ? outcome.endedAt : at
    const { name, seed = DEFAULT_SEED } = scenario
    return { scenario: name, seed, simulatedMs, ...outcome.summary() }
  } finally {
    unsubscribe()
    await engine.close()
  }
}

/** Starts the clients' traffic. Without any, each client sends its message once. Returns the time that has passed. */
async function begin({ engine, pass }: Player, { servers, clients }: Scenario): Promise<number> {
  const isQuiet = clients.every(({ traffic = 'off' }) => traffic === 'off')
  const expected = servers.filter(({ stopped = false }) => !stopped).length
  let at = 0
  while (engine.state.rows.size < expected && at < REGISTRATION_LIMIT_MS) {
    await pass(STEP_MS)
    at += STEP_MS
  }
  if (isQuiet && clients.length > 0) await execute(engine, { type: 'sendAll' })
  for (const { id, role, traffic = 'off', sending = false } of engine.state.nodes.values()) {
    if (role === 'client' && traffic !== 'off' && !sending) {
      await execute(engine, { type: 'startTraffic', client: id })
    }
  }
  return at
}

function hasEnded(engine: Engine, outcome: LabOutcome): boolean {
  if (!outcome.hasEnded) return false
  return [...engine.state.nodes.values()].every(
    ({ sending = false, queued = 0 }) => !sending && queued === 0,
  )
}

async function execute(engine: Engine, command: LabCommand): Promise<void> {
  const result = await engine.execute(command)
  if (!result.ok) throw new Error(result.error)
}

async function memoryPlayer(): Promise<Player> {
  const lab = await createMemoryLab({ isRecorded: false, inOrder: true })
  return {
    engine: lab.engine,
    async pass(ms) {
      lab.pass(ms)
      // Servers that restart listen again only after a turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

async function realPlayer({ speed = 1 }: Scenario): Promise<Player> {
  const engine = await createEngine({ proxyPort: 0, scenario: EMPTY_POOL, isRecorded: false })
  return { engine, pass: (ms) => wait(ms / speed) }
}

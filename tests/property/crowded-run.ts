// One random run of the whole engine in which few servers have many clients, and their policy changes all the time what it
// does about failures and limits. A seed determines the run.
import { createManualClock } from '../../src/main/engine/clock/manual-clock'
import { createRandom, type Random } from '../../src/main/engine/clock/random'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { createMemoryNetwork } from '../../src/main/engine/net/memory-network'
import type { LabEvent } from '../../src/shared/events'
import type { Scenario } from '../../src/shared/scenario'
import { type SettledOf, settled } from '../../src/shared/settings/derive'
import { TRAFFIC } from '../../src/shared/settings/features/traffic'
import { POOL_SETTINGS, type PoolValues } from '../../src/shared/settings/pool'
import { SERVER_SETTINGS } from '../../src/shared/settings/server'
import { tapNetwork } from '../support/tap'
import { actionsOnLinks, takeFaultsOut } from './faults'
import { createOutsideClient, type OutsideClient } from './outside-client'
import { createOutsideServer, SERVER_MANNERS } from './outside-server'
import { type Run, settleAll } from './random-run'

type ServerValues = SettledOf<typeof SERVER_SETTINGS>

const POLICY = '111'
const SCENARIO: Scenario = {
  name: 'Crowded',
  servers: ['1', '2', '3'].map((id) => ({ id, policy: POLICY, maxConnections: 2 })),
  clients: ['1', '2', '3'].map((id) => ({ id, policy: POLICY, payload: 'xyz' })),
}
/** Before this step, links get faults of all kinds. */
const ALL_FAULTS_AT = 25
const BAD_MANNERS = SERVER_MANNERS.filter((manner) => manner !== 'good')

/**
 * `faults`: links have faults that come and go, in the middle of the run all kinds at once. `traffic`: each client, or a crowd of
 * them, sends by itself as well.
 */
export async function playCrowded(
  seed: number,
  { faults = false, traffic = false } = {},
): Promise<Run> {
  const random = createRandom(seed)
  const draw = <const T>(...from: T[]): T => from[random.integer(from.length)] as T
  const clock = createManualClock()
  const network = createMemoryNetwork({ random: createRandom(seed, 'network') })
  const tap = tapNetwork(network)
  const events: LabEvent[] = []
  const engine = await createEngine({
    network: tap.network,
    createClock: () => clock,
    proxyPort: 0,
    latencyMs: draw(5, 50, 300),
    scenario: SCENARIO,
  })
  engine.subscribe((event) => events.push(event))
  const peers = { network, proxy: engine.proxy, random, clock }
  const clients: OutsideClient[] = []
  const removed = new Set<string>()
  let lastId = 1_000

  const nodes = (role: 'client' | 'server') =>
    [...engine.state.nodes.keys()].filter((id) => id.includes(`${role}:`))
  const any = (ids: readonly string[]) => (ids.length === 0 ? undefined : draw(...ids))
  const pool = (settings: Partial<PoolValues>) =>
    engine.execute({ type: 'updatePool', policy: POLICY, ...settings })
  const features = featuresOf(random)
  const everything = () => pool(Object.assign({}, ...features.map((feature) => feature())))
  const serverSettings = () => ({
    maxConnections: draw(0, 1, 1, 2, 2),
    backup: random.integer(4) === 0,
    drain: random.integer(6) === 0,
    weight: draw(1, 5),
  })
  const work = () =>
    draw<ServerValues['work']>('off', {
      ms: draw(0, 20, 400, 3_000),
      distribution: draw(...SERVER_SETTINGS.work.settings.distribution.options).value,
      atOnce: draw(1, 2, 5),
      queue: draw(0, 1, 100),
    })
  const behaviour = () =>
    draw<ServerValues['behaviour']>('off', {
      kind: draw(...SERVER_SETTINGS.behaviour.settings.kind.options).value,
      probability: draw(1, 0.5),
      fromMs: draw(0, 500),
      untilMs: draw(0, 3_000),
      every: draw(1, 2),
      first: draw(0, 3),
      ms: draw(0, 700, 12_000),
    })
  const burst = () => {
    const client = any(nodes('client').filter((id) => !id.startsWith('outside')))
    if (client === undefined) return undefined
    return engine.execute({ type: 'sendMessage', client, policy: POLICY, count: draw(1, 4, 12) })
  }
  const pass = () => {
    clock.advance(draw(1, 40, 300, 1_500))
    network.settle()
  }

  const onLinks = actionsOnLinks(engine, random)
  const actions: (() => unknown)[] = [
    burst,
    burst,
    burst,
    pass,
    pass,
    pass,
    pass,
    () => network.settle(),
    everything,
    ...features.map((feature) => () => pool(feature())),
    () => pool({ algorithm: draw(...POOL_SETTINGS.algorithm.options).value }),
    () => {
      const node = any(nodes('server'))
      return node && engine.execute({ type: 'updateServer', node, ...serverSettings() })
    },
    () => {
      const node = any(nodes('server').filter((id) => !id.startsWith('outside')))
      return (
        node && engine.execute({ type: 'updateServer', node, keepConnection: draw(true, false) })
      )
    },
    () => {
      const node = any(nodes('server').filter((id) => !id.startsWith('outside')))
      return node && engine.execute({ type: 'updateServer', node, work: work() })
    },
    () => {
      const node = any(nodes('server').filter((id) => !id.startsWith('outside')))
      if (node === undefined) return undefined
      const stopped = random.integer(4) === 0
      return engine.execute({ type: 'updateServer', node, stopped, behaviour: behaviour() })
    },
    () => {
      if (nodes('server').length < 6) return engine.execute({ type: 'addServer', policy: POLICY })
      const node = any(nodes('server'))
      removed.add(node ?? '')
      return node && engine.execute({ type: 'removeNode', node })
    },
    () => {
      if (nodes('client').length < 4) return engine.execute({ type: 'addClient', policy: POLICY })
      const node = any(nodes('client'))
      removed.add(node ?? '')
      return node && engine.execute({ type: 'removeNode', node })
    },
    () =>
      createOutsideServer(peers, {
        id: String(++lastId),
        policy: POLICY,
        manner: draw(...BAD_MANNERS),
      }),
    () => {
      const manner = draw('stays', 'half-closes', 'leaves', 'leaves')
      clients.push(
        createOutsideClient(peers, {
          id: String(++lastId),
          policy: POLICY,
          count: draw(1, 6),
          manner,
        }),
      )
    },
    () => engine.execute({ type: draw('pause', 'resume', 'resume') }),
    ...(faults ? onLinks.single : []),
  ]
  settleAll(clock, network)
  await everything()
  if (traffic) await startTraffic(engine, createRandom(seed, 'traffic'))
  for (let step = 0; step < 70; step++) {
    if (faults && step === ALL_FAULTS_AT) await onLinks.all()
    await draw(...actions)()
  }

  await engine.execute({ type: 'resume' })
  if (faults) await takeFaultsOut(engine)
  // These happen again and again, so that the run would not come to rest.
  await pool({ checks: 'off', outliers: 'off', slowStart: 'off' })
  settleAll(clock, network)
  for (const client of clients) client.close()
  settleAll(clock, network)
  const atRest = events.length
  await pool({ algorithm: 'least-connections' })
  await engine.execute({ type: 'addClient', policy: POLICY })
  await engine.execute({ type: 'sendAll' })
  settleAll(clock, network)
  const paused = { steps: 0, writes: 0, delivered: 0 }
  return { engine, events, clients, tap, atRest, removed, paused }
}

async function startTraffic(engine: Engine, random: Random): Promise<void> {
  const draw = <const T>(...from: T[]): T => from[random.integer(from.length)] as T
  for (const { id } of SCENARIO.clients) {
    const client = `client:${id}`
    const traffic = settled(TRAFFIC.settings, {
      pattern: draw('constant', 'poisson', 'bursts', 'ramp', 'sine', 'closed-loop'),
      perSecond: draw(1, 8),
      burst: 4,
      thinkMs: 300,
      messages: 12,
      clients: draw(1, 5),
    })
    await engine.execute({ type: 'updateClient', node: client, traffic })
    await engine.execute({ type: 'startTraffic', client })
  }
}

function featuresOf(random: Random): (() => Partial<PoolValues>)[] {
  const draw = <const T>(...from: T[]): T => from[random.integer(from.length)] as T
  const flag = () => random.integer(2) === 0
  const orOff = <T>(values: T): T | 'off' => (random.integer(4) === 0 ? 'off' : values)
  return [
    () => ({ queue: orOff({ max: draw(1, 3, 50), timeoutMs: draw(10, 700, 5_000) }) }),
    () => ({
      retries: orOff({
        max: draw(0, 1, 3, 9),
        to: draw('other', 'same'),
        on: draw('unreachable', 'closed', 'failed'),
        idempotent: random.integer(4) === 0,
        backoffMs: draw(0, 25, 1_000),
        budgetPercent: draw(0, 20, 100),
      }),
    }),
    () => ({
      limits: orOff({
        maxInFlight: draw(4, 9, 1_024, 1_024),
        maxWaiting: draw(0, 4, 1_024),
        maxRetries: draw(0, 1, 3),
      }),
    }),
    () => ({
      breaker: orOff({
        messages: draw(1, 3),
        failurePercent: draw(1, 50, 100),
        openMs: draw(10, 3_000),
        trials: draw(1, 3),
      }),
    }),
    () => ({
      health: orOff({ maxFails: draw(1, 3), failTimeoutMs: draw(500, 5_000), answers: flag() }),
    }),
    () => ({
      checks: orOff({
        way: draw('connect', 'message'),
        intervalMs: draw(100, 2_000),
        fall: draw(1, 3),
        rise: draw(1, 2),
        outside: flag(),
        errorLimit: draw(0, 2),
      }),
    }),
    () => ({
      outliers: orOff({
        consecutiveErrors: draw(1, 3),
        intervalMs: draw(500, 5_000),
        baseEjectionMs: draw(500, 5_000),
        maxEjectionMs: 10_000,
        maxPercent: draw(0, 50, 100),
        alwaysOne: flag(),
      }),
    }),
    () => ({
      slowStart: orOff({
        way: draw('haproxy', 'envoy'),
        windowMs: draw(1_000, 5_000),
        aggression: 1,
        minPercent: 10,
      }),
    }),
    () => ({ panicPercent: draw(0, 0, 50, 100), backups: draw('nginx', 'haproxy') }),
  ]
}

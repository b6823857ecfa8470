// One random run of the whole engine, on the network in memory and a manual clock, so that a seed
// determines the run; and the laws for every run: each message is answered or reported as lost
// once, each packet is delivered or dropped.
import { expect } from 'vitest'
import { createManualClock } from '../../src/main/engine/clock/manual-clock'
import { createRandom, type Random } from '../../src/main/engine/clock/random'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { createMemoryNetwork } from '../../src/main/engine/net/memory-network'
import { partsOfEvent } from '../../src/shared/carried'
import type { LabEvent } from '../../src/shared/events'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { POOL_SETTINGS } from '../../src/shared/settings/pool'
import { type Tap, tapNetwork } from '../support/tap'
import { actionsOnLinks, takeFaultsOut } from './faults'
import { actionsOfTheHand } from './hand'
import { compareLoads } from './loads'
import { createOutsideClient, type OutsideClient } from './outside-client'
import { createOutsideServer, SERVER_MANNERS } from './outside-server'

const POLICIES = ['111', '222', '333'] as const

/** Before this step, links get faults of all kinds. */
const ALL_FAULTS_AT = 25

export interface Run {
  engine: Engine
  events: LabEvent[]
  clients: OutsideClient[]
  tap: Tap
  /** The number of events when nothing was in flight, before the messages for `sendToTheLeastLoaded`. */
  atRest: number
  /** Nodes that were removed during the run. */
  removed: ReadonlySet<string>
  /** Events during all steps that began while paused, with the sockets settled. */
  paused: { steps: number; writes: number; delivered: number }
}

/**
 * Performs one random run to its end. `byHand`: packets are also held, edited, dropped and
 * duplicated. `faults`: links have faults that come and go, in the middle of the run all kinds at once. `looks`: a screen looks at every policy.
 */
export async function play(
  seed: number,
  { byHand = false, looks = false, faults = false } = {},
): Promise<Run> {
  const random = createRandom(seed)
  const clock = createManualClock()
  const network = createMemoryNetwork({ random: createRandom(seed, 'network') })
  const tap = tapNetwork(network)
  const events: LabEvent[] = []
  const latencyMs = pick(random, [0, 0, 5, 600])
  const engine = await createEngine({
    network: tap.network,
    createClock: () => clock,
    proxyPort: 0,
    latencyMs,
    scenario: EMPTY_POOL,
  })
  engine.subscribe((event) => {
    events.push(event)
    if (event.type === 'decision.made') compareLoads(engine, event)
  })
  if (looks) {
    const look = { type: 'look', pictures: POLICIES, others: POLICIES }
    await engine.openScreen('viewer').execute(look)
  }
  const peers = { network, proxy: engine.proxy, random, clock }
  const clients: OutsideClient[] = []
  const removed = new Set<string>()
  let lastId = 1_000

  const onLinks = actionsOnLinks(engine, random)
  const actions: (() => unknown)[] = [
    () => engine.execute({ type: 'addServer', policy: pick(random, POLICIES) }),
    () => engine.execute({ type: 'addClient', policy: pick(random, POLICIES) }),
    () =>
      createOutsideServer(peers, {
        id: String(++lastId),
        policy: pick(random, POLICIES),
        manner: pick(random, SERVER_MANNERS),
      }),
    () => {
      clients.push(
        createOutsideClient(peers, {
          id: String(++lastId),
          policy: pick(random, POLICIES),
          count: 1 + random.integer(5),
          manner: pick(random, ['stays', 'half-closes', 'leaves'] as const),
        }),
      )
    },
    () => send(engine, random),
    () => send(engine, random),
    () => engine.execute({ type: 'sendAll' }),
    () => removeSomething(engine, random, removed),
    () => keepSomething(engine, random),
    () => balanceAnew(engine, random),
    () => engine.execute({ type: random.integer(2) === 0 ? 'pause' : 'resume' }),
    () => engine.execute({ type: 'updateLinks', latencyMs: pick(random, [0, 5, 600]) }),
    () => {
      // Now and then; a node that is removed does not get what was on its way to it.
      if (random.integer(3) > 0) return
      for (const { node } of clients) removed.add(node)
      return engine.execute({ type: 'reset' })
    },
    () => clock.advance(random.integer(3_000)),
    () => network.settle(),
    () => network.settle(),
    ...(byHand ? actionsOfTheHand(engine, random) : []),
    ...(faults ? onLinks.single : []),
  ]
  const paused = { steps: 0, writes: 0, delivered: 0 }
  for (let step = 0; step < 60; step++) {
    if (faults && step === ALL_FAULTS_AT) await onLinks.all()
    const wasPaused = clock.paused
    if (wasPaused) network.settle()
    const before = { events: events.length, writes: tap.writes }
    await pick(random, actions)()
    if (random.integer(2) === 0 || wasPaused) network.settle()
    if (!wasPaused || !clock.paused) continue
    paused.steps++
    paused.writes += tap.writes - before.writes
    for (const { type } of events.slice(before.events).flatMap(partsOfEvent)) {
      if (type === 'packet.delivered') paused.delivered++
    }
  }

  await engine.execute({ type: 'resume' })
  if (byHand) await letEverythingGo(engine, clock, network)
  if (faults) await takeFaultsOut(engine)
  settleAll(clock, network)
  for (const client of clients) client.close()
  settleAll(clock, network)
  if (byHand || faults) await removeClients(engine)
  settleAll(clock, network)
  const atRest = events.length
  await sendToTheLeastLoaded(engine)
  settleAll(clock, network)
  return { engine, events, clients, tap, atRest, removed, paused }
}

/** Removes the breakpoints, then releases packets until none is held. */
async function letEverythingGo(
  engine: Engine,
  clock: ReturnType<typeof createManualClock>,
  network: ReturnType<typeof createMemoryNetwork>,
): Promise<void> {
  for (const id of engine.state.breakpoints.keys()) {
    await engine.execute({ type: 'removeBreakpoint', id })
  }
  // Less than a reply limit, because limits do not run while an answer is held.
  for (let turn = 0; turn < 10; turn++) {
    network.settle()
    clock.advance(900)
    await engine.execute({ type: 'releaseAll' })
  }
}

/**
 * A client whose message or answer was edited to something else waits until its connection ends.
 */
async function removeClients(engine: Engine): Promise<void> {
  for (const node of insideNodes(engine, 'client'))
    await engine.execute({ type: 'removeNode', node })
}

export function checkLaws(
  { engine, events, clients, atRest, removed }: Run,
  { byHand = false, faults = false } = {},
): void {
  const begun = new Set<number>()
  const finished = new Map<number, number>()
  const ended = new Map<number, number>()
  /** Exchanges and clients that must have a verdict. */
  const verified: string[] = []
  const answered: string[] = []
  /** Exchanges that the counters must include. */
  let counted = 0
  for (const event of events.flatMap(partsOfEvent)) {
    if (event.type === 'packet.sent') {
      ended.set(event.packet, 0)
      if (event.packet === event.exchange) {
        begun.add(event.exchange)
        counted++
      }
    }
    if (event.type === 'scenario.reset') {
      expect([...begun].filter((exchange) => !finished.has(exchange))).toEqual([])
      counted = 0
    }
    if (event.type === 'packet.delivered' || event.type === 'packet.dropped') {
      ended.set(event.packet, (ended.get(event.packet) ?? 0) + 1)
    }
    if (event.type === 'answer.verified') verified.push(`${event.exchange} ${event.node}`)
    if (event.type === 'exchange.finished') {
      if (event.outcome !== 'lost') answered.push(`${event.exchange} ${event.client}`)
      finished.set(event.exchange, (finished.get(event.exchange) ?? 0) + 1)
      // A server refuses by itself what was edited into no message; the proxy says for what reason it refuses.
      const isOfServer = event.outcome === 'refused' && event.server !== null
      expect(event.outcome === 'answered' || isOfServer).toBe(event.reason === null)
    }
  }
  expect([...begun].filter((exchange) => finished.get(exchange) !== 1)).toEqual([])
  expect([...finished.keys()].filter((exchange) => !begun.has(exchange))).toEqual([])
  expect(verified).toEqual(answered)
  expect([...ended].filter(([, times]) => times !== 1)).toEqual([])
  expect(events.map(({ seq }) => seq)).toEqual(
    events.map((_, index) => (events[0]?.seq ?? 1) + index),
  )

  for (const policy of POLICIES) {
    const first = events.slice(atRest).find((event) => {
      return event.type === 'decision.made' && event.policy === policy
    })
    if (first?.type !== 'decision.made' || first.reason?.by !== 'least-connections') continue
    expect(first.reason.compared.filter(({ inFlight }) => inFlight !== 0)).toEqual([])
  }

  const { totals, inFlight, connections } = engine.state
  expect(inFlight.size).toBe(0)
  expect(totals.exchanges.begun).toBe(counted)
  const { exchanges } = totals
  expect(exchanges.answered + exchanges.refused + exchanges.lost).toBe(counted)
  const sent = totals.sent.reduce((sum, count) => sum + count)
  expect(totals.delivered + totals.dropped).toBe(sent)
  const open = [...connections.values()].filter(({ from }) => from.startsWith('outside'))
  expect(open).toEqual([])

  if (byHand || faults) return
  for (const client of clients) if (!removed.has(client.node)) client.check()
}

function send(engine: Engine, random: Random): unknown {
  const client = pickAny(random, insideNodes(engine, 'client'))
  if (client === undefined) return undefined
  return engine.execute({
    type: 'sendMessage',
    client,
    policy: pick(random, POLICIES),
    count: 1 + random.integer(4),
  })
}

function removeSomething(engine: Engine, random: Random, removed: Set<string>): unknown {
  const nodes = [...engine.state.nodes.keys()].filter((node) => node !== 'proxy')
  const node = pickAny(random, nodes)
  if (node === undefined) return undefined
  removed.add(node)
  return engine.execute({ type: 'removeNode', node })
}

function keepSomething(engine: Engine, random: Random): unknown {
  const node = pickAny(random, insideNodes(engine, 'server'))
  if (node === undefined) return undefined
  return engine.execute({ type: 'updateServer', node, keepConnection: random.integer(2) === 0 })
}

/** Another algorithm for a policy, or another weight for a server, whatever is in flight. */
function balanceAnew(engine: Engine, random: Random): unknown {
  const node = pickAny(random, insideNodes(engine, 'server'))
  if (node !== undefined && random.integer(2) === 0) {
    return engine.execute({ type: 'updateServer', node, weight: 1 + random.integer(9) })
  }
  const algorithm = pick(random, POOL_SETTINGS.algorithm.options).value
  return engine.execute({ type: 'updatePool', policy: pick(random, POLICIES), algorithm })
}

/** A message for each policy at rest, whose decision says what the proxy believes to be in flight. */
async function sendToTheLeastLoaded(engine: Engine): Promise<void> {
  for (const policy of POLICIES) {
    await engine.execute({ type: 'updatePool', policy, algorithm: 'least-connections' })
    await engine.execute({ type: 'addClient', policy })
  }
  await engine.execute({ type: 'sendAll' })
}

function insideNodes(engine: Engine, role: 'client' | 'server'): string[] {
  return [...engine.state.nodes.keys()].filter((node) => node.startsWith(`${role}:`))
}

export function settleAll(
  clock: ReturnType<typeof createManualClock>,
  network: ReturnType<typeof createMemoryNetwork>,
): void {
  network.settle()
  for (let turn = 0; clock.pending > 0; turn++) {
    if (turn > 10_000) throw new Error('The run does not come to rest.')
    const due = clock.nextDueAt() ?? clock.now()
    clock.advance(due - clock.now())
    network.settle()
  }
}

function pickAny<T>(random: Random, from: readonly T[]): T | undefined {
  return from.length === 0 ? undefined : pick(random, from)
}

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.integer(from.length)] as T
}

// Stories for tests of what is made of events: told by a whole engine, and made up.
import fc from 'fast-check'
import type { LabEvent, Node } from '../../src/shared/events'
import { composeClientMessage, composeRegistration } from '../../src/shared/protocol/compose'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { FAULT_SETTINGS } from '../../src/shared/settings/fault'
import { DEFAULTS } from '../../src/shared/state/pool'
import type { State } from '../../src/shared/state/state'
import { exchangeBodies, ids, nodeIds } from './exchange-bodies'
import {
  type MadeUp,
  packetCarried,
  packetEnd,
  packetHold,
  packetSent,
  type SoFar,
  ways,
} from './packet-bodies'
import { policyBodies } from './policy-bodies'
import { rowBodies } from './row-bodies'
import { valuesOfAll } from './settings'
import { createTestLab } from './test-lab'

export interface Story {
  /** The state before the first event, and after the last. */
  start: State
  events: readonly LabEvent[]
  end: State
}

const BY_HAND = { ms: 0, distribution: 'by-hand', atOnce: 1, queue: 100 } as const

/**
 * A lesson: the classic pool, outside programs, a dead server, faults, a pause, a removal, a reset, and messages that wait for a
 * person.
 */
export async function tellRealStory(seed: number): Promise<Story> {
  const lab = await createTestLab({ seed, scenario: CLASSIC_POOL, latencyMs: 600 })
  const start = lab.engine.state
  const { engine } = lab
  lab.rest()
  await engine.execute({ type: 'sendAll' })
  lab.pass(900)
  const outside = lab.program()
  outside.send(composeRegistration('700', '111', 5_999), composeClientMessage('50', '111', 'hello'))
  outside.send('no message at all', composeClientMessage('50', '999', 'nobody'))
  await engine.execute({ type: 'sendMessage', client: 'client:2', count: 7 })
  lab.pass(700)
  await engine.execute({ type: 'pause' })
  await engine.execute({ type: 'updateLinks', latencyMs: 5 })
  await engine.execute({ type: 'updateServer', node: 'server:300', keepConnection: true })
  await engine.execute({ type: 'removeNode', node: 'server:100' })
  await engine.execute({ type: 'resume' })
  lab.rest()
  await engine.execute({ type: 'sendAll' })
  lab.pass(12)
  await engine.execute({ type: 'reset' })
  lab.rest()
  await engine.execute({ type: 'sendAll' })
  lab.rest()
  await engine.execute({ type: 'addServer', id: '701', policy: '999', work: BY_HAND })
  lab.rest()
  await engine.execute({ type: 'sendMessage', client: 'client:2', policy: '999', count: 3 })
  lab.pass(100)
  const exchange = engine.state.nodes.get('server:701')?.byHand?.awaited[0]?.exchange ?? 0
  await engine.execute({ type: 'answerByHand', server: 'server:701', exchange, payload: 'no idea' })
  lab.pass(100)
  return { start, events: lab.events, end: engine.state }
}

const changes = fc.record({ number: fc.nat(9), label: fc.string() })
const nodes: fc.Arbitrary<Node> = nodeIds.map((id) => ({
  id,
  role: id === 'proxy' ? 'proxy' : 'server',
  origin: 'inside',
  ...(id === 'proxy' ? {} : { protocolId: id.slice('server:'.length) }),
}))

/** Makes up an event; packets and connections are drawn from those so far, and some that never were. */
const steps: fc.Arbitrary<MadeUp> = fc
  .oneof(
    fc.record({
      type: fc.constantFrom('node.added' as const, 'node.changed' as const),
      node: nodes,
    }),
    fc.record({ type: fc.constant('node.removed' as const), id: nodeIds }),
    ...repeat(5, packetSent()),
    ...repeat(2, packetCarried()),
    ...repeat(4, packetEnd()),
    ...repeat(3, packetHold()),
    fc.record({
      type: fc.constant('breakpoint.set' as const),
      breakpoint: fc.record({
        id: ids,
        filter: fc.constant('type:0'),
        once: fc.boolean(),
        enabled: fc.boolean(),
      }),
    }),
    fc.record({ type: fc.constant('breakpoint.removed' as const), breakpoint: ids }),
    fc.record({
      type: fc.constant('bookmark.set' as const),
      bookmark: fc.record({ id: ids, at: fc.nat(9_000), seq: ids, caption: fc.constant('Here') }),
    }),
    fc.record({ type: fc.constant('bookmark.removed' as const), bookmark: ids }),
    fc
      .tuple(ids, fc.constantFrom('server:100', 'client:1'), valuesOfAll(FAULT_SETTINGS))
      .map(([id, link, values]) => ({
        type: 'fault.set' as const,
        fault: { id, link, ...values },
      })),
    fc.record({
      type: fc.constant('packet.harmed' as const),
      packet: ids,
      harms: fc.constant([{ fault: 'loss' as const, ms: 600, count: 2 }]),
    }),
    fc.record({
      type: fc.constant('packet.hastened' as const),
      packet: ids,
      dueAt: fc.nat(9_000),
      harms: fc.constant([{ fault: 'latency' as const, ms: 40, count: 1 }]),
    }),
    fc.record({ type: fc.constant('fault.removed' as const), fault: ids }),
    fc.tuple(ids, ways).map(
      ([port, way]): MadeUp =>
        ({ connections }) => ({
          type: 'connection.opened',
          connection: connections + 1,
          ...way,
          fromPort: port,
          toPort: port,
          fromAddress: '127.0.0.1',
          toAddress: '127.0.0.1',
        }),
    ),
    fc.tuple(ids, nodeIds).map(
      ([age, node]): MadeUp =>
        ({ connections }) => ({
          type: 'connection.closed',
          connection: connections + 1 - age,
          node,
        }),
    ),
    ...rowBodies,
    fc.record({
      type: fc.constant('history.changed' as const),
      undo: fc.option(changes),
      redo: fc.option(changes),
    }),
    fc.record({
      type: fc.constant('nodes.placed' as const),
      places: fc.array(
        fc.record({
          node: nodeIds,
          x: fc.integer({ min: -900, max: 900 }),
          y: fc.integer({ min: -900, max: 900 }),
        }),
        { maxLength: 2 },
      ),
      forgotten: fc.array(nodeIds, { maxLength: 2 }),
    }),
    ...policyBodies,
    ...exchangeBodies,
    fc.record({
      type: fc.constant('log' as const),
      node: nodeIds,
      level: fc.constant('info' as const),
      text: fc.string({ maxLength: 9 }),
    }),
    fc.record({ type: fc.constant('clock.changed' as const), paused: fc.boolean(), speed: ids }),
    fc.record({ type: fc.constant('links.changed' as const), latencyMs: ids }),
    fc.record({
      type: fc.constant('compare.changed' as const),
      compare: fc.constantFrom(
        [],
        [
          {
            name: 'In turn',
            pools: [{ policy: '111', ...DEFAULTS }],
            servers: [{ id: '1', weight: 2 }],
          },
        ],
      ),
    }),
    fc.record({ type: fc.constant('scenario.reset' as const) }),
    fc.record({
      type: fc.constant('scenario.opened' as const),
      name: fc.string({ maxLength: 9 }),
      seed: ids,
    }),
  )
  .map((made) => (typeof made === 'function' ? made : () => made))

/** Events as they may come in a story that starts at the beginning; much of what they name does not exist. */
export const madeUpEvents: fc.Arbitrary<LabEvent[]> = fc
  .array(steps, { maxLength: 120 })
  .map((made) => {
    const soFar: SoFar = { packets: 0, connections: 0, delivered: new Set() }
    return made.map((make, index): LabEvent => {
      const body = make(soFar)
      if (body.type === 'packet.sent' || body.type === 'packet.carried') soFar.packets++
      if (body.type === 'connection.opened') soFar.connections++
      if (body.type === 'packet.delivered' || body.type === 'packet.carried') {
        soFar.delivered.add(body.packet)
      }
      return { seq: index + 1, at: index * 10, ...body }
    })
  })

/**
 * Generated events name packets and connections that never existed; those of a recording at least
 * have numbers.
 */
export function possible(event: LabEvent): LabEvent {
  if (event.type === 'answer.verified') {
    const { exchange, packet } = event
    return { ...event, exchange: Math.max(0, exchange), packet: Math.max(0, packet) }
  }
  if ('packet' in event) return { ...event, packet: Math.max(0, event.packet) }
  if (event.type !== 'connection.closed') return event
  return { ...event, connection: Math.max(0, event.connection) }
}

/** Adds a report of a second's figures after every `every` events. */
function withReports(events: readonly LabEvent[], every: number): LabEvent[] {
  return events
    .flatMap((event): LabEvent[] => {
      const { seq, at } = event
      if (seq % every > 0) return [event]
      return [event, { seq, at, type: 'metrics.second', second: seq, groups: [] }]
    })
    .map((event, index) => ({ ...event, seq: index + 1 }))
}

/** Many events have the same time. Some are reports of a second's figures, alone at their time or beside others. */
export const stories = fc
  .tuple(madeUpEvents, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 9 }))
  .map(([events, spread, reportEvery]) =>
    withReports(events.map(possible), reportEvery).map((event) => ({
      ...event,
      at: Math.floor((event.seq - 1) / spread) * 10,
    })),
  )

/** Where to cut a story into batches. */
export function inBatches<T>(items: readonly T[], sizes: readonly number[]): T[][] {
  const batches: T[][] = []
  for (let at = 0, turn = 0; at < items.length; turn++) {
    const size = sizes[turn % sizes.length] ?? items.length
    batches.push(items.slice(at, at + size))
    at += size
  }
  return batches
}

export const batchSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })

/** A state as plain data of its own, for comparing: it does not change with the state, and hides no inner shape. */
export function plain(state: State): unknown {
  const { packets, ...rest } = state
  return structuredClone({ ...rest, packets: [...packets], first: packets.first, end: packets.end })
}

function repeat<T>(times: number, item: T): T[] {
  return Array.from({ length: times }, () => item)
}

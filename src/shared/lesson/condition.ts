// What a lesson waits for, and what a task asks for: conditions on the events of the lab and on its figures. A condition is
// data, so that a lesson can be checked before it is played. `watch` (watch.ts) says when one comes true.
import * as v from 'valibot'
import type { EventType } from '../events'
import { parseFilter } from '../filter/filter'

const filter = v.pipe(
  v.string('A filter is a text: put it in quotes.'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const parsed = parseFilter(dataset.value)
    if (!parsed.ok) addIssue({ message: parsed.error })
  }),
)

/** The events that a lesson can wait for, by the names that they have in the story. */
export const CONDITION_EVENTS = [
  'node.added',
  'node.changed',
  'node.removed',
  'connection.opened',
  'connection.closed',
  'row.set',
  'row.removed',
  'pool.changed',
  'policy.next',
  'packet.sent',
  'packet.held',
  'packet.released',
  'packet.edited',
  'packet.read',
  'packet.delivered',
  'packet.dropped',
  'decision.made',
  'choice.seen',
  'exchange.queued',
  'queue.left',
  'upstream.failed',
  'upstream.left',
  'answer.verified',
  'answer.misaddressed',
  'exchange.finished',
  'clock.changed',
  'links.changed',
  'fault.set',
  'fault.removed',
  'check.sent',
  'check.ended',
  'work.changed',
  'answer.awaited',
  'answer.ended',
  'traffic.changed',
  'message.late',
  'breakpoint.set',
  'breakpoint.removed',
] as const satisfies readonly EventType[]

const milliseconds = v.pipe(v.number(), v.minValue(1), v.maxValue(3_600_000))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(100_000))

const eventCondition = v.strictObject({
  event: v.picklist(CONDITION_EVENTS),
  /**
   * A filter on the packet of the event or, for an event without a packet, on the first packet of its exchange. Of events about a
   * node or a row: its keys `server:`, `client:`, `policy:`, `node:`.
   */
  where: v.exactOptional(filter),
  /** Values of the event's own fields: `outcome: refused`, `row.health: down`. */
  with: v.exactOptional(
    v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()])),
  ),
  /** How many of them; by default one. */
  count: v.exactOptional(count),
  /** All of them within this simulated time. */
  withinMs: v.exactOptional(milliseconds),
})

export const FIGURES = [
  'p50',
  'p90',
  'p99',
  'max',
  'rate',
  'answered',
  'refused',
  'lost',
  'errors',
  'inFlight',
  'queued',
  'utilisation',
  'share',
] as const

/** A figure of the last seconds, as the charts have it. Latencies in ms, rates per second, shares and utilisation in per cent. */
export const figure = v.strictObject({
  figure: v.picklist(FIGURES),
  /** `all`, `policy 111`, `server 300`, `client 4`. */
  of: v.pipe(
    v.string(),
    v.regex(
      /^(all|(policy|server|client) \S.*)$/u,
      'A figure is of “all”, “policy 111”, “server 300” or “client 4”.',
    ),
  ),
  /** The simulated seconds that it looks back on; by default 1. */
  seconds: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(600))),
})

const figureCondition = v.pipe(
  v.strictObject({
    ...figure.entries,
    above: v.exactOptional(v.number()),
    below: v.exactOptional(v.number()),
    /** The least number of messages in those seconds, since a figure of none says nothing. By default 1. */
    messages: v.exactOptional(count),
  }),
  v.check(
    ({ above, below }) => above !== undefined || below !== undefined,
    'Say “above” or “below” which number the figure must be.',
  ),
)

const afterCondition = v.strictObject({ afterMs: milliseconds })

export type EventCondition = v.InferOutput<typeof eventCondition>
export type LabFigure = v.InferOutput<typeof figure>
export type FigureCondition = v.InferOutput<typeof figureCondition>
export type Condition =
  | EventCondition
  | FigureCondition
  /** So much simulated time has passed. */
  | { afterMs: number }
  /** Each of them has come true, in any order. */
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  /** Each of them, one after another. */
  | { inOrder: readonly Condition[] }

const several = v.pipe(
  v.array(v.lazy(() => condition)),
  v.minLength(1, 'Name at least one condition.'),
  v.maxLength(20, 'There are at most 20 conditions in a list.'),
)

/** Chosen by its first field, so that a mistake is reported for the form that was meant. */
export const condition: v.GenericSchema<unknown, Condition> = v.lazy((input) => {
  const has = (key: string) => typeof input === 'object' && input !== null && key in input
  if (has('event')) return eventCondition
  if (has('figure')) return figureCondition
  if (has('afterMs')) return afterCondition
  if (has('all')) return v.strictObject({ all: several })
  if (has('any')) return v.strictObject({ any: several })
  if (has('inOrder')) return v.strictObject({ inOrder: several })
  return v.custom<Condition>(
    () => false,
    'A condition has “event”, “figure”, “afterMs”, “all”, “any” or “inOrder”.',
  )
}) as v.GenericSchema<unknown, Condition>

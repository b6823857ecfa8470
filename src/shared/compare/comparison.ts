// The request and the result of a comparison: the same arrivals through two to four labs in memory that differ in their
// pools' settings.

import * as v from 'valibot'
import { handWords } from '../by-hand'
import { policyId, protocolId } from '../fields'
import { MAX_COMPARED, MAX_COMPARED_ARRIVALS, MAX_COMPARED_MS, MIN_COMPARED } from '../limits'
import type { MetricsSeries } from '../metrics/series'
import type { Scenario } from '../scenario'
import { scenarioSchema } from '../scenario-file'
import { CLIENT_SETTINGS } from '../settings/client'
import { scenarioFields } from '../settings/derive'

const { payload } = scenarioFields(CLIENT_SETTINGS)

/** What a recording's clients have sent: each different message once, and when each was sent. */
const arrivals = v.strictObject({
  messages: v.pipe(
    v.array(v.strictObject({ client: protocolId, policy: policyId, payload })),
    v.maxLength(MAX_COMPARED_ARRIVALS),
  ),
  /** In order of time, for each arrival: the time in ms, and the place of its message. */
  times: v.pipe(
    v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_COMPARED_MS))),
    v.maxLength(2 * MAX_COMPARED_ARRIVALS),
  ),
})
export type RecordedArrivals = v.InferOutput<typeof arrivals>

export const comparisonRequest = v.pipe(
  v.strictObject({
    /** With the pools to compare. */
    scenario: scenarioSchema,
    /** How much simulated time the labs have at most. */
    forMs: v.pipe(v.number(), v.minValue(1), v.maxValue(MAX_COMPARED_MS)),
    /** Instead of the clients’ own traffic. */
    arrivals: v.exactOptional(arrivals),
  }),
  v.check(
    ({ scenario: { compare = [] } }) => compare.length >= MIN_COMPARED,
    `A comparison needs “compare”, with ${MIN_COMPARED} to ${MAX_COMPARED} lists of pools.`,
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    const words = dataset.typed ? handWords(dataset.value.scenario) : undefined
    if (words !== undefined) addIssue({ message: words })
  }),
)
export type ComparisonRequest = v.InferOutput<typeof comparisonRequest>

/** The lab of one of the compared pools: they replace the scenario's settings of their policies, and of servers. */
export function labOf(
  { compare: _compare, breakpoints: _breakpoints, places: _places, ...scenario }: Scenario,
  { pools, servers: changed = [] }: NonNullable<Scenario['compare']>[number],
): Scenario {
  const replaced = new Set(pools.map(({ policy }) => policy))
  const others = (scenario.pools ?? []).filter(({ policy }) => !replaced.has(policy))
  const servers = scenario.servers.map((server) => ({
    ...server,
    ...changed.find(({ id }) => id === server.id),
  }))
  return { ...scenario, paused: false, pools: [...others, ...pools], servers }
}

/** One side of the first difference. */
export interface Side {
  readonly lab: number
  readonly at: number
  /** Null: nobody could be chosen. */
  readonly server: string | null
  /** Why, as the end of a sentence. */
  readonly why: string
}

/** The first message, in order of sending, for which not all labs chose the same server. */
export interface Difference {
  /** The client's node, and the number of the message among its own. */
  readonly client: string
  readonly number: number
  readonly sentAt: number
  readonly sides: readonly Side[]
}

/** A packet as five numbers: its exchange, the places in `nodes` of its sender and receiver, when it was sent and arrived. */
export const PACKET_NUMBERS = 5

/** The result of one lab. */
export interface ComparedLab {
  readonly name: string
  /** The simulated time that has passed. */
  readonly ms: number
  readonly metrics: readonly (readonly [string, MetricsSeries])[]
  /** How often each server was chosen, in order of registration. */
  readonly servers: readonly {
    readonly id: string
    readonly policy: string
    readonly label?: string
    readonly chosen: number
  }[]
  /** Messages without an answer at the end. */
  readonly unfinished: number
  /** For the picture: the nodes, and the first packets (COMPARED_PACKETS at most) between them. */
  readonly nodes: readonly string[]
  readonly packets: readonly number[]
  /** Up to this time, these are all packets of the lab. */
  readonly picturedMs: number
}

export interface Comparison {
  readonly labs: readonly ComparedLab[]
  readonly difference: Difference | null
  /** The person has stopped it before its end: all labs ended then. */
  readonly stopped?: { readonly atMs: number; readonly ofMs: number }
}

/** `parts`: how much of its simulated time each lab has played, from 0 to 1. */
export type ComparisonUpdate =
  | { readonly kind: 'progress'; readonly parts: readonly number[] }
  | { readonly kind: 'done'; readonly comparison: Comparison }
  | { readonly kind: 'failed'; readonly error: string }

/** A comparison that a host has started. */
export interface RunningComparison {
  /** Ends it soon, with the result so far. */
  end(): void
  /** Ends it at once, without a result. */
  stop(): void
}

/** Checks an update that the host sends to the page. */
export const comparisonUpdate: v.GenericSchema<unknown, ComparisonUpdate> = v.variant('kind', [
  v.object({ kind: v.literal('progress'), parts: v.array(v.number()) }),
  v.object({ kind: v.literal('failed'), error: v.string() }),
  v.object({ kind: v.literal('done'), comparison: v.custom<Comparison>(hasLabs) }),
])

function hasLabs(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Array.isArray(Reflect.get(value, 'labs'))
}

// What the engine reports about one second of simulated time: for everything, and for each policy, server and client of
// which something is known.
import type { ErrorCode } from '../protocol/errors'
import type { Unknown } from '../settings/setting'
import type { SparseCounts } from './histogram'

/** Where the time of an answered message went; `whole` counts from when it should have been sent. */
export const LATENCIES = ['link', 'queue', 'service', 'whole'] as const
export type Latency = (typeof LATENCIES)[number]

export type MetricsOf = 'all' | 'policy' | 'server' | 'client'

/**
 * A server's messages are the attempts that were given to it; all others are those of clients. An attempt is in flight until the
 * proxy has its answer, and counts as answered or lost once it has been seen whether that is an error.
 */
export interface GroupSecond extends Readonly<Record<Latency, SparseCounts>> {
  readonly of: MetricsOf | Unknown
  /** The id of a policy or a server, the node of a client; empty for all. */
  readonly id: string
  readonly begun: number
  readonly answered: number
  readonly refused: number
  /** Also those whose answer has a wrong hash. Of a server: attempts that failed at it, or were answered with an error. */
  readonly lost: number
  /** At the end of the second. `queued`: in the proxy's queue, or in the server's own one. */
  readonly inFlight: number
  readonly queued: number
  /** In flight, summed over the second: divided by 1,000 ms it is the mean number. */
  readonly inFlightMs: number
  /** The whole latencies of the answered messages, summed. */
  readonly wholeMs: number
  /**
   * Those that ended here, however they did, and how long they had been in flight, summed; and how long those that are in flight at
   * the end of the second have been so. Omitted: an older version has not measured it.
   */
  readonly left?: number
  readonly leftMs?: number
  readonly presentMs?: number
  /** The part of a server's capacity that was in use. Omitted: its work takes no time, or is not known. */
  readonly utilisation?: number
  /** The part of its policy's messages that is a server's by its weight. */
  readonly due?: number
  readonly reasons: readonly (readonly [ErrorCode, number])[]
  /** The longest of each of LATENCIES, exact to the microsecond; empty if no message was answered. */
  readonly longest: readonly number[]
}

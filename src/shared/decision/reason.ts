// Why an algorithm chose a server, as data: one member for each algorithm. words.ts puts it in words.
import type { ProtocolId, SimMs } from '../ids'
import type { POOL_SETTINGS } from '../settings/pool'

export type AlgorithmName = (typeof POOL_SETTINGS)['algorithm']['options'][number]['value']

/** `current`: what was compared: the current weight, after the effective one was added. In a slow start, weights need not be whole. */
export interface SmoothView {
  readonly server: ProtocolId
  readonly current: number
  readonly effective: number
}

/** What was compared: the messages in flight, for the weight. */
export interface LoadView {
  readonly server: ProtocolId
  readonly inFlight: number
  readonly weight: number
}

/** `costMs`: the average time of an answer, decayed until now; 0: there was none. */
export interface DrawnCost {
  readonly server: ProtocolId
  readonly inFlight: number
  readonly costMs: number
}

/** A server's point on the ring. */
export interface RingPoint {
  readonly server: ProtocolId
  readonly point: number
}

/**
 * In `compared` are the available servers, in their order; of very many, those around the chosen one. `passed`: servers that
 * the key met first and that were not available; with `turn`, there were too many of these, and smooth weighted round-robin decided.
 */
export type Reason =
  /** `turn`: the server whose turn it was; another one was chosen where this one was not available. */
  | { readonly by: 'round-robin'; readonly turn: ProtocolId }
  /** `total`: the sum of the effective weights, which the chosen one has paid. */
  | {
      readonly by: 'weighted-round-robin'
      readonly compared: readonly SmoothView[]
      readonly total: number
    }
  /**
   * The wheel stood at `position`. The server was due at `due` and is due again at `again`, after its period: `total`, the
   * sum of all weights, divided by its own, both in HAProxy's units (16 for each unit of weight).
   */
  | {
      readonly by: 'haproxy-round-robin'
      readonly position: number
      readonly due: number
      readonly again: number
      readonly weight: number
      readonly total: number
    }
  /** `tied`: how many had as little to do. */
  | {
      readonly by: 'least-connections'
      readonly compared: readonly LoadView[]
      readonly tied: number
    }
  | {
      readonly by: 'haproxy-least-connections'
      readonly compared: readonly LoadView[]
      readonly tied: number
    }
  /**
   * `drawn`: the place, from 0, among the servers that were available. Its chance was `weight` in `total`; both are missing
   * where each was as likely.
   */
  | {
      readonly by: 'random'
      readonly drawn: number
      readonly weight?: number
      readonly total?: number
    }
  /** One, where only one was available; else two, in the order in which they were drawn. */
  | { readonly by: 'two-choices'; readonly drawn: readonly LoadView[] }
  | { readonly by: 'least-time'; readonly drawn: readonly DrawnCost[] }
  /** `hash` modulo `total`, the sum of all weights, named the server. */
  | {
      readonly by: 'hash'
      readonly key: string
      readonly hash: number
      readonly total: number
      readonly passed: readonly ProtocolId[]
      readonly turn: boolean
    }
  /** `hash`: the key's own point; `point`: the one at which its walk ended. */
  | {
      readonly by: 'ring-hash'
      readonly key: string
      readonly hash: number
      readonly point: number
      readonly passed: readonly ProtocolId[]
      readonly turn: boolean
    }
  /** The points on both sides of the key's own one. */
  | {
      readonly by: 'haproxy-ring-hash'
      readonly key: string
      readonly hash: number
      readonly before: RingPoint
      readonly after: RingPoint
    }
  /** `slot`: of a table with `size` slots. */
  | {
      readonly by: 'maglev'
      readonly key: string
      readonly slot: number
      readonly size: number
    }
  /** A retry at the server of the attempt before, which no algorithm has chosen. */
  | { readonly by: 'same-server' }
  /** With HAProxy's algorithms: the only available server got a message from the queue, and the algorithm was not asked. */
  | { readonly by: 'free-slot' }
  /** In a recording of a newer version: an algorithm that this one does not know. */
  | { readonly by: 'unknown' }

/**
 * A server of the policy that could not be chosen. `tried`: an earlier attempt of the same exchange failed on it.
 * `failing`: it has failed too often within nginx's fail_timeout. `ejected`: as an outlier. `draining`: it takes no new
 * messages. `full`: it is at its limit. `backup`: another server can be chosen, or another backup comes first.
 * `circuitOpen`: its circuit breaker is open. `unknown`: in a recording of a newer version, another cause.
 */
export interface PassedOver {
  readonly server: ProtocolId
  /** When it might have been chosen again, where the state knew it. */
  readonly until?: SimMs
  /** For a full server: the limit that counted, and the messages that it had. Older recordings have the setting alone. */
  readonly limit?: number
  readonly inFlight?: number
  readonly why:
    | 'down'
    | 'tried'
    | 'ejected'
    | 'failing'
    | 'draining'
    | 'full'
    | 'backup'
    | 'circuitOpen'
    | 'unknown'
}

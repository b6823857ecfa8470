// What the other algorithms would have chosen for the same message: each runs as a shadow of the pool's own one, which sees
// the same messages, the same servers and their real load, and sends nothing.
import type { ProtocolId } from '../ids'
import type { AlgorithmName } from './reason'

/** The compiler asks for every algorithm. In recordings, choices stand in this order: add an algorithm at the end. */
const ORDER: Readonly<Record<AlgorithmName, true>> = {
  'round-robin': true,
  'weighted-round-robin': true,
  'haproxy-round-robin': true,
  'least-connections': true,
  'haproxy-least-connections': true,
  random: true,
  'two-choices': true,
  'least-time': true,
  hash: true,
  'ring-hash': true,
  'haproxy-ring-hash': true,
  maglev: true,
}

export const SHADOW_ORDER = Object.keys(ORDER) as readonly AlgorithmName[]

/** What all algorithms would have chosen for one message, and the pool's own one has chosen. */
export interface Others {
  /** Which message it is that these shadows have seen, from 1: they begin anew when nobody has looked, and with a switch. */
  readonly message: number
  /** In SHADOW_ORDER. */
  readonly chosen: readonly ProtocolId[]
}

/** Keys of a pool whose server has changed with the servers that can be chosen. */
export interface KeysMoved {
  /** Servers that can no longer be chosen, and servers that can be chosen since. */
  readonly gone: readonly ProtocolId[]
  readonly back: readonly ProtocolId[]
  /** The number of different keys that were compared. Where `oneIn` is not 1, they are a fair sample, one in `oneIn`. */
  readonly keys: number
  readonly oneIn: number
  /** How many of them have another server now. */
  readonly moved: number
  /** How many of these moved although their old server can still be chosen and their new one could be before. */
  readonly needless: number
}

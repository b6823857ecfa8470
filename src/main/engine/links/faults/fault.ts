// What a fault is: what it does to the packets of one direction of one connection, one after another.
import type { SimMs } from '../../../../shared/ids'
import type { FaultValues } from '../../../../shared/settings/fault'
import type { Random } from '../../clock/random'

/** A packet that comes to a fault. */
interface Chunk {
  readonly bytes: number
  /** When its last byte gets here, if nothing in front of it is later. */
  readonly at: SimMs
  /** Whether the chunk is a message: a receiver recognises a message only when it is whole. */
  readonly isMessage: boolean
}

/**
 * `swallowed`: it never arrives. `cut`: its first `after` bytes arrive, and then the connection ends; if these are all its
 * bytes, it arrives whole.
 */
export type CutOff =
  | { readonly by: 'swallowed' }
  | { readonly by: 'cut'; readonly after: number; readonly how: CutBy }

export type CutBy = 'close' | 'reset'

/** The offset of its end, and how long before the end of the chunk it gets through. */
interface Slice {
  readonly end: number
  readonly earlierMs: SimMs
}

/** What a fault does to a chunk. Without any field, it passes. */
export interface Fate {
  /** How much later its last byte gets through. */
  readonly laterMs?: SimMs
  /** The slices that it is cut into, without the last one. */
  readonly slices?: readonly Slice[]
  readonly ending?: CutOff
  /** How often it was lost, and so on (events.ts, Harm); undefined: the fault has done nothing to it. */
  readonly count?: number
}

/** What faults do to the end of a stream. */
export interface EndFate {
  readonly laterMs: SimMs
  readonly byReset: boolean
}

export const ENDS_AT_ONCE: EndFate = { laterMs: 0, byReset: false }

/** A fault on one direction of one connection. */
export interface FaultOnLink {
  pass(chunk: Chunk): Fate
  /**
   * The new fate of a chunk that the fault has delayed for `hereMs` when it is taken out. Omitted: the chunk gets through
   * at once, unless its fate has an ending.
   */
  takenOut?(fate: Fate, hereMs: SimMs): Fate
  /** Called when the last chunk gets through earlier, at this time, because a fault before this one was taken out. */
  lastThroughAt?(at: SimMs): void
  /** How much later the end of the stream gets through, which is not a chunk. */
  readonly endLaterMs?: SimMs
  /** The end of the stream becomes a reset. */
  readonly endsByReset?: true
  /** How long the silence behind a swallowed chunk lasts before the connection closes. */
  readonly closesAfterMs?: SimMs
}

/** A kind of fault: makes one for a direction of a connection that meets it. */
export type FaultKind = (values: FaultValues, random: Random) => FaultOnLink

export const PASSES: Fate = {}

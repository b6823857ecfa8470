// The memory for the facts of the block that is being read.
import { BLOCK_EVENTS } from '../limits'
import type { SentPackets } from './packet-columns'

/** What events say about packets that were sent before them, in the order of the events. */
export interface SaidOfPackets {
  packet: Uint32Array
  /** An index into SAID (block-facts.ts). */
  what: Uint8Array
  seq: Uint32Array
  at: Float64Array
  /** For a decision or an edit: an index into the decisions or edits of the block. */
  value: Uint32Array
}

export interface FactsRoom {
  readonly sent: Omit<SentPackets, 'first'>
  readonly said: SaidOfPackets
}

/** Shared by all blocks: memory for each would burden the garbage collector. */
let shared = made(BLOCK_EVENTS)

/** Room for the facts of a block with this many events. */
export function roomFor(events: number): FactsRoom {
  if (shared.sent.seq.length < events) shared = made(events)
  return shared
}

function made(events: number): FactsRoom {
  const whole = () => new Uint32Array(events)
  return {
    sent: {
      seq: whole(),
      at: new Float64Array(events),
      exchange: whole(),
      nature: new Uint8Array(events),
      from: whole(),
      to: whole(),
      connection: whole(),
      size: whole(),
      bytesAt: whole(),
    },
    said: {
      packet: whole(),
      what: new Uint8Array(events),
      seq: whole(),
      at: new Float64Array(events),
      value: whole(),
    },
  }
}

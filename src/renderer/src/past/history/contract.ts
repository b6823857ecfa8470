// The requests that a history answers, whether its worker or a test serves it.
import type { LabEvent } from '../../../../shared/events'
import type { ExchangeId, PacketId } from '../../../../shared/ids'
import type { Extent, Moment, Query } from '../../../../shared/recording/reader'
import type { Packet, State } from '../../../../shared/state/state'

export type { Extent, Moment, Query }

/** Reports the progress (0 to 1) of long work, and cancels it; it then rejects with an AbortError. */
export interface LongWork {
  onProgress?: (done: number) => void
  signal?: AbortSignal
}

export interface History {
  readonly extent: Extent
  /** Returns the state at a moment, with its last PAST_PACKETS packets. The moment is clamped to the extent. */
  seek(moment: Moment): Promise<State>
  /** Returns up to `count` events that follow the event with this number; none at the end. */
  events(afterSeq: number, count: number): Promise<LabEvent[]>
  /** Returns these packets in this order as they were after event `asOf`, without those that did not exist. */
  packets(ids: readonly PacketId[], asOf: number): Promise<Packet[]>
  /** Returns an exchange's packets, in order of sending. */
  exchange(id: ExchangeId, asOf: number): Promise<Packet[]>
  /** Returns the ids of the packets that match, in order. A query cancels the one before it. */
  find(query: Query, work?: LongWork): Promise<Uint32Array>
  /** Returns the history as a complete recording file. */
  recording(work?: LongWork): Promise<Blob>
  /** Returns the history as a pcapng file. */
  capture(work?: LongWork): Promise<Blob>
  /** Terminates its worker. */
  close(): void
}

/** A history that is read from a recording part by part. */
export interface GrowingHistory extends History {
  /**
   * Appends bytes of a recording: from its head, or from the end of the bytes appended last. Rejects with an Error in
   * words for bytes that are damaged or are not a recording; the history is then unchanged.
   */
  append(bytes: Uint8Array, work?: LongWork): Promise<Extent>
  /** Removes everything; the next bytes begin with a head. */
  clear(): Promise<void>
}

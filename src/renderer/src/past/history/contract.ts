// The requests that a history answers, whether its worker or a test serves it.
import type { LabEvent } from '../../../../shared/events'
import type { ExchangeId, PacketId } from '../../../../shared/ids'
import type { Extent, Moment, Query, SortKey } from '../../../../shared/recording/reader'
import type { Packet, State } from '../../../../shared/state/state'

export type { Extent, Moment, Query, SortKey }

/** Long work reports its progress (0 to 1) and can be cancelled; it then rejects with an AbortError. */
export interface LongWork {
  onProgress?: (done: number) => void
  signal?: AbortSignal
}

export interface History {
  readonly extent: Extent
  /** Gives the state at a moment, with its last PAST_PACKETS packets. The moment is clamped to the extent. */
  seek(moment: Moment): Promise<State>
  /** Gives up to `count` events that follow the event with this number; none at the end. */
  events(afterSeq: number, count: number): Promise<LabEvent[]>
  /** Gives these packets as they were after event `asOf`, in this order, without those that did not exist. */
  packets(ids: readonly PacketId[], asOf: number): Promise<Packet[]>
  /** Gives an exchange's packets, in order of sending. */
  exchange(id: ExchangeId, asOf: number): Promise<Packet[]>
  /** Gives the ids of the packets that match, in order. A query cancels the one before it. */
  find(query: Query, work?: LongWork): Promise<Uint32Array>
  /** Gives the history as a complete recording file. */
  recording(work?: LongWork): Promise<Blob>
  /** Gives the history as a pcapng file. */
  capture(work?: LongWork): Promise<Blob>
  /** Ends its worker. */
  close(): void
}

/** A history that is read from a recording part by part. */
export interface GrowingHistory extends History {
  /**
   * Appends bytes of a recording: from its head on, or from where the last ones ended. Rejects with an Error in words for
   * bytes that are damaged or are not a recording; the history is then unchanged.
   */
  append(bytes: Uint8Array, work?: LongWork): Promise<Extent>
  /** Forgets everything; the next bytes begin with a head. */
  clear(): Promise<void>
}

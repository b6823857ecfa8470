// What a history can be asked, wherever it is kept.
import type { LabEvent } from '../../../../shared/events'
import type { ExchangeId, PacketId } from '../../../../shared/ids'
import type { Extent, Moment, Query, SortKey } from '../../../../shared/recording/reader'
import type { Packet, State } from '../../../../shared/state/state'

export type { Extent, Moment, Query, SortKey }

/** Long work says how far it is (0 to 1) and can be called off, by an AbortError. */
export interface LongWork {
  onProgress?: (done: number) => void
  signal?: AbortSignal
}

export interface History {
  readonly extent: Extent
  /** The state at a moment, with its last PAST_PACKETS packets; the moment is kept within the extent. */
  seek(moment: Moment): Promise<State>
  /** Up to `count` events that follow the event with this number; none at the end. */
  events(afterSeq: number, count: number): Promise<LabEvent[]>
  /** These packets as they stood after event `asOf`, in this order; those that did not exist are left out. */
  packets(ids: readonly PacketId[], asOf: number): Promise<Packet[]>
  /** An exchange's packets, in order of sending. */
  exchange(id: ExchangeId, asOf: number): Promise<Packet[]>
  /** The ids of the packets that match, in order. A query takes the place of an earlier one that is not done. */
  find(query: Query, work?: LongWork): Promise<Uint32Array>
  /** The whole of it as a complete recording file. */
  recording(work?: LongWork): Promise<Blob>
  /** The whole of it as a pcapng file. */
  capture(work?: LongWork): Promise<Blob>
  /** Ends its worker. */
  close(): void
}

/** A history that is read from a recording part by part. */
export interface GrowingHistory extends History {
  /**
   * Takes in further bytes of a recording: from its head on, or from where the last ones ended. Rejects with an Error
   * in words for bytes that are no recording, or damaged; the history is then as it was.
   */
  append(bytes: Uint8Array, work?: LongWork): Promise<Extent>
  /** Forgets everything: the next bytes begin with a head. */
  clear(): Promise<void>
}

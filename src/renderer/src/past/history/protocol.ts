// The messages between the window and the history worker.
import type { ExchangeId, PacketId } from '../../../../shared/ids'
import type { Extent, Moment, Query } from '../../../../shared/recording/reader'
import type { Packet } from '../../../../shared/state/state'

/** The arguments and the reply of each request. States and events travel as frames. */
interface Requests {
  append: { arguments: { bytes: Uint8Array }; reply: Extent }
  open: { arguments: { file: Blob }; reply: Extent }
  clear: { arguments: object; reply: Extent }
  seek: { arguments: { moment: Moment }; reply: Uint8Array }
  events: { arguments: { afterSeq: number; count: number }; reply: Uint8Array }
  packets: { arguments: { ids: readonly PacketId[]; asOf: number }; reply: Packet[] }
  exchange: { arguments: { exchange: ExchangeId; asOf: number }; reply: Packet[] }
  find: { arguments: { query: Query }; reply: Uint32Array }
  recording: { arguments: object; reply: Blob }
  capture: { arguments: object; reply: Blob }
}

export type RequestName = keyof Requests
export type RequestArguments<W extends RequestName> = Requests[W]['arguments']
export type Reply<W extends RequestName> = Requests[W]['reply']

/** Requests are numbered; `cancel` has the number of the request whose reply is no longer needed. */
export type ToHistory =
  | { [W in RequestName]: { id: number; what: W } & RequestArguments<W> }[RequestName]
  | { what: 'cancel'; id: number }

export type FromHistory =
  | { id: number; kind: 'reply'; reply: Reply<RequestName> }
  | { id: number; kind: 'progress'; done: number }
  | { id: number; kind: 'failed'; message: string }

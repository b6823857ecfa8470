// What the window and the history worker say to one another.
import type { ExchangeId, PacketId } from '../../../../shared/ids'
import type { Extent, Moment, Query } from '../../../../shared/recording/reader'
import type { Packet } from '../../../../shared/state/state'

/** By what is asked: what comes with the question, and what the answer is. States and events travel as frames. */
export interface Questions {
  append: { given: { bytes: Uint8Array }; answer: Extent }
  open: { given: { file: Blob }; answer: Extent }
  clear: { given: object; answer: Extent }
  seek: { given: { moment: Moment }; answer: Uint8Array }
  events: { given: { afterSeq: number; count: number }; answer: Uint8Array }
  packets: { given: { ids: readonly PacketId[]; asOf: number }; answer: Packet[] }
  exchange: { given: { exchange: ExchangeId; asOf: number }; answer: Packet[] }
  find: { given: { query: Query }; answer: Uint32Array }
  recording: { given: object; answer: Blob }
  capture: { given: object; answer: Blob }
}

export type What = keyof Questions
export type Given<W extends What> = Questions[W]['given']
export type Answer<W extends What> = Questions[W]['answer']

/** Questions are numbered; `cancel`: the answer to this one is not wanted any more. */
export type ToHistory =
  | { [W in What]: { id: number; what: W } & Given<W> }[What]
  | { what: 'cancel'; id: number }

export type FromHistory =
  | { id: number; kind: 'answer'; answer: Answer<What> }
  | { id: number; kind: 'progress'; done: number }
  | { id: number; kind: 'failed'; message: string }

// How events travel to a screen, and lie in a recording: one frame is one block of bytes, a JSON header with a row per
// event (event-bytes.ts) or with the state and, behind it, the bytes of the messages.
//
//   4 bytes: length of the header, big endian │ header, JSON, UTF-8 │ the messages' bytes, one after another
//
// The first frame to a screen says in which vocabulary it and those after it are written; so does a recording's head.

import { concat } from '../concat'
import type { LabEvent } from '../events'
import type { SimMs } from '../ids'
import { SNAPSHOT_BYTES, SNAPSHOT_PACKETS } from '../limits'
import { PagedList } from '../state/paged-list'
import type { Packet, State } from '../state/state'
import { sliceOf } from './event-bytes'
import { frameOfEvents, lengthAsBytes } from './events-frame'
import { VOCABULARY_1 } from './format-1'
import type { PlainPacket } from './packet-shape'
import { BytesReader, eventOf } from './rows'
import type { PlainState } from './state-table'
import { type Lists, type ParsedRow, type Translation, translationFrom } from './translation'
import { readVocabulary, VOCABULARY, type Vocabulary } from './vocabulary'

export type Frame = { number: number; now: SimMs } & (
  | { kind: 'events'; events: LabEvent[] }
  /**
   * Replaces everything before. `skipped`: events that were not sent one by one. `session`: the name of the session that it
   * belongs to.
   */
  | { kind: 'snapshot'; state: State; skipped: number; session: string }
)

interface EventsHeader {
  kind: 'events'
  number: number
  now: SimMs
  firstSeq: number
  /** Lists that several rows share, each once: a decision's candidates. */
  lists: Lists
  rows: readonly ParsedRow[]
}

interface SnapshotHeader {
  kind: 'snapshot'
  number: number
  now: SimMs
  skipped: number
  /** In frames to a screen. */
  session?: string
  /** In the first frame to a screen. */
  vocabulary?: Vocabulary
  state: PlainState
}

/** The number of the first frame to a screen. */
const FIRST = 1

const NO_BYTES = new Uint8Array(0)
const bytesOf = new TextEncoder()
const textOf = new TextDecoder()

/** `events` are consecutive. `now`: the simulated time of sending. */
export function encodeEvents(
  number: number,
  now: SimMs,
  events: readonly LabEvent[],
): Uint8Array<ArrayBuffer> {
  return frameOfEvents(number, now, [sliceOf(events)])
}

/**
 * The state with its newest packets, up to a number of packets and of their bytes. `skipped`: events omitted since the
 * frame before. The frame with number 1 names the vocabulary.
 */
export function encodeSnapshot(
  number: number,
  now: SimMs,
  state: State,
  skipped: number,
  more: { packets?: number; bytes?: number; session?: string } = {},
): Uint8Array<ArrayBuffer> {
  const { packets = SNAPSHOT_PACKETS, bytes = SNAPSHOT_BYTES, session } = more
  const blobs: Uint8Array[] = []
  const newest = newestPackets(state, packets, bytes)
  const firstKept = state.packets.end - newest.length
  const packetsHere = newest.map((packet) => withoutBytes(packet, blobs))
  let room = bytes - newest.reduce((total, packet) => total + packet.bytes.length, 0)
  const inFlight: PlainPacket[] = []
  // A packet may be in flight for longer than the history reaches back. The counters need them all, if without bytes.
  for (const packet of state.inFlight.values()) {
    if (packet.id - 1 >= firstKept) continue
    room -= packet.bytes.length
    const shown = room >= 0 ? packet : { ...packet, bytes: NO_BYTES, original: undefined }
    inFlight.push(withoutBytes(shown, blobs))
  }
  const { packetBytes: _, ...fields } = state
  const header: SnapshotHeader = {
    kind: 'snapshot',
    number,
    now,
    skipped,
    ...(session && { session }),
    ...(number === FIRST && { vocabulary: VOCABULARY }),
    state: {
      ...fields,
      nodes: [...state.nodes],
      rows: [...state.rows],
      next: [...state.next],
      slots: [...state.slots],
      asking: [...state.asking],
      given: [...state.given],
      connections: [...state.connections],
      pools: [...state.pools],
      places: [...state.places],
      decisions: [...state.decisions],
      watched: [...state.watched],
      metrics: [...state.metrics],
      logs: [...state.logs],
      breakpoints: [...state.breakpoints],
      faults: [...state.faults],
      bookmarks: [...state.bookmarks],
      waiting: [...state.waiting],
      checks: [...state.checks],
      examinations: [...state.examinations],
      firstKept,
      packets: packetsHere,
      inFlight,
    },
  }
  return pack(header, blobs)
}

/** A frame's header, a JSON value, and the offset of the messages' bytes; throws without a header. */
export function splitFrame(frame: Uint8Array): { header: unknown; blobAt: number } {
  const blobAt = 4 + new DataView(frame.buffer, frame.byteOffset, frame.length).getUint32(0)
  if (blobAt > frame.length) throw new Error('A frame ends before its header does.')
  return { header: JSON.parse(textOf.decode(frame.subarray(4, blobAt))), blobAt }
}

/** The bytes of a trusted frame's messages, one after another. */
export function messagesOf(frame: Uint8Array): Uint8Array {
  return frame.subarray(4 + new DataView(frame.buffer, frame.byteOffset).getUint32(0))
}

/**
 * Parses a trusted frame: it comes from this app's own engine, or has been checked. `translation`: from its vocabulary,
 * if that is not ours.
 */
export function decodeFrame(frame: Uint8Array, translation?: Translation): Frame {
  const { header, blobAt } = splitTrusted(frame)
  return frameOf(header, new BytesReader(frame, blobAt), translation)
}

/** Parses a screen's frames one after another, also those of an engine of another version. */
export class FrameReader {
  private translation: Translation | undefined

  /** Throws if this screen can show nothing of the engine's version. */
  read(frame: Uint8Array): Frame {
    const { header, blobAt } = splitTrusted(frame)
    if (header.kind === 'snapshot' && header.number === FIRST) {
      this.translation = translationFrom(vocabularyOf(header), true)
    }
    return frameOf(header, new BytesReader(frame, blobAt), this.translation)
  }
}

function vocabularyOf({ vocabulary }: SnapshotHeader): Vocabulary {
  if (vocabulary === undefined) return VOCABULARY_1
  const read = readVocabulary(vocabulary)
  if (typeof read === 'string') throw new Error(`A frame cannot be read: ${read}.`)
  return read
}

function splitTrusted(frame: Uint8Array): {
  header: EventsHeader | SnapshotHeader
  blobAt: number
} {
  const { header, blobAt } = splitFrame(frame)
  return { header: header as EventsHeader | SnapshotHeader, blobAt }
}

function frameOf(
  header: EventsHeader | SnapshotHeader,
  bytes: BytesReader,
  translation: Translation | undefined,
): Frame {
  const { number, now } = header
  if (header.kind === 'events') {
    const { firstSeq, lists, rows } = header
    const events =
      translation === undefined
        ? rows.map((row, index) => eventOf(row, firstSeq + index, bytes, lists))
        : rows.map((row, index) =>
            translatedEvent(row, firstSeq + index, bytes, lists, translation),
          )
    return { kind: 'events', number, now, events }
  }
  const { skipped, session = '', state } = header
  const own = translation === undefined ? state : (translation.state(state) as PlainState)
  return { kind: 'snapshot', number, now, skipped, session, state: stateOf(own, bytes) }
}

function translatedEvent(
  theirs: ParsedRow,
  seq: number,
  bytes: BytesReader,
  lists: Lists,
  translation: Translation,
): LabEvent {
  const row = translation.row(theirs, lists)
  if (typeof row === 'string') throw new Error(`A frame cannot be read: ${row}.`)
  const event = eventOf(row, seq, bytes, lists)
  bytes.take(translation.moreBytes(theirs))
  return event
}

function stateOf({ firstKept, ...plain }: PlainState, bytes: BytesReader): State {
  const packets = PagedList.empty<Packet>(firstKept).edit()
  const inFlight = new Map<number, Packet>()
  let packetBytes = 0
  for (const item of plain.packets) {
    const packet = withBytes(item, bytes)
    packetBytes += packet.bytes.length
    packets.push(packet)
    if (packet.endedAt === undefined) inFlight.set(packet.id, packet)
  }
  const older = plain.inFlight.map((item) => withBytes(item, bytes))
  return {
    ...plain,
    nodes: new Map(plain.nodes),
    rows: new Map(plain.rows),
    next: new Map(plain.next),
    slots: slotsOf(plain),
    asking: new Map(plain.asking),
    given: new Map(plain.given),
    connections: new Map(plain.connections),
    pools: new Map(plain.pools),
    places: new Map(plain.places),
    decisions: new Map(plain.decisions),
    watched: new Map(plain.watched),
    metrics: new Map(plain.metrics),
    logs: new Map(plain.logs),
    breakpoints: new Map(plain.breakpoints),
    faults: new Map(plain.faults),
    bookmarks: new Map(plain.bookmarks),
    waiting: new Map(plain.waiting),
    checks: new Map(plain.checks),
    examinations: new Map(plain.examinations),
    inFlight: new Map([...older.map((packet) => [packet.id, packet] as const), ...inFlight]),
    packets: packets.done(),
    packetBytes,
  }
}

/** An older state has no slots: its policies have their colours in their order. */
function slotsOf({ next, slots }: Pick<PlainState, 'next' | 'slots'>): State['slots'] {
  if (slots.length > 0) return new Map(slots)
  return new Map(next.map(([policy], index) => [policy, index]))
}

function newestPackets(state: State, most: number, mostBytes: number): Packet[] {
  const newest: Packet[] = []
  let bytes = 0
  for (let index = state.packets.end - 1; index >= state.packets.first; index--) {
    const packet = state.packets.at(index)
    if (packet === undefined || newest.length === most) break
    bytes += packet.bytes.length
    if (bytes > mostBytes) break
    newest.push(packet)
  }
  return newest.reverse()
}

function withoutBytes(packet: Packet, blobs: Uint8Array[]): PlainPacket {
  const { bytes, original, ...rest } = packet
  blobs.push(bytes)
  if (original === undefined) return { ...rest, size: bytes.length }
  blobs.push(original)
  return { ...rest, size: bytes.length, originalSize: original.length }
}

function withBytes({ size, originalSize, ...packet }: PlainPacket, blob: BytesReader): Packet {
  const bytes = blob.take(size)
  const original = originalSize === undefined ? undefined : blob.take(originalSize)
  return { ...packet, bytes, original }
}

function pack(header: SnapshotHeader, blobs: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const json = bytesOf.encode(JSON.stringify(header))
  return concat([lengthAsBytes(json.length), json, ...blobs])
}

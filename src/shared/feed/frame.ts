// How events travel to a screen: one frame is one block of bytes, a JSON header with a row per event and, behind
// it, the bytes of their messages. Rows name no fields (ROWS does), which makes them small and quick to write.
//
//   4 bytes: length of the header, big endian │ header, JSON, UTF-8 │ the messages' bytes, one after another
import type { EventBody, EventType, LabEvent } from '../events'
import type { SimMs } from '../ids'
import { SNAPSHOT_BYTES, SNAPSHOT_PACKETS } from '../limits'
import { PagedList } from '../state/paged-list'
import type { Packet, State } from '../state/state'

export type Frame = { number: number; now: SimMs } & (
  | { kind: 'events'; events: LabEvent[] }
  /** Takes the place of everything before. `skipped`: events that were not sent one by one. */
  | { kind: 'snapshot'; state: State; skipped: number }
)

type Fields<T extends EventType> = readonly Exclude<
  keyof Extract<EventBody, { type: T }> & string,
  'type'
>[]

/** The fields of each event in the order of its row; the row's first two places are the type's index and `at`. */
const ROWS: { readonly [T in EventType]: Fields<T> } = {
  'packet.sent': ['packet', 'exchange', 'kind', 'from', 'to', 'connection', 'dueAt', 'bytes'],
  'packet.delivered': ['packet'],
  'packet.dropped': ['packet', 'reason'],
  'decision.made': ['exchange', 'policy', 'server', 'position', 'of', 'skipped', 'next'],
  'upstream.failed': ['exchange', 'server', 'reason'],
  'answer.verified': ['exchange', 'packet', 'node', 'verdict'],
  'exchange.finished': ['exchange', 'client', 'outcome', 'server', 'reason'],
  'connection.opened': ['connection', 'from', 'to', 'fromPort', 'toPort'],
  'connection.closed': ['connection', 'node'],
  'proxy.listening': ['host', 'port', 'askedPort'],
  'node.added': ['node'],
  'node.changed': ['node'],
  'node.removed': ['id'],
  'row.set': ['row'],
  'row.removed': ['server'],
  'policy.next': ['policy', 'server'],
  'clock.changed': ['paused', 'speed'],
  'latency.changed': ['latencyMs'],
  log: ['node', 'level', 'text'],
  'scenario.reset': [],
}

const TYPES = Object.keys(ROWS) as EventType[]
const INDEX_OF = new Map<EventType, number>(TYPES.map((type, index) => [type, index]))

const NO_BYTES = new Uint8Array(0)
const bytesOf = new TextEncoder()
const textOf = new TextDecoder()

/** `events` are consecutive. `now`: the simulated time of sending. */
export function encodeEvents(
  number: number,
  now: SimMs,
  events: readonly LabEvent[],
): Uint8Array<ArrayBuffer> {
  const blobs: Uint8Array[] = []
  const rows = events.map((event) => rowOf(event, blobs))
  return pack({ kind: 'events', number, now, firstSeq: events[0]?.seq ?? 0, rows }, blobs)
}

/** The state as it is, with the newest of its packets. `skipped`: events left out since the frame before. */
export function encodeSnapshot(
  number: number,
  now: SimMs,
  state: State,
  skipped: number,
): Uint8Array<ArrayBuffer> {
  const blobs: Uint8Array[] = []
  const header: SnapshotHeader = {
    kind: 'snapshot',
    number,
    now,
    skipped,
    state: {
      seq: state.seq,
      at: state.at,
      clock: state.clock,
      latencyMs: state.latencyMs,
      proxy: state.proxy,
      nodes: [...state.nodes],
      rows: [...state.rows],
      next: [...state.next],
      connections: [...state.connections],
      decisions: [...state.decisions],
      logs: [...state.logs],
      totals: state.totals,
      notShown: state.notShown,
      firstPacket: state.packets.end,
      packets: [],
      inFlight: [],
    },
  }
  const newest = newestPackets(state)
  header.state.firstPacket -= newest.length
  header.state.packets = newest.map((packet) => withoutBytes(packet, blobs))
  let room = SNAPSHOT_BYTES - newest.reduce((total, { bytes }) => total + bytes.length, 0)
  // A packet may be in flight for longer than the history reaches back. The counters need them all, if without bytes.
  for (const packet of state.inFlight.values()) {
    if (packet.id - 1 >= header.state.firstPacket) continue
    room -= packet.bytes.length
    const shown = room >= 0 ? packet : { ...packet, bytes: NO_BYTES }
    header.state.inFlight.push(withoutBytes(shown, blobs))
  }
  return pack(header, blobs)
}

/** Takes a frame apart. The frame comes from this app's own engine: it is trusted, not validated. */
export function decodeFrame(frame: Uint8Array): Frame {
  const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0)
  const header: EventsHeader | SnapshotHeader = JSON.parse(
    textOf.decode(frame.subarray(4, 4 + length)),
  )
  const blob = new BlobReader(frame, 4 + length)
  const { number, now } = header
  if (header.kind === 'events') {
    const events = header.rows.map((row, index) => eventOf(row, header.firstSeq + index, blob))
    return { kind: 'events', number, now, events }
  }
  return { kind: 'snapshot', number, now, skipped: header.skipped, state: stateOf(header, blob) }
}

type Row = unknown[]

/** Times are whole microseconds (the journal's are), and whole numbers are written twice as fast as fractions. */
function microseconds(time: SimMs): number {
  return Math.round(time * 1000)
}

function milliseconds(time: unknown): SimMs {
  return (time as number) / 1000
}

interface EventsHeader {
  kind: 'events'
  number: number
  now: SimMs
  firstSeq: number
  rows: Row[]
}

type PlainPacket = Omit<Packet, 'bytes'> & { size: number }
interface SnapshotHeader {
  kind: 'snapshot'
  number: number
  now: SimMs
  skipped: number
  state: Pick<State, 'seq' | 'at' | 'clock' | 'latencyMs' | 'proxy' | 'totals' | 'notShown'> & {
    nodes: Entries<State['nodes']>
    rows: Entries<State['rows']>
    next: Entries<State['next']>
    connections: Entries<State['connections']>
    decisions: Entries<State['decisions']>
    logs: Entries<State['logs']>
    firstPacket: number
    packets: PlainPacket[]
    inFlight: PlainPacket[]
  }
}

type Entries<M> = M extends ReadonlyMap<infer K, infer V> ? [K, V][] : never

function rowOf(event: LabEvent, blobs: Uint8Array[]): Row {
  // The one event that there are very many of is written out by hand: four times as fast as the loop.
  if (event.type === 'packet.sent') {
    blobs.push(event.bytes)
    return [
      0,
      microseconds(event.at),
      event.packet,
      event.exchange,
      event.kind,
      event.from,
      event.to,
      event.connection,
      microseconds(event.dueAt),
      event.bytes.length,
    ]
  }
  if (event.type === 'packet.delivered') return [1, microseconds(event.at), event.packet]
  const row: Row = [INDEX_OF.get(event.type), microseconds(event.at)]
  const values = event as Readonly<Record<string, unknown>>
  for (const field of ROWS[event.type]) row.push(values[field])
  return row
}

function eventOf(row: Row, seq: number, blob: BlobReader): LabEvent {
  const type = TYPES[row[0] as number]
  if (type === undefined) throw new Error(`A frame has an event of unknown type ${row[0]}.`)
  const event: Record<string, unknown> = { seq, at: milliseconds(row[1]), type }
  ROWS[type].forEach((field, index) => {
    event[field] = row[index + 2]
  })
  if (type === 'packet.sent') {
    event.dueAt = milliseconds(event.dueAt)
    event.bytes = blob.take(event.bytes as number)
  }
  return event as unknown as LabEvent
}

function stateOf({ state: header }: SnapshotHeader, blob: BlobReader): State {
  const { firstPacket, ...plain } = header
  const packets = PagedList.empty<Packet>(firstPacket).edit()
  const inFlight = new Map<number, Packet>()
  let packetBytes = 0
  for (const item of plain.packets) {
    const packet = withBytes(item, blob)
    packetBytes += packet.bytes.length
    packets.push(packet)
    if (packet.status === 'flying') inFlight.set(packet.id, packet)
  }
  const older = plain.inFlight.map((item) => withBytes(item, blob))
  return {
    ...plain,
    nodes: new Map(plain.nodes),
    rows: new Map(plain.rows),
    next: new Map(plain.next),
    connections: new Map(plain.connections),
    decisions: new Map(plain.decisions),
    logs: new Map(plain.logs),
    inFlight: new Map([...older.map((packet) => [packet.id, packet] as const), ...inFlight]),
    packets: packets.done(),
    packetBytes,
  }
}

function newestPackets(state: State): Packet[] {
  const newest: Packet[] = []
  let bytes = 0
  for (let index = state.packets.end - 1; index >= state.packets.first; index--) {
    const packet = state.packets.at(index)
    if (packet === undefined || newest.length === SNAPSHOT_PACKETS) break
    bytes += packet.bytes.length
    if (bytes > SNAPSHOT_BYTES) break
    newest.push(packet)
  }
  return newest.reverse()
}

function withoutBytes(packet: Packet, blobs: Uint8Array[]): PlainPacket {
  const { bytes, ...rest } = packet
  blobs.push(bytes)
  return { ...rest, size: bytes.length }
}

function withBytes({ size, ...packet }: PlainPacket, blob: BlobReader): Packet {
  return { ...packet, bytes: blob.take(size) }
}

function pack(header: EventsHeader | SnapshotHeader, blobs: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const json = bytesOf.encode(JSON.stringify(header))
  let size = 4 + json.length
  for (const blob of blobs) size += blob.length
  const frame = new Uint8Array(size)
  new DataView(frame.buffer).setUint32(0, json.length)
  frame.set(json, 4)
  let offset = 4 + json.length
  for (const blob of blobs) {
    frame.set(blob, offset)
    offset += blob.length
  }
  return frame
}

class BlobReader {
  constructor(
    private readonly frame: Uint8Array,
    private offset: number,
  ) {}

  take(length: number): Uint8Array {
    this.offset += length
    return this.frame.subarray(this.offset - length, this.offset)
  }
}

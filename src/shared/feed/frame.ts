// How events travel to a screen: one frame is one block of bytes, a JSON header with a row per event and, behind
// it, the bytes of their messages. Rows name no fields (ROWS does), which makes them small and quick to write.
//
//   4 bytes: length of the header, big endian │ header, JSON, UTF-8 │ the messages' bytes, one after another
import type { EventBody, EventType, LabEvent } from '../events'
import type { ProtocolId, SimMs } from '../ids'
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

/**
 * The fields of each event in the order of its row; the row's first two places are the type's index and `at`, in whole
 * microseconds, as `dueAt` is. `bytes` is their number, and `candidates` a place among the frame's lists.
 */
export const ROWS: { readonly [T in EventType]: Fields<T> } = {
  'packet.sent': [
    'packet',
    'exchange',
    'kind',
    'from',
    'to',
    'connection',
    'dueAt',
    'bytes',
    'copyOf',
  ],
  'packet.delivered': ['packet'],
  'packet.dropped': ['packet', 'reason'],
  'packet.held': ['packet', 'breakpoint', 'behind', 'progress'],
  'packet.released': ['packet', 'dueAt'],
  'packet.edited': ['packet', 'kind', 'bytes'],
  'packet.read': ['packet', 'pieces'],
  'breakpoint.set': ['breakpoint'],
  'breakpoint.removed': ['breakpoint'],
  'decision.made': ['exchange', 'policy', 'server', 'candidates', 'turn', 'skipped', 'next'],
  'upstream.failed': ['exchange', 'server', 'reason'],
  'answer.verified': ['exchange', 'packet', 'node', 'verdict'],
  'exchange.finished': ['exchange', 'client', 'outcome', 'server', 'reason'],
  'connection.opened': [
    'connection',
    'from',
    'to',
    'fromPort',
    'toPort',
    'fromAddress',
    'toAddress',
  ],
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
  'scenario.opened': ['name'],
}

/** A row's type is an index into these. */
export const TYPES = Object.keys(ROWS) as EventType[]
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
  const lists = new SharedLists()
  const rows = events.map((event) => rowOf(event, blobs, lists))
  const firstSeq = events[0]?.seq ?? 0
  return pack({ kind: 'events', number, now, firstSeq, lists: lists.all, rows }, blobs)
}

/**
 * The state as it is, with the newest of its packets, at most so many of them and of their bytes. `skipped`: events left
 * out since the frame before.
 */
export function encodeSnapshot(
  number: number,
  now: SimMs,
  state: State,
  skipped: number,
  most: { packets?: number; bytes?: number } = {},
): Uint8Array<ArrayBuffer> {
  const { packets = SNAPSHOT_PACKETS, bytes = SNAPSHOT_BYTES } = most
  const blobs: Uint8Array[] = []
  const header: SnapshotHeader = {
    kind: 'snapshot',
    number,
    now,
    skipped,
    state: {
      seq: state.seq,
      at: state.at,
      scenario: state.scenario,
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
      breakpoints: [...state.breakpoints],
      marks: state.marks,
      notShown: state.notShown,
      firstPacket: state.firstPacket,
      firstKept: state.packets.end,
      packets: [],
      inFlight: [],
    },
  }
  const newest = newestPackets(state, packets, bytes)
  header.state.firstKept -= newest.length
  header.state.packets = newest.map((packet) => withoutBytes(packet, blobs))
  let room = bytes - newest.reduce((total, packet) => total + packet.bytes.length, 0)
  // A packet may be in flight for longer than the history reaches back. The counters need them all, if without bytes.
  for (const packet of state.inFlight.values()) {
    if (packet.id - 1 >= header.state.firstKept) continue
    room -= packet.bytes.length
    const shown = room >= 0 ? packet : { ...packet, bytes: NO_BYTES, original: undefined }
    header.state.inFlight.push(withoutBytes(shown, blobs))
  }
  return pack(header, blobs)
}

/** A frame's header, a JSON value, and where the messages' bytes begin; throws where there is none. */
export function splitFrame(frame: Uint8Array): { header: unknown; blobAt: number } {
  const blobAt = 4 + new DataView(frame.buffer, frame.byteOffset, frame.length).getUint32(0)
  if (blobAt > frame.length) throw new Error('A frame ends before its header does.')
  return { header: JSON.parse(textOf.decode(frame.subarray(4, blobAt))), blobAt }
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
    const { firstSeq, lists, rows } = header
    const events = rows.map((row, index) => eventOf(row, firstSeq + index, blob, lists))
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
  /** Lists that several rows share, each once: a decision's candidates. */
  lists: (readonly ProtocolId[])[]
  rows: Row[]
}

type PlainPacket = Omit<Packet, 'bytes' | 'original'> & { size: number; originalSize?: number }
interface SnapshotHeader {
  kind: 'snapshot'
  number: number
  now: SimMs
  skipped: number
  state: Pick<
    State,
    | 'seq'
    | 'at'
    | 'scenario'
    | 'clock'
    | 'latencyMs'
    | 'proxy'
    | 'totals'
    | 'marks'
    | 'firstPacket'
    | 'notShown'
  > & {
    nodes: Entries<State['nodes']>
    rows: Entries<State['rows']>
    next: Entries<State['next']>
    connections: Entries<State['connections']>
    decisions: Entries<State['decisions']>
    logs: Entries<State['logs']>
    breakpoints: Entries<State['breakpoints']>
    firstKept: number
    packets: PlainPacket[]
    inFlight: PlainPacket[]
  }
}

type Entries<M> = M extends ReadonlyMap<infer K, infer V> ? [K, V][] : never

/** Lists by what they are made of being the same array, which is how the engine hands them out. */
class SharedLists {
  readonly all: (readonly ProtocolId[])[] = []
  private readonly places = new Map<readonly ProtocolId[], number>()

  placeOf(list: readonly ProtocolId[]): number {
    const known = this.places.get(list)
    if (known !== undefined) return known
    this.places.set(list, this.all.length)
    return this.all.push(list) - 1
  }
}

function rowOf(event: LabEvent, blobs: Uint8Array[], lists: SharedLists): Row {
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
      event.copyOf,
    ]
  }
  if (event.type === 'packet.delivered') return [1, microseconds(event.at), event.packet]
  const row: Row = [INDEX_OF.get(event.type), microseconds(event.at)]
  const values = event as Readonly<Record<string, unknown>>
  for (const field of ROWS[event.type]) row.push(values[field])
  if (event.type === 'packet.edited') {
    blobs.push(event.bytes)
    row[PLACE.editedBytes] = event.bytes.length
  } else if (event.type === 'packet.released') {
    row[PLACE.releasedDueAt] = microseconds(event.dueAt)
  } else if (event.type === 'decision.made') {
    row[PLACE.candidates] = lists.placeOf(event.candidates)
  }
  return row
}

/** Where in their rows those fields are that are not written as they are. */
const PLACE = {
  editedBytes: 2 + ROWS['packet.edited'].indexOf('bytes'),
  releasedDueAt: 2 + ROWS['packet.released'].indexOf('dueAt'),
  candidates: 2 + ROWS['decision.made'].indexOf('candidates'),
} as const

function eventOf(row: Row, seq: number, blob: BlobReader, lists: EventsHeader['lists']): LabEvent {
  const type = TYPES[row[0] as number]
  if (type === undefined) throw new Error(`A frame has an event of unknown type ${row[0]}.`)
  const event: Record<string, unknown> = { seq, at: milliseconds(row[1]), type }
  ROWS[type].forEach((field, index) => {
    event[field] = row[index + 2]
  })
  if (type === 'packet.sent') {
    event.dueAt = milliseconds(event.dueAt)
    event.bytes = blob.take(event.bytes as number)
  } else if (type === 'packet.edited') {
    event.bytes = blob.take(event.bytes as number)
  } else if (type === 'packet.released') {
    event.dueAt = milliseconds(event.dueAt)
  } else if (type === 'decision.made') {
    event.candidates = lists[event.candidates as number] ?? []
  }
  return event as unknown as LabEvent
}

function stateOf({ state: header }: SnapshotHeader, blob: BlobReader): State {
  const { firstKept, ...plain } = header
  const packets = PagedList.empty<Packet>(firstKept).edit()
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
    // Recordings from before scenarios had names have none.
    scenario: plain.scenario ?? null,
    nodes: new Map(plain.nodes),
    rows: new Map(plain.rows),
    next: new Map(plain.next),
    connections: new Map(plain.connections),
    decisions: new Map(plain.decisions),
    logs: new Map(plain.logs),
    breakpoints: new Map(plain.breakpoints),
    inFlight: new Map([...older.map((packet) => [packet.id, packet] as const), ...inFlight]),
    packets: packets.done(),
    packetBytes,
  }
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

function withBytes({ size, originalSize, ...packet }: PlainPacket, blob: BlobReader): Packet {
  const bytes = blob.take(size)
  const original = originalSize === undefined ? undefined : blob.take(originalSize)
  return { ...packet, bytes, original }
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

// What the socket doctor sees: events about outside programs become observations, each diagnosis is asked about them, and
// what it says is kept on the program's chart. Nothing is done for packets of inside nodes. Applies a batch of events.
import {
  type Chart,
  type GotMessage,
  NO_CHART,
  type Observation,
  type Seen,
  type SeenProgram,
} from '../diagnosis/doctor/diagnosis'
import { bytesOfHex, hexText } from '../diagnosis/doctor/evidence'
import { DIAGNOSES } from '../diagnosis/doctor/registry'
import { notesOn } from '../diagnosis/message-notes'
import type { LabEvent } from '../events'
import { linkOf } from '../fault-words'
import { type ConnectionId, isOutside, type NodeId, PROXY, type ProtocolId } from '../ids'
import { readBytes } from '../protocol/reading'
import { sha1OfText } from '../sha1'
import { DraftMap } from './draft-map'
import type { PacketDraft } from './packet-draft'
import type { Connection, NodeState, Packet, RowState, State } from './state'

/** All messages of a program are looked at up to this number of them, and then one of so many. */
const LOOKED_AT = 32
const THEN_ONE_OF = 64
/** Larger messages are not looked at. */
const MOST_BYTES = 64 * 1024
/** Messages that are remembered of a server, and exchanges that were changed on the way. */
const MOST_KEPT = 32
/** A longer payload is not remembered. */
const LONGEST_PAYLOAD = 1_000

interface Drafts {
  readonly nodes: Pick<DraftMap<NodeId, NodeState>, 'get'>
  readonly rows: Pick<DraftMap<ProtocolId, RowState>, 'get'>
  readonly connections: Pick<DraftMap<ConnectionId, Connection>, 'get'>
  readonly packets: Pick<PacketDraft, 'get'>
}

type EventOf<T extends LabEvent['type']> = Extract<LabEvent, { type: T }>

export class ChartDraft {
  private readonly charts: DraftMap<NodeId, Chart>

  constructor(
    charts: State['charts'],
    private readonly drafts: Drafts,
    private readonly faults: () => State['faults'],
  ) {
    this.charts = new DraftMap(charts)
  }

  /** `sender`: with this packet in its counters. */
  sent(packet: Packet, sender: NodeState | undefined): void {
    const { from, bytes, exchange, id, sentAt, kind, connection, copyOf } = packet
    if (!isOutside(from) || sender === undefined || copyOf !== undefined) return
    if (kind === 1) this.registers(from, connection)
    if (exchange === 0 && this.drafts.connections.get(connection)?.from === PROXY) {
      this.observe(from, sentAt, { of: 'unasked', packet: id, bytes, size: bytes.length })
      return
    }
    if (bytes.length > MOST_BYTES) return
    if (sender.sent > LOOKED_AT && sender.sent % THEN_ONE_OF !== 0) return
    const reading = readBytes(bytes)
    const message = reading.kind === 'message' ? reading.message : undefined
    const source = message?.type === 2 ? message.source : undefined
    this.observe(from, sentAt, { of: 'message', packet: id, bytes, notes: notesOn(bytes), source })
  }

  delivered({ to, from, id, kind, bytes, exchange }: Packet): void {
    if (to === PROXY && kind === 2 && isOutside(from)) {
      const { answers = 0 } = this.chart(from)
      this.change(from, { answers: answers + 1 })
    }
    if (kind !== 0 || !isOutside(to)) return
    const reading = readBytes(bytes)
    if (reading.kind !== 'message' || reading.message.type !== 0) return
    const { payload } = reading.message
    const { got = [], gotMore } = this.chart(to)
    if (payload.length > LONGEST_PAYLOAD) {
      this.change(to, { gotMore: true })
      return
    }
    const all = [...got, { exchange, packet: id, payload }]
    if (all.length > MOST_KEPT) this.change(to, { got: all.slice(1), gotMore: true })
    else this.change(to, { got: all, ...(gotMore && { gotMore }) })
  }

  /** A person has changed the bytes of a packet. */
  changed(packet: Packet | undefined): void {
    if (packet === undefined || packet.exchange === 0) return
    for (const node of [packet.from, packet.to]) {
      if (!isOutside(node)) continue
      const { changed = [] } = this.chart(node)
      this.change(node, { changed: [...changed, packet.exchange].slice(-MOST_KEPT) })
    }
  }

  onLink(packet: Packet | undefined, event: { readonly type: LabEvent['type']; at: number }): void {
    if (packet === undefined) return
    if (event.type === 'packet.harmed') this.changed(packet)
    const { from, id, pieces } = packet
    if (event.type !== 'packet.read' || pieces === undefined || !isOutside(from)) return
    this.observe(from, event.at, { of: 'pieces', packet: id, pieces })
  }

  opened({ from, to, fromPort, toAddress, at }: EventOf<'connection.opened'>): void {
    if (from === PROXY && isOutside(to)) {
      if (!this.chart(to).accepted) this.change(to, { accepted: true })
      this.observe(to, at, { of: 'accepted', address: toAddress })
    }
    if (to !== PROXY || !isOutside(from)) return
    const { fromPort: before, inARow: times = 0 } = this.chart(from)
    const inARow = fromPort === before ? times + 1 : 1
    this.change(from, { fromPort, inARow })
    this.observe(from, at, { of: 'dialled', fromPort, inARow })
  }

  /** Called before the message is taken off the server's account. */
  failed({ server, exchange, reason, at }: EventOf<'upstream.failed'>): void {
    const row = this.drafts.rows.get(server)
    if (row === undefined || !isOutside(row.node)) return
    if (this.isDisturbed(row.node, exchange)) return
    // A program with one thread is busy with others that came earlier.
    if (reason === 'SERVER_TIMEOUT' && (row.inFlight ?? 0) > 1) return
    const question = this.question(row.node, exchange)
    this.observe(row.node, at, { of: 'failed', reason, question })
  }

  answered(event: EventOf<'answer.verified' | 'answer.misaddressed'>): void {
    const { at, exchange } = event
    const asked = this.drafts.packets.get(exchange)
    const server = event.type === 'answer.misaddressed' ? event.server : asked?.decision?.server
    const row = server == null ? undefined : this.drafts.rows.get(server)
    if (row === undefined || !isOutside(row.node) || this.isDisturbed(row.node, exchange)) return
    if (event.type === 'answer.misaddressed') {
      if (asked?.original === undefined) this.observe(row.node, at, { of: 'misaddressed' })
      return
    }
    if (event.verdict !== 'wrong') return
    const question = this.question(row.node, exchange)
    const packet = this.drafts.packets.get(event.packet)
    if (question === undefined || packet === undefined) return
    const reading = readBytes(packet.original ?? packet.bytes)
    if (reading.kind !== 'message' || reading.message.type !== 2) return
    const { payload: got } = reading.message
    const { payload } = question
    const hash = sha1OfText(payload)
    if (got === hash) return
    const soFar = this.payloadsUpTo(row.node, question)
    this.observe(row.node, at, { of: 'wrong hash', payload, hash, got, soFar, packet: packet.id })
  }

  noted(event: EventOf<'socket.noted'>): void {
    const { node, at, what, hex = '', size = 0 } = event
    if (this.isDisturbed(node, 0)) return
    if (what === 'after answer') {
      this.observe(node, at, { of: 'unasked', packet: undefined, bytes: bytesOfHex(hex), size })
    } else this.observe(node, at, { of: 'socket', fact: event })
  }

  forget(node: NodeId): void {
    this.charts.delete(node)
  }

  clear(): void {
    this.charts.clear()
  }

  done(): State['charts'] {
    return this.charts.done()
  }

  /** Over a new connection it is a new start of the program: what was seen before may be mended. */
  private registers(node: NodeId, registeredOn: ConnectionId): void {
    const { symptoms, registeredOn: before, ...chart } = this.chart(node)
    if (before === registeredOn) return
    const kept = symptoms.filter(({ diagnosis }) => LASTING.has(diagnosis))
    const { fromPort, inARow } = chart
    this.charts.set(node, {
      symptoms: kept,
      registeredOn,
      ...(fromPort !== undefined && { fromPort }),
      ...(inARow !== undefined && { inARow }),
    })
  }

  /** A person or a fault of its link may be the cause of what it does. */
  private isDisturbed(node: NodeId, exchange: number): boolean {
    const name = linkOf(node)
    for (const { link } of this.faults().values()) if (link === name) return true
    return exchange !== 0 && this.chart(node).changed?.includes(exchange) === true
  }

  private question(node: NodeId, exchange: number): GotMessage | undefined {
    return this.chart(node).got?.findLast((one) => one.exchange === exchange)
  }

  private payloadsUpTo(node: NodeId, question: GotMessage): string[] | undefined {
    const { got = [], gotMore } = this.chart(node)
    if (gotMore) return undefined
    return got.slice(0, got.indexOf(question) + 1).map(({ payload }) => payload)
  }

  private observe(id: NodeId, at: number, observation: Observation): void {
    const node = this.drafts.nodes.get(id)
    if (node === undefined) return
    const program = this.program(node)
    for (const { id: diagnosis, seen } of DIAGNOSES) {
      const found = seen(observation, program)
      if (found) this.add(node, at, diagnosis, found)
    }
  }

  private program({ id: node, role, protocolId: id, port }: NodeState): SeenProgram {
    const chart = this.chart(node)
    const row = id === undefined ? undefined : this.drafts.rows.get(id)
    const { registeredOn, answers = 0 } = chart
    return {
      role,
      id,
      port,
      address: row?.node === node ? row.address : undefined,
      answers,
      registrationIsOpen:
        registeredOn !== undefined && this.drafts.connections.get(registeredOn) !== undefined,
      chart,
    }
  }

  private add({ id, sent }: NodeState, at: number, diagnosis: string, seen: Seen): void {
    const { symptoms } = this.chart(id)
    const before = symptoms.find((one) => one.diagnosis === diagnosis)
    const { bytes, offset, packet } = seen.evidence ?? {}
    const symptom = {
      diagnosis,
      times: (before?.times ?? 0) + 1,
      since: before?.since ?? at,
      at,
      seen: seen.text,
      ...(bytes !== undefined && bytes.length > 0 && { hex: hexText(bytes) }),
      ...(offset !== undefined && { offset }),
      ...(packet !== undefined && { packet }),
      sent,
    }
    this.change(id, {
      symptoms: before
        ? symptoms.map((one) => (one === before ? symptom : one))
        : [...symptoms, symptom],
    })
  }

  private chart(node: NodeId): Chart {
    return this.charts.get(node) ?? NO_CHART
  }

  private change(node: NodeId, change: Partial<Chart>): void {
    this.charts.set(node, { ...this.chart(node), ...change })
  }
}

const LASTING: ReadonlySet<string> = new Set(
  DIAGNOSES.filter(({ outlivesStart }) => outlivesStart).map(({ id }) => id),
)

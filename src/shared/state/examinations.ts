// What the socket doctor sees: events about outside programs become observations, each diagnosis is asked about them, and
// what it says is kept on the program's examination. Nothing is done for packets of inside nodes. Applies a batch of events.
import type { GotMessage, Observation, Seen, SeenProgram } from '../diagnosis/doctor/diagnosis'
import { bytesOfHex } from '../diagnosis/doctor/evidence'
import { DIAGNOSES, LASTING_DIAGNOSES } from '../diagnosis/doctor/registry'
import { withSymptom } from '../diagnosis/doctor/symptom'
import { notesOn } from '../diagnosis/message-notes'
import type { LabEvent } from '../events'
import { linkOf } from '../fault-words'
import {
  type ConnectionId,
  isOutside,
  type NodeId,
  PROXY,
  type ProtocolId,
  type SimMs,
} from '../ids'
import { readBytes } from '../protocol/reading'
import { sha1OfText } from '../sha1'
import type { DraftMap } from './draft-map'
import { OwnExaminations } from './own-examinations'
import type { PacketDraft } from './packet-draft'
import type { Connection, NodeState, Packet, RowState, State } from './state'

/** The first LOOKED_AT messages of a program are all looked at, and then one in THEN_ONE_OF. */
const LOOKED_AT = 32
const THEN_ONE_OF = 64
/** Larger messages are not looked at. */
const MOST_BYTES = 64 * 1024
/** Messages that are remembered of a server, and exchanges that were changed on the way. */
const MOST_KEPT = 32
/** Hashes of longer payloads are not looked at. */
const LONGEST_PAYLOAD = 1_000
/** A message with such a payload may be this long: each of its characters escaped, and other fields beside it. */
const LONGEST_HASHED = 8 * LONGEST_PAYLOAD

interface Drafts {
  readonly nodes: Pick<DraftMap<NodeId, NodeState>, 'get'>
  readonly rows: Pick<DraftMap<ProtocolId, RowState>, 'get'>
  readonly connections: Pick<DraftMap<ConnectionId, Connection>, 'get' | 'values'>
  readonly packets: Pick<PacketDraft, 'get'>
}

type EventOf<T extends LabEvent['type']> = Extract<LabEvent, { type: T }>

export class ExaminationsDraft {
  private readonly examinations: OwnExaminations

  constructor(
    examinations: State['examinations'],
    private readonly drafts: Drafts,
    private readonly lab: () => Pick<State, 'faults' | 'clock'>,
  ) {
    this.examinations = new OwnExaminations(examinations)
  }

  /** `sender`: with this packet in its counters. */
  sent(packet: Packet, sender: NodeState | undefined): void {
    const { from, bytes, exchange, id, sentAt, kind, connection, copyOf } = packet
    if (!isOutside(from) || sender === undefined || copyOf !== undefined) return
    if (kind === 1) this.registers(sender, connection)
    if (exchange === 0 && this.drafts.connections.get(connection)?.from === PROXY) {
      this.observe(from, sentAt, { of: 'unasked', packet: id, bytes, size: bytes.length })
      return
    }
    if (bytes.length > MOST_BYTES) return
    const number = sender.sent - (this.examinations.of(from).sentBefore ?? 0)
    if (number > LOOKED_AT && number % THEN_ONE_OF !== 0) return
    const reading = readBytes(bytes)
    const message = reading.kind === 'message' ? reading.message : undefined
    const source = message?.type === 2 ? message.source : undefined
    this.observe(from, sentAt, { of: 'message', packet: id, bytes, notes: notesOn(bytes), source })
  }

  delivered({ to, from, id, kind, exchange }: Packet): void {
    if (to === PROXY && kind === 2 && isOutside(from)) {
      const server = this.examinations.edit(from)
      server.answers = (server.answers ?? 0) + 1
    }
    if (kind !== 0 || !isOutside(to)) return
    const server = this.examinations.edit(to)
    server.got ??= []
    server.got.push({ exchange, packet: id })
    if (server.got.length <= MOST_KEPT) return
    server.got.shift()
    server.gotMore = true
  }

  /** A person has changed the bytes of a packet. */
  changed(packet: Packet | undefined): void {
    if (packet === undefined || packet.exchange === 0) return
    for (const node of [packet.from, packet.to]) {
      if (!isOutside(node)) continue
      const { changed = [] } = this.examinations.of(node)
      this.examinations.change(node, { changed: [...changed, packet.exchange].slice(-MOST_KEPT) })
    }
  }

  /** How long it waits is not the program's doing, nor is that its client has given up meanwhile. */
  held(packet: Packet | undefined): void {
    if (packet === undefined) return
    this.disturbed(packet)
    const question = this.drafts.packets.get(packet.exchange)
    if (question) this.disturbed(question)
  }

  /** Programs have clocks of their own, which a pause does not stop. */
  clockChanged(): void {
    if (!this.isSlow) return
    for (const { from, to, id: connection } of this.drafts.connections.values()) {
      this.disturbed({ from, to, connection })
    }
  }

  onLink(packet: Packet | undefined, event: { readonly type: LabEvent['type']; at: number }): void {
    if (packet === undefined) return
    if (event.type === 'packet.harmed') this.changed(packet)
    if (event.type === 'packet.read') this.read(packet, event.at)
  }

  read({ from, id, pieces }: Packet, at: SimMs): void {
    // No diagnosis asks about a message that came in one piece, as most do.
    if (pieces === undefined || pieces.length === 1 || !isOutside(from)) return
    this.observe(from, at, { of: 'pieces', packet: id, pieces })
  }

  opened(event: EventOf<'connection.opened'>): void {
    const { from, to, fromPort, toAddress, at } = event
    if (this.isSlow) this.disturbed(event)
    if (from === PROXY && isOutside(to)) {
      if (!this.examinations.of(to).accepted) this.examinations.change(to, { accepted: true })
      this.observe(to, at, { of: 'accepted', address: toAddress })
    }
    if (to !== PROXY || !isOutside(from)) return
    const { fromPort: before, inARow: times = 0 } = this.examinations.of(from)
    const inARow = fromPort === before ? times + 1 : 1
    this.examinations.change(from, { fromPort, inARow })
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
    if (event.type === 'answer.verified' && event.verdict !== 'wrong') return
    const { at, exchange } = event
    const asked = this.drafts.packets.get(exchange)
    const server = event.type === 'answer.misaddressed' ? event.server : asked?.decision?.server
    const row = server == null ? undefined : this.drafts.rows.get(server)
    if (row === undefined || !isOutside(row.node) || this.isDisturbed(row.node, exchange)) return
    if (event.type === 'answer.misaddressed') {
      if (asked?.original === undefined) this.observe(row.node, at, { of: 'misaddressed' })
      return
    }
    const question = this.question(row.node, exchange)
    const packet = this.drafts.packets.get(event.packet)
    if (question === undefined || packet === undefined) return
    const reading = readBytes(packet.original ?? packet.bytes)
    if (reading.kind !== 'message' || reading.message.type !== 2) return
    const { payload: got } = reading.message
    const payload = this.payload(question)
    if (payload === undefined) return
    const hash = sha1OfText(payload)
    if (got === hash) return
    const soFar = this.payloadsUpTo(row.node, question)
    this.observe(row.node, at, { of: 'wrong hash', payload, hash, got, soFar, packet: packet.id })
  }

  noted(event: EventOf<'socket.noted'>): void {
    const { node, at, what, connection = Number.POSITIVE_INFINITY, hex = '', size = 0 } = event
    const { disturbedUpTo = 0, registeredOn = 0 } = this.examinations.of(node)
    if (this.isDisturbed(node, 0) || connection <= disturbedUpTo) return
    // It was started again meanwhile.
    if (what === 'reset' && connection < registeredOn) return
    // A client gives up where a fault of another link keeps its answer away.
    if (what === 'reset' && event.ended && this.lab().faults.size > 0) return
    if (what === 'after answer') {
      this.observe(node, at, { of: 'unasked', packet: undefined, bytes: bytesOfHex(hex), size })
    } else this.observe(node, at, { of: 'socket', fact: event })
  }

  forget(node: NodeId): void {
    this.examinations.delete(node)
  }

  clear(): void {
    this.examinations.clear()
  }

  done(): State['examinations'] {
    return this.examinations.done()
  }

  /** Over a new connection it is a new start of the program: what was seen before may be mended. */
  private registers({ id: node, sent }: NodeState, registeredOn: ConnectionId): void {
    const {
      symptoms,
      registeredOn: before,
      fromPort,
      inARow,
      disturbedUpTo,
    } = this.examinations.of(node)
    if (before === registeredOn) return
    this.examinations.set(node, {
      symptoms: symptoms.filter(({ diagnosis }) => LASTING_DIAGNOSES.has(diagnosis)),
      registeredOn,
      sentBefore: sent - 1,
      ...(fromPort !== undefined && { fromPort }),
      ...(inARow !== undefined && { inARow }),
      ...(disturbedUpTo !== undefined && { disturbedUpTo }),
    })
  }

  private get isSlow(): boolean {
    const { paused, speed } = this.lab().clock
    return paused || speed < 1
  }

  private disturbed({ from, to, connection }: Pick<Packet, 'from' | 'to' | 'connection'>): void {
    for (const node of [from, to]) {
      if (!isOutside(node)) continue
      const { disturbedUpTo = 0 } = this.examinations.of(node)
      if (connection > disturbedUpTo) this.examinations.change(node, { disturbedUpTo: connection })
    }
  }

  /** A person or a fault of its link may be the cause of what it does. */
  private isDisturbed(node: NodeId, exchange: number): boolean {
    const name = linkOf(node)
    for (const { link } of this.lab().faults.values()) if (link === name) return true
    return exchange !== 0 && this.examinations.of(node).changed?.includes(exchange) === true
  }

  private question(node: NodeId, exchange: number): GotMessage | undefined {
    return this.examinations.of(node).got?.findLast((one) => one.exchange === exchange)
  }

  private payloadsUpTo(node: NodeId, question: GotMessage): string[] | undefined {
    const { got = [], gotMore } = this.examinations.of(node)
    if (gotMore) return undefined
    const payloads = got.slice(0, got.indexOf(question) + 1).map((one) => this.payload(one))
    return payloads.every((payload) => payload !== undefined) ? payloads : undefined
  }

  /** As it was delivered. Undefined if it is long, or no longer kept. */
  private payload({ packet: id }: GotMessage): string | undefined {
    const { bytes } = this.drafts.packets.get(id) ?? {}
    if (bytes === undefined || bytes.length > LONGEST_HASHED) return undefined
    const reading = readBytes(bytes)
    if (reading.kind !== 'message' || reading.message.type !== 0) return undefined
    const { payload } = reading.message
    return payload.length > LONGEST_PAYLOAD ? undefined : payload
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
    const examination = this.examinations.of(node)
    const row = id === undefined ? undefined : this.drafts.rows.get(id)
    const { registeredOn, answers = 0 } = examination
    return {
      role,
      id,
      port,
      address: row?.node === node ? row.address : undefined,
      answers,
      registrationIsOpen:
        registeredOn !== undefined && this.drafts.connections.get(registeredOn) !== undefined,
      examination,
    }
  }

  private add({ id, sent }: NodeState, at: number, diagnosis: string, seen: Seen): void {
    const { symptoms } = this.examinations.of(id)
    this.examinations.change(id, { symptoms: withSymptom(symptoms, { diagnosis, at, sent }, seen) })
  }
}

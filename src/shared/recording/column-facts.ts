// A packet of a recording as a filter sees it, from the columns: a block is opened only if its bytes are needed.
import type { PacketKind } from '../events'
import type { PacketFacts } from '../filter/filter'
import { partsOfNode } from '../filter/nodes'
import { endsExchange, isAnswerToClient } from '../filter/state-facts'
import type { NodeId, PacketId, ProtocolId } from '../ids'
import type { Message } from '../protocol/message'
import { type ReadBytes, readBytes } from '../protocol/reading'
import type { EventsBlock } from './blocks'
import type { Ahead, KeyedContent } from './helpers'
import type { LoadedRecording } from './loaded-recording'
import { type BlockText, MessageText } from './message-text'
import type { Choice, Edit, Note } from './packet-columns'

const textOf = new TextDecoder()
const NOTHING = new Uint8Array(0)
const VERDICTS = ['correct', 'wrong', 'error'] as const

export class ColumnFacts implements PacketFacts {
  id: PacketId = 0
  private readonly messages = new MessageText()
  /** The texts of the blocks that follow, from helpers. */
  private texts: Ahead<BlockText> | undefined
  private readonly roles = new Map<number, ReturnType<typeof partsOfNode>>()

  constructor(
    private readonly loaded: LoadedRecording,
    /** The event after which the packet is seen. */
    private readonly asOf: number,
  ) {}

  /** Prepares for the packets of the block that sends a packet; returns the last of them. */
  async enterBlockOf(packet: PacketId): Promise<PacketId> {
    const { blocks, columns, helpers } = this.loaded
    const block = this.loaded.blockOf(columns.sentSeqOf(packet))
    if (block === undefined) return packet
    if (this.messages.isNeeded) {
      this.messages.isNeeded = false
      this.texts ??= helpers?.texts(contentsFrom(blocks, block.index))
      const text = await this.texts?.read(block.index)
      if (text !== undefined) this.messages.enter(block, text)
    }
    return block.summary.lastPacket
  }

  get exchange() {
    return this.loaded.columns.exchangeOf(this.id)
  }

  get kind(): PacketKind {
    return this.editOf(this.id)?.kind ?? this.loaded.columns.kindOf(this.id)
  }

  get from(): NodeId {
    return this.nodeAt(this.loaded.columns.fromOf(this.id))
  }

  get to(): NodeId {
    return this.nodeAt(this.loaded.columns.toOf(this.id))
  }

  get connection() {
    return this.loaded.columns.connectionOf(this.id)
  }

  get status(): PacketFacts['status'] {
    const { columns } = this.loaded
    if (this.hasEnded()) return columns.statusOf(this.id)
    const last = columns.newestOf(this.id, ['held', 'released'], this.asOf)
    return last?.kind === 'held' ? 'held' : 'flying'
  }

  get edited() {
    return this.editOf(this.id) !== undefined
  }

  get copy() {
    return this.loaded.columns.isCopy(this.id)
  }

  get harmed() {
    return this.loaded.columns.newestOf(this.id, ['harmed'], this.asOf) !== undefined
  }

  get verdict(): PacketFacts['verdict'] {
    const kind = this.loaded.columns.newestOf(this.id, VERDICTS, this.asOf)?.kind
    return VERDICTS.find((verdict) => verdict === kind)
  }

  get sentAt() {
    return this.loaded.columns.sentAtOf(this.id) / 1000
  }

  get size() {
    return this.editOf(this.id)?.size ?? this.loaded.columns.sizeOf(this.id)
  }

  client(): ProtocolId | undefined {
    const { columns } = this.loaded
    const question = this.question()
    const named =
      (question === 0 ? undefined : this.idOfRole(columns.fromOf(question), 'client')) ??
      this.idOfRole(columns.fromOf(this.id), 'client') ??
      this.idOfRole(columns.toOf(this.id), 'client')
    if (named !== undefined) return named
    const message = this.messageOf(this.id)
    if (message?.type === 0) return message.source
    return message?.type === 2 ? message.destination : undefined
  }

  policy(): ProtocolId | undefined {
    const question = this.question()
    const choice = this.choiceOf(question)
    if (choice) return choice.policy
    const asked = question === 0 ? undefined : this.messageOf(question)
    if (asked?.type === 0) return asked.policy
    const message = this.messageOf(this.id)
    return message === undefined || message.type === 2 ? undefined : message.policy
  }

  server(): ProtocolId | undefined {
    const { columns } = this.loaded
    const named =
      this.idOfRole(columns.toOf(this.id), 'server') ??
      this.idOfRole(columns.fromOf(this.id), 'server') ??
      this.choiceOf(this.question())?.server
    if (named !== undefined && named !== null) return named
    const message = this.messageOf(this.id)
    if (message?.type === 1) return message.server
    return message?.type === 2 && message.error === undefined ? message.source : undefined
  }

  took(): number | undefined {
    return isAnswerToClient(this) && this.question() === 0
      ? undefined
      : (this.roundTrip() ?? this.onLink())
  }

  onLink(): number | undefined {
    return this.timeSince(this.id)
  }

  roundTrip(): number | undefined {
    const question = this.question()
    if (question === 0) return undefined
    const from = this.nodeAt(this.loaded.columns.fromOf(question))
    return endsExchange(this, { id: question, from }) ? this.timeSince(question) : undefined
  }

  /** From the sending of a packet to the arrival of this one; undefined if it has not arrived. */
  private timeSince(sent: number): number | undefined {
    const { columns } = this.loaded
    if (!this.hasEnded() || columns.statusOf(this.id) !== 'delivered') return undefined
    return columns.endedAtOf(this.id) / 1000 - columns.sentAtOf(sent) / 1000
  }

  fields(): Readonly<Record<string, unknown>> | undefined {
    const reading = this.readingOf(this.id)
    return reading.kind === 'unreadable' ? undefined : reading.fields
  }

  has(text: string): boolean {
    const { columns } = this.loaded
    const { id } = this
    const block = this.edited ? undefined : this.loaded.blockOf(columns.sentSeqOf(id))
    const has = block && this.messages.has(text, block, columns.bytesAtOf(id), columns.sizeOf(id))
    return has ?? textOf.decode(this.bytesOf(id)).toLowerCase().includes(text)
  }

  private hasEnded(): boolean {
    const seq = this.loaded.columns.endedSeqOf(this.id)
    return seq !== 0 && seq <= this.asOf
  }

  /** The packet that began the exchange; 0: none is known. */
  private question(): PacketId {
    const { columns } = this.loaded
    const id = columns.exchangeOf(this.id)
    return columns.has(id) && columns.sentSeqOf(id) <= this.asOf ? id : 0
  }

  private choiceOf(question: PacketId): Choice | undefined {
    if (question === 0) return undefined
    const note = this.loaded.columns.newestOf(question, ['decision'], this.asOf)
    return note && this.loaded.columns.choices.at(note.value)
  }

  private editOf(packet: PacketId): Edit | undefined {
    const note = this.editNoteOf(packet)
    return note && this.loaded.columns.edits[note.value]
  }

  private editNoteOf(packet: PacketId): Note | undefined {
    return this.loaded.columns.newestOf(packet, ['edited'], this.asOf)
  }

  private nodeAt(place: number): NodeId {
    return this.loaded.columns.nodes.at(place) ?? ''
  }

  private idOfRole(place: number, role: 'client' | 'server'): ProtocolId | undefined {
    let parts = this.roles.get(place)
    if (parts === undefined) {
      parts = partsOfNode(this.nodeAt(place))
      this.roles.set(place, parts)
    }
    return parts.role === role ? parts.id : undefined
  }

  private messageOf(packet: PacketId): Message | undefined {
    const reading = this.readingOf(packet)
    return reading.kind === 'message' ? reading.message : undefined
  }

  private readingOf(packet: PacketId): ReadBytes {
    return readBytes(this.bytesOf(packet))
  }

  private bytesOf(packet: PacketId): Uint8Array {
    const { columns } = this.loaded
    const note = this.editNoteOf(packet)
    const edit = note && columns.edits[note.value]
    const block = this.loaded.blockOf(note?.seq ?? columns.sentSeqOf(packet))
    if (block === undefined) return NOTHING
    const { inflated } = this.loaded.open.get(block)
    const from = edit?.bytesAt ?? columns.bytesAtOf(packet)
    return inflated.subarray(from, from + (edit?.size ?? columns.sizeOf(packet)))
  }
}

function* contentsFrom(blocks: readonly EventsBlock[], from: number): Generator<KeyedContent> {
  for (let index = from; index < blocks.length; index++) {
    const block = blocks[index]
    if (block !== undefined) yield [index, block.content]
  }
}

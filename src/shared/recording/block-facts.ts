// What a block's events say about packets, read without the blocks before it. Every row is checked: the app must be able
// to have written it. No events are made: a recording has millions, and few are ever shown.
import { indexOf, placeIn } from '../feed/event-kinds'
import { isObject, text } from '../feed/field'
import { splitFrame } from '../feed/frame'
import { rowProblem } from '../feed/rows'
import type { Lists, Translation } from '../feed/translation'
import type { NodeId, PacketId } from '../ids'
import type { OpenBlock } from './blocks'
import { type BlockSummary, MAX_BLOCK_EVENTS } from './format'
import {
  type Choice,
  type Edit,
  interned,
  NOTES,
  type NoteKind,
  natureOf,
  type SentPackets,
} from './packet-columns'
import { decodeRealTimes } from './real-times'

/** What an event says about a packet, or that all packets before it were forgotten. */
export const SAID = [...NOTES, 'delivered', 'dropped', 'forgotten'] as const
type Said = (typeof SAID)[number]

/** What events say about packets that were sent before them, in the order of the events. */
export interface SaidOfPackets {
  packet: Uint32Array
  /** An index into SAID. */
  what: Uint8Array
  seq: Uint32Array
  at: Float64Array
  /** Of a decision or an edit: an index into those of the block. */
  value: Uint32Array
}

export interface BlockFacts {
  /** In whole microseconds; -1: no event was read. */
  firstAt: number
  lastAt: number
  sent: SentPackets
  said: SaidOfPackets
  edits: readonly Edit[]
  choices: readonly Choice[]
  nodes: readonly NodeId[]
  /** What is wrong after the facts above, in words. */
  problem: string | undefined
}

// The needed fields of each type. Types that are not listed say nothing about a packet.
const SENT = indexOf('packet.sent')
const DELIVERED = indexOf('packet.delivered')
const DROPPED = indexOf('packet.dropped')
const HELD = indexOf('packet.held')
const RELEASED = indexOf('packet.released')
const EDITED = indexOf('packet.edited')
const READ = indexOf('packet.read')
const DECISION = indexOf('decision.made')
const VERIFIED = indexOf('answer.verified')
const RESET = indexOf('scenario.reset')

const SENT_BYTES = placeIn('packet.sent', 'bytes')
const SENT_COPY_OF = placeIn('packet.sent', 'copyOf')
const EDITED_BYTES = placeIn('packet.edited', 'bytes')

/** Reads the events of a block. */
export function blockFacts(
  summary: BlockSummary,
  open: OpenBlock,
  translation: Translation | undefined,
): BlockFacts {
  const read = readRows(open.frame, summary)
  if (typeof read === 'string') return new Pass(summary.firstSeq, 0, 0).facts(read)
  const { rows, lists, blobAt } = read
  const blobStart = open.frame.byteOffset - open.inflated.byteOffset + blobAt
  const pass = new Pass(summary.firstSeq, rows.length, blobStart)
  return pass.facts(
    pass.takeAll(rows, lists, translation) ??
      sumProblem(pass, summary, open.frame.length - blobAt) ??
      (decodeRealTimes(open.realTimes, summary.count) === undefined
        ? 'the real times of its events cannot be read'
        : undefined),
  )
}

function readRows(
  frame: Uint8Array,
  { firstSeq, count }: BlockSummary,
): { rows: readonly unknown[]; lists: Lists; blobAt: number } | string {
  let split: ReturnType<typeof splitFrame>
  try {
    split = splitFrame(frame)
  } catch {
    return 'its events cannot be read'
  }
  const { header, blobAt } = split
  if (
    !isObject(header) ||
    header.kind !== 'events' ||
    header.firstSeq !== firstSeq ||
    !Array.isArray(header.rows) ||
    !Array.isArray(header.lists) ||
    !header.lists.every((list) => Array.isArray(list) && list.every(text.is))
  ) {
    return 'its events are none'
  }
  const { rows, lists } = header
  if (rows.length !== count || count === 0 || count > MAX_BLOCK_EVENTS) {
    return `it has ${rows.length} events and says that it has ${count}`
  }
  return { rows, lists, blobAt }
}

function sumProblem(pass: Pass, summary: BlockSummary, blobBytes: number): string | undefined {
  if (pass.bytesEnd !== blobBytes)
    return 'its messages do not have the bytes that it says they have'
  return pass.firstAt === summary.firstAt &&
    pass.at === summary.lastAt &&
    pass.firstPacket === summary.firstPacket &&
    pass.lastPacket === summary.lastPacket
    ? undefined
    : 'its events are not those that it says it has'
}

class Pass {
  firstAt = -1
  at = -1
  firstPacket = 0
  lastPacket = 0
  /** Bytes of messages so far. */
  bytesEnd = 0
  private packets = 0
  private readonly sent: SentPackets
  private told = 0
  private readonly said: SaidOfPackets
  private readonly edits: Edit[] = []
  private readonly choices = interned.choices()
  private readonly nodes = interned.nodes()

  constructor(
    private seq: number,
    events: number,
    /** Where the messages' bytes begin in the inflated block. */
    private readonly blobAt: number,
  ) {
    const whole = () => new Uint32Array(events)
    this.sent = {
      first: 0,
      seq: whole(),
      at: new Float64Array(events),
      exchange: whole(),
      nature: new Uint8Array(events),
      from: whole(),
      to: whole(),
      connection: whole(),
      size: whole(),
      bytesAt: whole(),
    }
    this.said = {
      packet: whole(),
      what: new Uint8Array(events),
      seq: whole(),
      at: new Float64Array(events),
      value: whole(),
    }
  }

  facts(problem: string | undefined): BlockFacts {
    const { sent, said, packets, told } = this
    return {
      firstAt: this.firstAt,
      lastAt: this.at,
      sent: {
        first: this.firstPacket,
        seq: sent.seq.subarray(0, packets),
        at: sent.at.subarray(0, packets),
        exchange: sent.exchange.subarray(0, packets),
        nature: sent.nature.subarray(0, packets),
        from: sent.from.subarray(0, packets),
        to: sent.to.subarray(0, packets),
        connection: sent.connection.subarray(0, packets),
        size: sent.size.subarray(0, packets),
        bytesAt: sent.bytesAt.subarray(0, packets),
      },
      said: {
        packet: said.packet.subarray(0, told),
        what: said.what.subarray(0, told),
        seq: said.seq.subarray(0, told),
        at: said.at.subarray(0, told),
        value: said.value.subarray(0, told),
      },
      edits: this.edits,
      choices: this.choices.all(),
      nodes: this.nodes.all(),
      problem,
    }
  }

  /** Takes rows up to the first that has a problem, and returns it. */
  takeAll(
    rows: readonly unknown[],
    lists: Lists,
    translation: Translation | undefined,
  ): string | undefined {
    for (const theirs of rows) {
      const row = translation === undefined ? theirs : translation.row(theirs, lists)
      const problem = typeof row === 'string' ? row : this.take(row, lists.length)
      if (problem !== undefined) return `event ${this.seq}: ${problem}`
      if (translation !== undefined && Array.isArray(theirs)) {
        this.bytesEnd += translation.moreBytes(theirs)
      }
      this.seq++
    }
    return undefined
  }

  private take(row: unknown, lists: number): string | undefined {
    const problem = rowProblem(row, lists)
    if (problem !== undefined || !Array.isArray(row)) return problem
    const at: number = row[1]
    if (at < this.at) return 'it happened before the one before it'
    if (this.firstAt < 0) this.firstAt = at
    this.at = at
    switch (row[0]) {
      case SENT: {
        const packet: number = row[2]
        if (this.packets === 0) this.firstPacket = packet
        else if (packet !== this.lastPacket + 1) {
          return `packet ${packet} is sent after packet ${this.lastPacket}`
        }
        this.lastPacket = packet
        const { sent } = this
        const place = this.packets++
        const size: number = row[SENT_BYTES]
        sent.seq[place] = this.seq
        sent.at[place] = at
        sent.exchange[place] = row[3]
        sent.nature[place] = natureOf(row[4], row[SENT_COPY_OF] !== null)
        sent.from[place] = this.nodes.placeOf(row[5])
        sent.to[place] = this.nodes.placeOf(row[6])
        sent.connection[place] = row[7]
        sent.size[place] = size
        sent.bytesAt[place] = this.blobAt + this.bytesEnd
        this.bytesEnd += size
        return
      }
      case DELIVERED:
        this.say('delivered', row[2], 0)
        return
      case DROPPED:
        this.say('dropped', row[2], 0)
        return
      case HELD:
        this.say('held', row[2], 0)
        return
      case RELEASED:
        this.say('released', row[2], 0)
        return
      case EDITED: {
        const size: number = row[EDITED_BYTES]
        const edit = { kind: row[3], size, bytesAt: this.blobAt + this.bytesEnd }
        this.say('edited', row[2], this.edits.push(edit) - 1)
        this.bytesEnd += size
        return
      }
      case READ:
        this.say('read', row[2], 0)
        return
      case DECISION:
        this.say('decision', row[2], this.choices.placeOf({ policy: row[3], server: row[4] }))
        return
      case VERIFIED: {
        const verdict: NoteKind = row[5]
        this.say(verdict, row[3], 0)
        return
      }
      case RESET:
        this.say('forgotten', 0, 0)
        return
    }
  }

  private say(what: Said, packet: PacketId, value: number): void {
    const { said } = this
    const place = this.told++
    said.packet[place] = packet
    said.what[place] = SAID.indexOf(what)
    said.seq[place] = this.seq
    said.at[place] = this.at
    said.value[place] = value
  }
}

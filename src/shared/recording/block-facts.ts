// What a block's events say about packets, read without the blocks before it. Every row is checked: the app must be able
// to have written it. No events are made: a recording has millions, and few are ever shown.
import { indexOf, placeIn } from '../feed/event-kinds'
import { rowProblem } from '../feed/rows'
import type { Translation } from '../feed/translation'
import type { NodeId, PacketId } from '../ids'
import { parsedRows, plainRows } from './block-rows'
import type { OpenBlock } from './blocks'
import { type FactsRoom, roomFor, type SaidOfPackets } from './facts-room'
import type { ReportedFigures } from './figures-at'
import type { BlockSummary } from './format'
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

export interface BlockFacts {
  /** In whole microseconds; -1: no event was read. */
  firstAt: number
  lastAt: number
  sent: SentPackets
  said: SaidOfPackets
  edits: readonly Edit[]
  choices: readonly Choice[]
  nodes: readonly NodeId[]
  figures: readonly ReportedFigures[]
  /** What is wrong after the facts above, in words. */
  problem: string | undefined
}

// The needed fields of each type. Types that are not listed say nothing about a packet.
const CARRIED = indexOf('packet.carried')
const SENT = indexOf('packet.sent')
const EDITED = indexOf('packet.edited')
const DECISION = indexOf('decision.made')
const VERIFIED = indexOf('answer.verified')
const RESET = indexOf('scenario.reset')
const SECOND = indexOf('metrics.second')

/** Types that say one thing of a packet. */
const PLAIN: ReadonlyMap<number, Said> = new Map<number, Said>([
  [indexOf('packet.delivered'), 'delivered'],
  [indexOf('packet.dropped'), 'dropped'],
  [indexOf('packet.held'), 'held'],
  [indexOf('packet.released'), 'released'],
  [indexOf('packet.read'), 'read'],
  [indexOf('packet.harmed'), 'harmed'],
  [indexOf('packet.hastened'), 'harmed'],
  [indexOf('upstream.failed'), 'failed'],
])

const CARRIED_BYTES = placeIn('packet.carried', 'bytes')
const SENT_BYTES = placeIn('packet.sent', 'bytes')
const SENT_COPY_OF = placeIn('packet.sent', 'copyOf')
const SECOND_NUMBER = placeIn('metrics.second', 'second')
const SECOND_GROUPS = placeIn('metrics.second', 'groups')
const EDITED_BYTES = placeIn('packet.edited', 'bytes')

/** Reads the events of a block. The facts are valid until another block is read. */
export function blockFacts(
  summary: BlockSummary,
  open: OpenBlock,
  translation: Translation | undefined,
): BlockFacts {
  const plain = translation === undefined ? plainRows(open.frame, summary) : undefined
  if (plain !== undefined) {
    const pass = new Pass(summary, open, plain.blobAt)
    if (plain.each((row) => pass.take(row) === undefined)) return pass.facts()
  }
  const read = parsedRows(open.frame, summary)
  if (typeof read === 'string') return new Pass({ ...summary, count: 0 }, open, 0).factsBefore(read)
  const { rows, lists, blobAt } = read
  const pass = new Pass(summary, open, blobAt)
  for (const theirs of rows) {
    const row = translation === undefined ? theirs : translation.row(theirs, lists)
    const problem =
      typeof row === 'string' ? row : (rowProblem(row, lists.length) ?? pass.take(row))
    if (problem !== undefined) return pass.factsBefore(`event ${pass.seq}: ${problem}`)
    if (translation !== undefined && Array.isArray(theirs)) {
      pass.skipBytes(translation.moreBytes(theirs))
    }
  }
  return pass.facts()
}

/** Gathers the facts of one valid row after another. */
class Pass {
  /** The number of the next event. */
  seq: number
  private firstAt = -1
  private at = -1
  private firstPacket = 0
  private lastPacket = 0
  /** The offset of the next message's bytes in the inflated block. */
  private bytesAt: number
  private packets = 0
  private readonly sent: FactsRoom['sent']
  private told = 0
  private readonly said: FactsRoom['said']
  private readonly edits: Edit[] = []
  private readonly choices = interned.choices()
  private readonly nodes = interned.nodes()
  private readonly figures: ReportedFigures[] = []

  /** `blobAt`: where the messages' bytes begin in the frame. */
  constructor(
    private readonly summary: BlockSummary,
    private readonly open: OpenBlock,
    blobAt: number,
  ) {
    this.seq = summary.firstSeq
    this.bytesAt = open.frame.byteOffset - open.inflated.byteOffset + blobAt
    const room = roomFor(summary.count)
    this.sent = room.sent
    this.said = room.said
  }

  /** After the last row. */
  facts(): BlockFacts {
    return this.factsBefore(this.problemAtEnd())
  }

  factsBefore(problem: string | undefined): BlockFacts {
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
      figures: this.figures,
      problem,
    }
  }

  skipBytes(count: number): void {
    this.bytesAt += count
  }

  /** Takes a valid row; returns what is wrong with it after those before it, in words. */
  take(row: unknown): string | undefined {
    if (!Array.isArray(row)) return 'it is no row'
    const at: number = row[1]
    if (at < this.at) return 'it happened before the one before it'
    if (this.firstAt < 0) this.firstAt = at
    this.at = at
    switch (row[0]) {
      // Both have the same fields first. What a carried packet says of itself is all in the columns of packets that are sent.
      case CARRIED:
      case SENT: {
        const isCarried = row[0] === CARRIED
        const packet: number = row[2]
        if (this.packets === 0) this.firstPacket = packet
        else if (packet !== this.lastPacket + 1) {
          return `packet ${packet} is sent after packet ${this.lastPacket}`
        }
        this.lastPacket = packet
        const { sent } = this
        const place = this.packets++
        const size: number = row[isCarried ? CARRIED_BYTES : SENT_BYTES]
        sent.seq[place] = this.seq
        sent.at[place] = at
        sent.exchange[place] = row[3]
        const isCopy = !isCarried && row[SENT_COPY_OF] !== null
        sent.nature[place] = natureOf(row[4], isCopy, isCarried)
        sent.from[place] = this.nodes.placeOf(row[5])
        sent.to[place] = this.nodes.placeOf(row[6])
        sent.connection[place] = row[7]
        sent.size[place] = size
        sent.bytesAt[place] = this.bytesAt
        this.bytesAt += size
        break
      }
      case EDITED: {
        const size: number = row[EDITED_BYTES]
        const edit = { kind: row[3], size, bytesAt: this.bytesAt }
        this.say('edited', row[2], this.edits.push(edit) - 1)
        this.bytesAt += size
        break
      }
      case DECISION:
        this.say('decision', row[2], this.choices.placeOf({ policy: row[3], server: row[4] }))
        break
      case VERIFIED: {
        const verdict: NoteKind = row[5]
        this.say(verdict, row[3], 0)
        break
      }
      case RESET:
        this.say('forgotten', 0, 0)
        this.figures.push({ seq: this.seq, second: 0, groups: undefined })
        break
      case SECOND: {
        const [second, groups] = [row[SECOND_NUMBER], row[SECOND_GROUPS]]
        this.figures.push({ seq: this.seq, second, groups })
        break
      }
      default: {
        const what = PLAIN.get(row[0])
        if (what) this.say(what, row[2], 0)
      }
    }
    this.seq++
    return undefined
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

  private problemAtEnd(): string | undefined {
    const { summary, open } = this
    if (open.inflated.byteOffset + this.bytesAt !== open.frame.byteOffset + open.frame.length) {
      return 'its messages do not have the bytes that it says they have'
    }
    if (
      this.firstAt !== summary.firstAt ||
      this.at !== summary.lastAt ||
      this.firstPacket !== summary.firstPacket ||
      this.lastPacket !== summary.lastPacket
    ) {
      return 'its events are not those that it says it has'
    }
    return decodeRealTimes(open.realTimes, summary.count) === undefined
      ? 'the real times of its events cannot be read'
      : undefined
  }
}

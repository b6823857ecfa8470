// Adds the facts of one block after another to the columns, and checks that the blocks follow one another.
import { type BlockFacts, SAID } from './block-facts'
import type { PacketColumns } from './packet-columns'

/** The events of a recording that have been indexed. */
export interface IndexedRange {
  /** Undefined before the first event. */
  firstSeq: number | undefined
  lastSeq: number
  /** In whole microseconds. */
  firstAt: number
  lastAt: number
  /** Packets up to this one were sent before the last reset; later events about them are ignored. */
  forgotten: number
}

export const NOTHING_INDEXED: IndexedRange = {
  firstSeq: undefined,
  lastSeq: 0,
  firstAt: 0,
  lastAt: 0,
  forgotten: 0,
}

/** What is wrong with a block's events, in words. */
export class BlockProblem extends Error {}

/** Indexes a block with this many events; throws a BlockProblem if something is wrong with it, with the columns half changed. */
export function indexBlock(
  facts: BlockFacts,
  count: number,
  columns: PacketColumns,
  before: IndexedRange,
): IndexedRange {
  const firstSeq = before.lastSeq + 1
  const { sent, firstAt, lastAt } = facts
  if (firstAt >= 0 && firstAt < before.lastAt) {
    throw new BlockProblem(`event ${firstSeq}: it happened before the one before it`)
  }
  const [sentSeq] = sent.seq
  if (sentSeq !== undefined && sent.first !== columns.last + 1) {
    const problem = `packet ${sent.first} is sent after packet ${columns.last}`
    throw new BlockProblem(`event ${sentSeq}: ${problem}`)
  }
  if (facts.problem !== undefined) throw new BlockProblem(facts.problem)
  columns.append(sent, facts.nodes)
  return {
    firstSeq: before.firstSeq ?? firstSeq,
    lastSeq: before.lastSeq + count,
    firstAt: before.firstSeq === undefined ? firstAt : before.firstAt,
    lastAt,
    forgotten: addSaid(facts, columns, before.forgotten),
  }
}

/** Adds what was said of packets; returns the number of the last packet that is forgotten. */
function addSaid(facts: BlockFacts, columns: PacketColumns, before: number): number {
  const { said, edits } = facts
  const choices = facts.choices.map((choice) => columns.choices.placeOf(choice))
  let forgotten = before
  for (let index = 0; index < said.what.length; index++) {
    const what = SAID[said.what[index] ?? 0] ?? 'read'
    const packet = said.packet[index] ?? 0
    const seq = said.seq[index] ?? 0
    if (what === 'forgotten') {
      forgotten = columns.lastSentBy(seq)
      continue
    }
    // All packets of the block are in the columns by now, also those that were sent after this event.
    const isKnown = packet > forgotten && columns.has(packet) && columns.sentSeqOf(packet) < seq
    if (!isKnown) continue
    const isFlying = columns.endedSeqOf(packet) === 0
    const value = said.value[index] ?? 0
    switch (what) {
      case 'delivered':
      case 'dropped':
        if (isFlying) columns.end(packet, what, seq, said.at[index] ?? 0)
        break
      case 'held':
      case 'released':
        if (isFlying) columns.note(packet, what, seq, 0)
        break
      case 'edited': {
        const edit = edits[value]
        if (isFlying && edit) columns.note(packet, what, seq, columns.edits.push(edit) - 1)
        break
      }
      case 'decision':
        columns.note(packet, what, seq, choices[value] ?? 0)
        break
      case 'failed':
      case 'read':
      case 'harmed':
      case 'correct':
      case 'wrong':
      case 'error':
        columns.note(packet, what, seq, 0)
        break
    }
  }
  return forgotten
}

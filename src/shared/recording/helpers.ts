// Threads that read blocks of a recording ahead of need. What they cannot read is read again by who needs it, which
// finds the words for it.
import type { BlockFacts } from './block-facts'
import { decodeSummary, MAX_BLOCK_BYTES, SUMMARY_BYTES } from './format'
import { type BlockText, blockText } from './message-text'
import { type BriefBlock, readBlock } from './read-block'

/** The content of a block, with a number that increases from block to block. */
export type KeyedContent = readonly [key: number, content: Uint8Array]

export interface Ahead<T> {
  /** What was read of a block; the keys of one call after another increase. Undefined: it has to be read here. */
  read(key: number): Promise<T | undefined>
}

export interface Helpers {
  facts(contents: Iterable<KeyedContent>): Ahead<BriefBlock>
  texts(contents: Iterable<KeyedContent>): Ahead<BlockText>
}

/** What a helper reads of a block. */
export interface HelperResults {
  facts: BriefBlock
  texts: BlockText
}

/** A helper's work. Undefined: it cannot be read, or something is wrong with it. */
export function helperResult(
  work: keyof HelperResults,
  content: Uint8Array,
): HelperResults[keyof HelperResults] | undefined {
  if (content.length < SUMMARY_BYTES) return undefined
  const summary = decodeSummary(content)
  if (summary.inflatedBytes > MAX_BLOCK_BYTES) return undefined
  const block = { content, summary }
  if (work === 'texts') return blockText(block)
  const read = readBlock(block, true, undefined)
  if (read === undefined || read.facts.problem !== undefined) return undefined
  return { ...read, facts: keptFacts(read.facts) }
}

/** The facts in memory of their own, no longer than they are. */
function keptFacts({ sent, said, ...facts }: BlockFacts): BlockFacts {
  return {
    ...facts,
    sent: {
      first: sent.first,
      seq: sent.seq.slice(),
      at: sent.at.slice(),
      exchange: sent.exchange.slice(),
      nature: sent.nature.slice(),
      from: sent.from.slice(),
      to: sent.to.slice(),
      connection: sent.connection.slice(),
      size: sent.size.slice(),
      bytesAt: sent.bytesAt.slice(),
    },
    said: {
      packet: said.packet.slice(),
      what: said.what.slice(),
      seq: said.seq.slice(),
      at: said.at.slice(),
      value: said.value.slice(),
    },
  }
}

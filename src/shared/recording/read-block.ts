// What is read of a block without the blocks before it.
import type { Translation } from '../feed/translation'
import { type BlockFacts, blockFacts } from './block-facts'
import { type BlockContent, type OpenBlock, openBriefly } from './blocks'
import { type ReadKeyframe, readKeyframe } from './keyframe'

export interface BriefBlock {
  readonly keyframe: ReadKeyframe | undefined
  readonly facts: BlockFacts
}

/**
 * Reads a block, and its keyframe if that is needed; undefined: it cannot be inflated. The facts are valid until another
 * block is read.
 */
export function readBlock(
  block: BlockContent,
  needsKeyframe: boolean,
  translation: Translation | undefined,
): BriefBlock | undefined {
  let open: OpenBlock
  try {
    open = openBriefly(block)
  } catch {
    return undefined
  }
  const { firstSeq, firstAt } = block.summary
  const before = { seq: firstSeq, at: firstAt / 1000 }
  return {
    keyframe:
      needsKeyframe && open.keyframe.length > 0
        ? readKeyframe(open.keyframe, before, translation)
        : undefined,
    facts: blockFacts(block.summary, open, translation),
  }
}

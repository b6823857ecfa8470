// Searches the messages of a recording for a text: those of a block are decoded together, once.

import { messagesOf } from '../feed/frame'
import { type BlockContent, type EventsBlock, openBriefly } from './blocks'

const textOf = new TextDecoder()

/** The text of a block's messages, if each of its characters has one byte. */
export interface BlockText {
  /** Where the messages begin in the inflated block. */
  readonly start: number
  /** In lower case. */
  readonly text: string | undefined
}

/** For packets in the order of their sending: one block is kept. */
export class MessageText {
  /** Whether it was asked for since this was set. */
  isNeeded = false
  private block: EventsBlock | undefined
  private current: BlockText | undefined
  /** The first place of a text from a place on; -1: not found. */
  private readonly found = new Map<string, { from: number; at: number }>()

  /** The text of a block that was read elsewhere. */
  enter(block: EventsBlock, text: BlockText): void {
    this.block = block
    this.current = text
    this.found.clear()
  }

  /**
   * Whether these bytes of an inflated block have the text, which is in lower case. Undefined: some characters of the
   * block have several bytes, so that these must be decoded by themselves.
   */
  has(text: string, block: EventsBlock, from: number, size: number): boolean | undefined {
    this.isNeeded = true
    if (block !== this.block || this.current === undefined) this.enter(block, blockText(block))
    const { start = 0, text: all } = this.current ?? {}
    if (all === undefined) return undefined
    const first = from - start
    let found = this.found.get(text)
    if (found === undefined || first < found.from || (found.at !== -1 && found.at < first)) {
      found = { from: first, at: all.indexOf(text, first) }
      this.found.set(text, found)
    }
    return found.at !== -1 && found.at + text.length <= first + size
  }
}

export function blockText(block: BlockContent): BlockText {
  const { inflated, frame } = openBriefly(block)
  const bytes = messagesOf(frame)
  const text = textOf.decode(bytes)
  const start = bytes.byteOffset - inflated.byteOffset
  // A character of several bytes would have made it shorter. What is no UTF-8 counts as a character a byte.
  return { start, text: text.length === bytes.length ? text.toLowerCase() : undefined }
}

// The filter language: `type:0 client:3 policy:111 is:error text`. One language for the packet
// list, for dimming on the canvas, and for breakpoints.
import { MAX_FILTER_CHARS } from '../limits'
import { compile } from './compile'
import type { PacketFacts } from './packet-facts'
import { FilterError, parseTree } from './syntax'

export type { PacketFacts } from './packet-facts'
export { quoteValue, type TextRange } from './syntax'

export interface Filter {
  readonly text: string
  matches(packet: PacketFacts): boolean
}

type ParsedFilter =
  | { ok: true; filter: Filter }
  /** `error` is a sentence; `from` and `to` mark the part of the text that it is about. */
  | { ok: false; error: string; from: number; to: number }

/** Parses a filter. An empty text matches everything. Never throws. */
export function parseFilter(text: string): ParsedFilter {
  try {
    if (text.length > MAX_FILTER_CHARS) {
      const error = `A filter has at most ${MAX_FILTER_CHARS} characters; this one has ${text.length}.`
      return { ok: false, error, from: MAX_FILTER_CHARS, to: text.length }
    }
    const tree = parseTree(text)
    return { ok: true, filter: { text, matches: tree ? compile(tree) : () => true } }
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    return { ok: false, error: error.message, from: error.from, to: error.to }
  }
}

// A prefix code of deflate (RFC 1951, 3.2.2): which bits mean which symbol.

/** Codes of up to this many bits are looked up at once; the others are rare. */
const FAST_BITS = 10
const LONGEST = 15
const MOST_SYMBOLS = 288

/** Selects the bits to look up. */
export const FAST_MASK = (1 << FAST_BITS) - 1

export class PrefixCode {
  /**
   * For the next bits, of which the first is the lowest: a symbol and, in its lowest four bits, the length of its code.
   * 0: the code is longer, or no code begins so.
   */
  readonly fast = new Uint16Array(FAST_MASK + 1)
  /** How many codes have each length. */
  private readonly counts = new Uint16Array(LONGEST + 1)
  /** By the lengths of their codes, then by number. */
  private readonly symbols = new Uint16Array(MOST_SYMBOLS)
  private readonly nextCode = new Uint16Array(LONGEST + 1)
  private readonly nextPlace = new Uint16Array(LONGEST + 1)

  /** `lengths`: of the code of each symbol; 0: without a code. Throws if there are more codes than bits can tell apart. */
  set(lengths: Uint8Array): this {
    const { counts, fast, nextCode, nextPlace, symbols } = this
    counts.fill(0)
    for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
    counts[0] = 0
    fast.fill(0)
    let code = 0
    let place = 0
    for (let length = 1; length <= LONGEST; length++) {
      const count = counts[length] ?? 0
      code <<= 1
      nextCode[length] = code
      nextPlace[length] = place
      code += count
      place += count
      if (code > 1 << length) throw new Error('It has too many codes.')
    }
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const length = lengths[symbol] ?? 0
      if (length === 0) continue
      const own = nextCode[length] ?? 0
      nextCode[length] = own + 1
      const at = nextPlace[length] ?? 0
      nextPlace[length] = at + 1
      symbols[at] = symbol
      if (length > FAST_BITS) continue
      const entry = (symbol << 4) | length
      for (let bits = reversed(own, length); bits <= FAST_MASK; bits += 1 << length) {
        fast[bits] = entry
      }
    }
    return this
  }

  /** The entry for the next bits whose code is too long for `fast`; throws if no code begins so. */
  slow(bits: number): number {
    let code = 0
    let first = 0
    let place = 0
    for (let length = 1; length <= LONGEST; length++) {
      code |= (bits >>> (length - 1)) & 1
      const count = this.counts[length] ?? 0
      if (code - first < count) return ((this.symbols[place + code - first] ?? 0) << 4) | length
      place += count
      first = (first + count) << 1
      code <<= 1
    }
    throw new Error('It has bits that are no code.')
  }
}

function reversed(code: number, length: number): number {
  let bits = 0
  for (let index = 0; index < length; index++)
    bits |= ((code >>> index) & 1) << (length - 1 - index)
  return bits
}

// Inflates raw deflate (RFC 1951) synchronously. The platform's stream is asynchronous and no faster for blocks of
// this size; libraries take twice as long in a browser.
import { FAST_MASK, PrefixCode } from './prefix-code'

/** Deflate's greatest ratio; a larger claimed size is refused before memory is allocated. */
const MOST_TIMES = 1_040

const END_OF_PART = 256
const FIRST_LENGTH = 257
/** More than any code has, with the few bits behind a length's. */
const ENOUGH_BITS = 24

// The shortest length, or distance, of each symbol, and how many more bits follow it. 0: there is no such symbol.
const LENGTH_BITS = extraBits(4, 28)
const LENGTHS = startsOf(3, LENGTH_BITS, 28)
LENGTHS[28] = 258
const DISTANCE_BITS = extraBits(2, 30)
const DISTANCES = startsOf(1, DISTANCE_BITS, 30)

/** In which order the lengths of the codes for lengths are given. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const REPEAT_LAST = 16
const FEW_ZEROS = 17

const FIXED_LENGTHS = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280)
const FIXED_LITERALS = new PrefixCode().set(FIXED_LENGTHS)
const FIXED_DISTANCES = new PrefixCode().set(new Uint8Array(30).fill(5))

// Used by one call after another.
const literals = new PrefixCode()
const distances = new PrefixCode()
const codeLengths = new PrefixCode()

/**
 * The inflated bytes; throws unless these are raw deflate of exactly `size` bytes. `room`: memory for a result that is
 * not kept; ignored if it is too small.
 */
export function inflate(bytes: Uint8Array, size: number, room?: Uint8Array): Uint8Array {
  if (size > bytes.length * MOST_TIMES) throw new Error('It cannot inflate to that much.')
  const out = room && room.length >= size ? room.subarray(0, size) : new Uint8Array(size)
  const inflating = new Inflating(bytes, out)
  while (!inflating.part()) {}
  if (inflating.length !== size) throw new Error('It inflates to another size.')
  return out
}

class Inflating {
  /** Bytes that have been written. */
  length = 0
  private at = 0
  /** Bits that were taken from the input and not used yet; the next is the lowest. */
  private bits = 0
  private count = 0

  constructor(
    private readonly bytes: Uint8Array,
    private readonly out: Uint8Array,
  ) {}

  /** Inflates the next part; returns whether it was the last. */
  part(): boolean {
    const isLast = this.take(1) === 1
    const kind = this.take(2)
    if (kind === 0) this.stored()
    else if (kind === 1) this.coded(FIXED_LITERALS, FIXED_DISTANCES)
    else if (kind === 2) {
      this.readCodes()
      this.coded(literals, distances)
    } else throw new Error('It has a part of no kind.')
    return isLast
  }

  /** The next bits as a number. */
  private take(count: number): number {
    while (this.count < count) {
      if (this.at === this.bytes.length) throw tooShort()
      this.bits |= (this.bytes[this.at++] ?? 0) << this.count
      this.count += 8
    }
    const value = this.bits & ((1 << count) - 1)
    this.bits >>>= count
    this.count -= count
    return value
  }

  private stored(): void {
    this.take(this.count & 7)
    const length = this.take(16)
    if ((length ^ this.take(16)) !== 0xffff) throw new Error('It has a part of no length.')
    // Whole bytes may have been taken from the input.
    const start = this.at - this.count / 8
    const end = start + length
    if (end > this.bytes.length || this.length + length > this.out.length) throw tooShort()
    this.out.set(this.bytes.subarray(start, end), this.length)
    this.length += length
    this.at = end
    this.bits = 0
    this.count = 0
  }

  private readCodes(): void {
    const literalCount = this.take(5) + FIRST_LENGTH
    const all = literalCount + this.take(5) + 1
    const own = new Uint8Array(ORDER.length)
    const ownCount = this.take(4) + 4
    for (const place of ORDER.slice(0, ownCount)) own[place] = this.take(3)
    codeLengths.set(own)
    const lengths = new Uint8Array(all)
    for (let index = 0; index < all; ) {
      const symbol = this.symbolOf(codeLengths)
      if (symbol < REPEAT_LAST) {
        lengths[index++] = symbol
        continue
      }
      const repeated = symbol === REPEAT_LAST ? lengths[index - 1] : 0
      const times =
        symbol === REPEAT_LAST
          ? 3 + this.take(2)
          : symbol === FEW_ZEROS
            ? 3 + this.take(3)
            : 11 + this.take(7)
      if (repeated === undefined || index + times > all) throw new Error('It has no codes.')
      lengths.fill(repeated, index, index + times)
      index += times
    }
    literals.set(lengths.subarray(0, literalCount))
    distances.set(lengths.subarray(literalCount))
  }

  /** A symbol whose code has few bits. */
  private symbolOf(code: PrefixCode): number {
    while (this.count < 8 && this.at < this.bytes.length) {
      this.bits |= (this.bytes[this.at++] ?? 0) << this.count
      this.count += 8
    }
    const entry = code.fast[this.bits & FAST_MASK] ?? 0
    if (entry === 0 || (entry & 15) > this.count) throw tooShort()
    this.take(entry & 15)
    return entry >>> 4
  }

  /** Inflates up to the end of a part. Everything is in local variables: nearly all time is spent here. */
  private coded(literals: PrefixCode, distances: PrefixCode): void {
    const { bytes, out } = this
    const fastLiterals = literals.fast
    const fastDistances = distances.fast
    let { at, bits, count, length: end } = this
    for (;;) {
      while (count < ENOUGH_BITS && at < bytes.length) {
        bits |= (bytes[at++] ?? 0) << count
        count += 8
      }
      let entry = fastLiterals[bits & FAST_MASK] ?? 0
      if (entry === 0) entry = literals.slow(bits)
      bits >>>= entry & 15
      count -= entry & 15
      if (count < 0) throw tooShort()
      const symbol = entry >>> 4
      if (symbol < END_OF_PART) {
        if (end === out.length) throw new Error('It inflates to more.')
        out[end++] = symbol
        continue
      }
      if (symbol === END_OF_PART) break
      const lengthBits = LENGTH_BITS[symbol - FIRST_LENGTH] ?? 0
      const length = (LENGTHS[symbol - FIRST_LENGTH] ?? 0) + (bits & ((1 << lengthBits) - 1))
      bits >>>= lengthBits
      count -= lengthBits
      while (count < ENOUGH_BITS && at < bytes.length) {
        bits |= (bytes[at++] ?? 0) << count
        count += 8
      }
      entry = fastDistances[bits & FAST_MASK] ?? 0
      if (entry === 0) entry = distances.slow(bits)
      bits >>>= entry & 15
      count -= entry & 15
      const distanceBits = DISTANCE_BITS[entry >>> 4] ?? 0
      while (count < distanceBits && at < bytes.length) {
        bits |= (bytes[at++] ?? 0) << count
        count += 8
      }
      const distance = (DISTANCES[entry >>> 4] ?? 0) + (bits & ((1 << distanceBits) - 1))
      bits >>>= distanceBits
      count -= distanceBits
      if (count < 0) throw tooShort()
      let from = end - distance
      const stop = end + length
      // Symbols without a length or a distance have 0 of them.
      if (length === 0 || distance === 0 || from < 0 || stop > out.length) {
        throw new Error('It repeats what is not there.')
      }
      while (end < stop) out[end++] = out[from++] ?? 0
    }
    this.at = at
    this.bits = bits
    this.count = count
    this.length = end
  }
}

/** No more bits for the first symbols, then one more for every `each`; for 32 symbols. */
function extraBits(each: number, symbols: number): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, symbol) =>
    symbol < symbols ? Math.max(0, Math.floor(symbol / each) - 1) : 0,
  )
}

function startsOf(first: number, bits: Uint8Array, symbols: number): Uint16Array {
  let start = first
  return Uint16Array.from(bits, (extra, symbol) => {
    start += 1 << extra
    return symbol < symbols ? start - (1 << extra) : 0
  })
}

function tooShort(): Error {
  return new Error('It is too short.')
}

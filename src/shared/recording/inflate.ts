// Inflates raw deflate (RFC 1951) synchronously: for a block of a recording, the platform's stream spends ten times as
// long around the work as on it.
import { inflateSync } from 'fflate'

/** Deflate's greatest ratio; a larger claimed size is refused before memory is allocated. */
const MOST_TIMES = 1_040

/**
 * The inflated bytes; throws unless these are raw deflate of exactly `size` bytes. `room`: memory for a result that is
 * not kept; ignored if it is too small.
 */
export function inflate(bytes: Uint8Array, size: number, room?: Uint8Array): Uint8Array {
  if (size > bytes.length * MOST_TIMES) throw new Error('It cannot inflate to that much.')
  // One byte more than expected: a longer result is noticed.
  const out = room && room.length > size ? room : new Uint8Array(size + 1)
  const inflated = inflateSync(bytes, { out })
  if (inflated.length !== size) throw new Error('It inflates to another size.')
  return inflated
}

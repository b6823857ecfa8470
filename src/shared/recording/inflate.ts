// Raw deflate (RFC 1951) taken apart, at once: the platform's stream for it takes ten times as long around a block of a
// recording as within it.
import { inflateSync } from 'fflate'

/** Nothing becomes smaller than this part of it: who claims more gets no memory for it. */
const MOST_TIMES = 1_040

/**
 * What these bytes inflate to; throws where that is not exactly `size` bytes, or the bytes are no raw deflate.
 * `room`: memory to inflate into, where the result is not kept; what is too small is not used.
 */
export function inflate(bytes: Uint8Array, size: number, room?: Uint8Array): Uint8Array {
  if (size > bytes.length * MOST_TIMES) throw new Error('It cannot inflate to that much.')
  // One more than is expected shows what is too long.
  const out = room && room.length > size ? room : new Uint8Array(size + 1)
  const inflated = inflateSync(bytes, { out })
  if (inflated.length !== size) throw new Error('It inflates to another size.')
  return inflated
}

// The key that a message is hashed by.
import { shortened } from '../../../../shared/format'

/** A decision tells no more of a key. */
const MOST_CHARS = 64

export function keyToTell(key: string): string {
  return key.length <= MOST_CHARS ? key : shortened(key, MOST_CHARS)
}

// A text's length in UTF-8, and the place at which bytes stop being UTF-8.

/** Counts the bytes of a text: the number in `payloadsize`. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length
}

/**
 * Finds the first byte that cannot stand where it stands. Gives the number of bytes if they end within a character, and
 * undefined if they are UTF-8.
 */
export function firstWrongByte(bytes: Uint8Array): number | undefined {
  if (isUtf8(bytes, 'whole')) return undefined
  if (isUtf8(bytes, 'beginning')) return bytes.length
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1
    if (isUtf8(bytes.subarray(0, middle), 'beginning')) good = middle
    else bad = middle
  }
  return good
}

/** `beginning`: the bytes may end within a character. */
function isUtf8(bytes: Uint8Array, extent: 'whole' | 'beginning'): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: extent === 'beginning' })
    return true
  } catch {
    return false
  }
}

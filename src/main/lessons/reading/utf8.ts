// Bytes as text, where they are text.

/** Undefined if the bytes are no UTF-8. A byte order mark at the beginning is left out. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

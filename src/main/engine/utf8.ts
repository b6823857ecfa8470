// UTF-8 to text by the quickest way that Node has: a short message of ASCII alone, as most are, needs no decoder.
import { isAscii } from 'node:buffer'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Throws TypeError where the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (isAscii(bytes)) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  }
  return strict.decode(bytes)
}

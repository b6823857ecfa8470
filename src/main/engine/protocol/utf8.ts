// UTF-8 to text by the quickest way that Node has: its decoder, but for long text that is ASCII alone, which needs
// none (measured: tests/bench/codec.ts).
import { isAscii } from 'node:buffer'

const LONG_BYTES = 4_096
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Throws TypeError where the bytes are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (bytes.length > LONG_BYTES && isAscii(bytes)) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  }
  return strict.decode(bytes)
}

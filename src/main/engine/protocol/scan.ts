// How the engine reads messages from bytes, with what Node does quicker than a browser.
import { isAscii } from 'node:buffer'
import type { PacketKind } from '../../../shared/events'
import { MessageScanner, type ScanResult } from '../../../shared/protocol/scanner'

const LONG_BYTES = 2_048
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const OPTIONS = { decode: decodeUtf8 }

/** A scanner for a stream. */
export function createScanner(): MessageScanner {
  return new MessageScanner(OPTIONS)
}

/** All messages and faults in bytes that have no stream around them; what they leave unfinished is a fault. */
export function scanWhole(bytes: Uint8Array): readonly ScanResult[] {
  const scanner = createScanner()
  const found = scanner.push(bytes)
  const half = scanner.giveUp()
  return half ? [...found, half] : found
}

/** The kind of packet in which a message or fault is drawn. */
export function kindOf(item: ScanResult): PacketKind {
  if (item.kind === 'fault') return 'error'
  return item.message.type === 2 && item.message.error ? 'error' : item.message.type
}

declare global {
  interface Buffer {
    /** What `toString('latin1')` calls; Node has it in all versions, and does not document it. */
    latin1Slice(start: number, end: number): string
  }
}

/**
 * Throws TypeError where the bytes are not UTF-8. Long text that is ASCII alone needs no decoder, which is quicker
 * (measured: tests/bench/codec.ts).
 */
function decodeUtf8(bytes: Uint8Array): string {
  if (bytes.length > LONG_BYTES && isAscii(bytes))
    return asBuffer(bytes).latin1Slice(0, bytes.length)
  return strict.decode(bytes)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

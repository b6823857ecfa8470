// Splits the bytes of a stream into messages, read by read. Scans every byte once, however the
// stream was cut; a message that arrived in one read is returned without copying it.

import { errorText } from '../error-text'
import { MAX_MESSAGE_BYTES, MAX_NESTING } from '../limits'
import { type ErrorCode, type Fault, fault } from './errors'
import { type Message, readMessage } from './message'
import { ObjectEnd } from './object-end'
import { PendingBytes } from './pending-bytes'

/** Offsets are in bytes from the start of the stream. */
export type ScanResult =
  | {
      kind: 'message'
      message: Message
      /** The message's exact bytes. */
      bytes: Uint8Array
      /** Offset after its last byte. */
      end: number
    }
  | {
      kind: 'fault'
      fault: Fault
      /** The offending bytes, the first MAX_FAULT_BYTES of them. */
      bytes: Uint8Array
      /** Offset after the last offending byte received so far. */
      end: number
      /** The next message cannot be found: answer, and close the connection. */
      fatal: boolean
    }

export interface ScannerOptions {
  /** A longer message is a fault (default MAX_MESSAGE_BYTES). */
  maxBytes?: number
  /** Decodes UTF-8, throwing if it is malformed. The default is the platform's TextDecoder. */
  decode?: (bytes: Uint8Array) => string
}

/** Bytes that a fault keeps for display. */
export const MAX_FAULT_BYTES = 4096

const OPEN_OBJECT = 0x7b
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const decodeUtf8 = (bytes: Uint8Array): string => utf8.decode(bytes)

export class MessageScanner {
  private readonly maxBytes: number
  private readonly decode: (bytes: Uint8Array) => string
  private readonly object = new ObjectEnd()
  private offset = 0
  /** The unfinished message. */
  private readonly held = new PendingBytes()
  /** Inside a run of garbage that has been reported. */
  private skipping = false
  /** Bytes of a byte order mark seen at the start of the stream. */
  private markLength = 0
  private hasFailed = false

  constructor(options: ScannerOptions = {}) {
    this.maxBytes = options.maxBytes ?? MAX_MESSAGE_BYTES
    this.decode = options.decode ?? decodeUtf8
  }

  /** Bytes received, faulty or not. */
  get received(): number {
    return this.offset
  }

  /** Bytes of an unfinished message; 0 between messages. */
  get pendingBytes(): number {
    return this.held.length
  }

  /**
   * Scans the next bytes of the stream and returns the messages and faults that they finish, in
   * order. `chunk` must not be modified afterwards, because messages may be views of it. Returns
   * nothing after a fatal fault.
   */
  push(chunk: Uint8Array): ScanResult[] {
    const base = this.offset
    this.offset += chunk.length
    const found: ScanResult[] = []
    let at = 0
    while (at < chunk.length && !this.hasFailed) {
      if (this.held.length === 0) at = this.findObject(chunk, at, base, found)
      if (at < chunk.length) at = this.readObject(chunk, at, base, found)
    }
    return found
  }

  /**
   * Returns the unfinished message as a fatal MESSAGE_HALF_SENT fault; undefined between messages.
   * For the end of a stream, and for a sender that has been silent for too long.
   */
  giveUp(): ScanResult | undefined {
    if (this.held.length === 0) return undefined
    const inside = this.object.insideString ? ', inside a string' : ''
    return this.faulty(
      'MESSAGE_HALF_SENT',
      `The message that starts at byte ${this.offset - this.held.length} was begun and not finished: ${byteCount(this.held.length)} came, and it stops there${inside}.`,
      this.held.take(),
      this.offset,
      true,
    )
  }

  /** Scans from between messages to the next `{`; returns its index, or the chunk's length. */
  private findObject(chunk: Uint8Array, from: number, base: number, found: ScanResult[]): number {
    let at = from
    while (!this.skipping && at < chunk.length) {
      const byte = chunk[at] ?? 0
      if (byte === OPEN_OBJECT) break
      if (isWhiteSpace(byte)) {
        at++
      } else if (base + at === this.markLength && byte === BYTE_ORDER_MARK[this.markLength]) {
        this.markLength++
        at++
      } else {
        const end = nextObject(chunk, at)
        const { code, message } = garbage(byte, base + at)
        found.push(this.faulty(code, message, chunk.subarray(at, end), base + end, false))
        this.skipping = true
        at = end
      }
    }
    if (this.skipping) at = nextObject(chunk, at)
    if (at < chunk.length) {
      this.skipping = false
      this.object.begin()
    }
    return at
  }

  /** Scans a message to its end or the chunk's; returns the index after the last byte used. */
  private readObject(chunk: Uint8Array, from: number, base: number, found: ScanResult[]): number {
    const to = Math.min(chunk.length, from + this.maxBytes - this.held.length)
    const end = this.object.scan(chunk, from, to)
    const { state } = this.object
    const start = base + from - this.held.length
    if (state === 'open' && to === chunk.length) {
      this.held.add(chunk.subarray(from))
      return end
    }
    const bytes = this.take(chunk, from, end)
    switch (state) {
      case 'closed':
        found.push(this.read(bytes, base + end))
        break
      case 'mismatched': {
        const message = `The message that starts at byte ${start} is not JSON: found ${byteName(chunk[end - 1] ?? 0)} at byte ${base + end - 1} where ${this.object.expectedBracket} was due.`
        found.push(this.faulty('NOT_JSON', message, bytes, base + end, false))
        this.skipping = true
        break
      }
      case 'tooDeep': {
        const message = `The message that starts at byte ${start} is nested deeper than ${MAX_NESTING} levels.`
        found.push(this.faulty('NESTED_TOO_DEEPLY', message, bytes, base + end, true))
        break
      }
      case 'open': {
        const message = `The message that starts at byte ${start} is larger than ${byteCount(this.maxBytes)}.`
        found.push(this.faulty('MESSAGE_TOO_LARGE', message, bytes, base + end, true))
        break
      }
    }
    return end
  }

  private read(bytes: Uint8Array, end: number): ScanResult {
    let text: string
    try {
      text = this.decode(bytes)
    } catch {
      const message = `The message that starts at byte ${end - bytes.length} is not UTF-8.`
      return this.faulty('NOT_UTF8', message, bytes, end, false)
    }
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      const reason = errorText(error)
      const message = `The message that starts at byte ${end - bytes.length} is not JSON: ${reason}.${quoteHint(text)}`
      return this.faulty('NOT_JSON', message, bytes, end, false)
    }
    const result = readMessage(value)
    if (result.ok) return { kind: 'message', message: result.value, bytes, end }
    return this.faulty(result.fault.code, result.fault.message, bytes, end, false)
  }

  private faulty(
    code: ErrorCode,
    message: string,
    bytes: Uint8Array,
    end: number,
    fatal: boolean,
  ): ScanResult {
    if (fatal) this.hasFailed = true
    const shown = bytes.length > MAX_FAULT_BYTES ? bytes.slice(0, MAX_FAULT_BYTES) : bytes
    return { kind: 'fault', fault: fault(code, message), bytes: shown, end, fatal }
  }

  /** Joins the held bytes and `chunk` from `from` to `end`, and forgets them. */
  private take(chunk: Uint8Array, from: number, end: number): Uint8Array {
    const isWhole = from === 0 && end === chunk.length
    const piece = isWhole ? chunk : chunk.subarray(from, end)
    if (this.held.length === 0) return piece
    this.held.add(piece)
    return this.held.take()
  }
}

function nextObject(chunk: Uint8Array, from: number): number {
  const at = chunk.indexOf(OPEN_OBJECT, from)
  return at === -1 ? chunk.length : at
}

function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** Returns the fault for a byte at this offset that starts no message. */
function garbage(byte: number, offset: number): Fault {
  const found = `found ${byteName(byte)} at byte ${offset}`
  const startsOtherJson = '["-0123456789'.includes(String.fromCharCode(byte))
  return startsOtherJson
    ? fault('NOT_AN_OBJECT', `A message is a JSON object, it starts with {; ${found}.`)
    : fault('NOT_JSON', `The bytes are not JSON: a message starts with {; ${found}.`)
}

function byteName(byte: number): string {
  const printable = byte > 0x20 && byte < 0x7f
  return printable ? String.fromCharCode(byte) : `0x${byte.toString(16).padStart(2, '0')}`
}

function byteCount(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`
}

/** The commonest mistake: a Python dict sent as it prints. */
function quoteHint(text: string): string {
  if (!/^\{\s*'/.test(text)) return ''
  return ' JSON wants double quotes: use json.dumps in Python, JSON.stringify in JavaScript.'
}

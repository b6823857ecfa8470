// Splits the bytes of a stream into messages, read by read. Scans every byte once, however the
// stream was cut; a message that arrived in one read is returned without copying it. Bytes that are
// no JSON object end the stream: what follows them is never read as a message, because a web page
// can make any browser send a message inside of an HTTP request.

import { concat } from '../concat'
import { wrongByteWords } from '../diagnosis/foreign/encodings'
import { recognise } from '../diagnosis/foreign/recognise'
import { syntaxWords } from '../diagnosis/foreign/syntax'
import { MAX_MESSAGE_BYTES, MAX_NESTING } from '../limits'
import { ERRORS, type ErrorCode, type Fault, fault, type ReplyForm } from './errors'
import { flatEnd, readFlat } from './flat-object'
import { isWhiteSpace, NUL, OPEN_OBJECT, startsObject } from './json-bytes'
import { type Message, type MessageRead, readMessage } from './message'
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

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new TextDecoder('utf-8')
const NOTHING = new Uint8Array(0)
const decodeUtf8 = (bytes: Uint8Array): string => utf8.decode(bytes)

export class MessageScanner {
  private readonly maxBytes: number
  private readonly decode: (bytes: Uint8Array) => string
  private readonly object = new ObjectEnd()
  private offset = 0
  /** The unfinished message. */
  private readonly held = new PendingBytes()
  /** The first bytes of a run that starts no message, until they tell what it is. */
  private foreign: Uint8Array | undefined
  /** The byte after the unfinished message's `{` can stand there. */
  private startsWell = false
  /** The bytes of the last JSON object that was read; 0: none has been. */
  private lastBytes = 0
  private nuls = 0
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

  /** Bytes of an unfinished message, or of a run that is not recognised yet; 0 between messages. */
  get pendingBytes(): number {
    return this.held.length + (this.foreign?.length ?? 0)
  }

  /** The bytes so far do not tell what they are; `giveUp` says what they are most likely. */
  get isUndecided(): boolean {
    return this.foreign !== undefined
  }

  /** NUL bytes that followed a message and were skipped. */
  get skippedNuls(): number {
    return this.nuls
  }

  /**
   * Scans the next bytes of the stream and returns the messages and faults that they finish, in
   * order. `chunk` must not be modified afterwards, because messages may be views of it. Returns
   * nothing after a fatal fault.
   */
  push(chunk: Uint8Array): ScanResult[] {
    const base = this.offset
    this.offset += chunk.length
    // Most reads are one message.
    const isBetween = this.pendingBytes === 0 && !this.hasFailed
    const first = isBetween ? this.readFlat(chunk, 0, base) : undefined
    if (first?.end === this.offset) return [first]
    const found = first ? [first] : []
    this.scan(chunk, base, first ? first.end - base : 0, found)
    return found
  }

  /**
   * Returns what is unfinished as a fatal fault; undefined between messages. For the end of a
   * stream, and for a sender that has been silent for too long.
   */
  giveUp(): ScanResult | undefined {
    if (this.foreign !== undefined) return this.foreignFault(this.foreign, true)
    if (this.held.length === 0) return undefined
    const start = this.offset - this.held.length
    const bytes = this.held.take()
    const mistake = syntaxWords(lenient.decode(bytes))
    if (mistake !== undefined) return this.faulty('NOT_JSON', mistake, bytes, this.offset, true)
    const inside = this.object.insideString ? ', inside a string' : ''
    return this.faulty(
      'MESSAGE_HALF_SENT',
      `The message that starts at byte ${start} was begun and not finished: ${byteCount(bytes.length)} came, and it stops there${inside}.`,
      bytes,
      this.offset,
      true,
    )
  }

  /** Scans a read from this index on. */
  private scan(chunk: Uint8Array, base: number, from: number, found: ScanResult[]): void {
    let at = from
    while (at < chunk.length && !this.hasFailed) {
      if (this.foreign !== undefined) at = this.readForeign(chunk, at, found)
      else if (this.held.length > 0) at = this.readObject(chunk, at, base, found)
      else {
        at = this.findObject(chunk, at, base)
        if (at === chunk.length || this.foreign !== undefined) continue
        const item = this.readFlat(chunk, at, base)
        if (item) found.push(item)
        at = item ? item.end - base : this.readObject(chunk, at, base, found)
      }
    }
  }

  /** Scans from between messages to the next one's `{`; returns its index, or the chunk's length. */
  private findObject(chunk: Uint8Array, from: number, base: number): number {
    let at = from
    while (at < chunk.length) {
      const byte = chunk[at] ?? 0
      if (byte === OPEN_OBJECT) {
        this.object.begin()
        this.startsWell = false
        return at
      }
      if (isWhiteSpace(byte)) {
        at++
      } else if (base + at === this.markLength && byte === BYTE_ORDER_MARK[this.markLength]) {
        this.markLength++
        at++
      } else if (byte === NUL && this.lastBytes > 0) {
        this.nuls++
        at++
      } else {
        this.foreign = NOTHING
        return at
      }
    }
    return at
  }

  /** Collects bytes until they tell what they are. A fault has all that came of them. */
  private readForeign(chunk: Uint8Array, from: number, found: ScanResult[]): number {
    this.foreign = concat([this.foreign ?? NOTHING, chunk.subarray(from)])
    const fault = this.foreignFault(this.foreign, false)
    if (fault) found.push(fault)
    return chunk.length
  }

  private foreignFault(bytes: Uint8Array, ended: boolean): ScanResult | undefined {
    const finding = recognise(bytes, { ended, afterMessage: this.lastBytes > 0 })
    if (finding === undefined) return undefined
    this.foreign = undefined
    const { code, text, replyAs } = finding
    return this.faulty(code, text, bytes, this.offset, true, replyAs)
  }

  /** Reads a flat object that starts here; returns undefined if it must be scanned. */
  private readFlat(chunk: Uint8Array, from: number, base: number): ScanResult | undefined {
    const end = flatEnd(chunk, from, this.lastBytes)
    if (end === 0 || end - from > this.maxBytes) return undefined
    const bytes = this.take(chunk, from, end)
    const result = readFlat(bytes, this.decode)
    return result && this.check(result, bytes, base + end)
  }

  /** Scans a message to its end or the chunk's; returns the index after the last byte used. */
  private readObject(chunk: Uint8Array, from: number, base: number, found: ScanResult[]): number {
    if (!this.startsWell) {
      const starts = startsObject(chunk, this.held.length === 0 ? from + 1 : from)
      if (starts === false) {
        this.foreign = this.held.take()
        return this.readForeign(chunk, from, found)
      }
      this.startsWell = starts === true
    }
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
        found.push(this.notJson(bytes, lenient.decode(bytes), base + end))
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
      const words = wrongByteWords(bytes) ?? ERRORS.NOT_UTF8
      return this.faulty('NOT_UTF8', words, bytes, end, true)
    }
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return this.notJson(bytes, text, end)
    }
    return this.check(readMessage(value), bytes, end)
  }

  private check(result: MessageRead, bytes: Uint8Array, end: number): ScanResult {
    this.lastBytes = bytes.length
    if (result.ok) return { kind: 'message', message: result.value, bytes, end }
    return this.faulty(result.fault.code, result.fault.message, bytes, end, false)
  }

  private notJson(bytes: Uint8Array, text: string, end: number): ScanResult {
    return this.faulty('NOT_JSON', syntaxWords(text) ?? ERRORS.NOT_JSON, bytes, end, true)
  }

  private faulty(
    code: ErrorCode,
    message: string,
    bytes: Uint8Array,
    end: number,
    fatal: boolean,
    replyAs?: ReplyForm,
  ): ScanResult {
    if (fatal) this.hasFailed = true
    const shown = bytes.length > MAX_FAULT_BYTES ? bytes.slice(0, MAX_FAULT_BYTES) : bytes
    const found = replyAs ? { code, message, replyAs } : fault(code, message)
    return { kind: 'fault', fault: found, bytes: shown, end, fatal }
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

function byteCount(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`
}

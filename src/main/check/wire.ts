// Keeps what crosses the check's own ends of the connections, and what the program prints meanwhile, in order and with times.
import type { WireBytes, WireEvent, WireHappening } from '../../shared/check/wire-event'
import { withVisibleControls } from '../../shared/visible-controls'

/** Bytes of one requirement that are kept: the longest payload, there and back, and as much again. */
const KEPT_BYTES = 1024 * 1024
/** Bytes of one write or read that are also kept as text. */
const TEXT_BYTES = 4096
/** Events of one requirement that are kept; later ones are counted. */
const KEPT_EVENTS = 2_000
/** Lines of output in a row that are kept: fewer when there are many events already. */
const KEPT_LINES = 40
const FEW_LINES = 2

export class Wire {
  readonly events: WireEvent[] = []
  /** Events that were too many to keep. */
  skipped = 0
  /** In milliseconds since 1970. */
  readonly startedAt = Date.now()
  private readonly start = performance.now()
  private connections = 0
  private keptBytes = 0
  /** Lines of output since something else happened, and how many of them were left out. */
  private lines = 0
  private leftOut = 0

  nextConnection(): number {
    this.connections += 1
    return this.connections
  }

  note(happening: WireHappening): void {
    const event = { atMs: this.roundedMs(), ...happening }
    if (event.type === 'line') this.lines += 1
    else this.lines = this.leftOut = 0
    const most = this.events.length < KEPT_EVENTS / 2 ? KEPT_LINES : FEW_LINES
    if (this.lines > most && this.events.at(-1)?.type === 'line') this.noteOneOfMany(event)
    else if (this.events.length >= KEPT_EVENTS) this.skipped += 1
    else this.events.push(event)
  }

  /** Keeps only the last of too many lines in a row, after a line that says how many were left out. */
  private noteOneOfMany(line: WireEvent): void {
    this.leftOut += 1
    const text = `… ${this.leftOut} more lines …`
    const leftOut: WireEvent = { atMs: line.atMs, type: 'line', stream: 'stdout', text }
    const replaced = this.leftOut === 1 ? 1 : 2
    this.events.splice(-replaced, replaced, leftOut, line)
  }

  /** The bytes of a write or a read, as far as there is room for them. */
  keep(bytes: Uint8Array): WireBytes {
    const kept = Buffer.from(bytes.subarray(0, KEPT_BYTES - this.keptBytes))
    this.keptBytes += kept.length
    return {
      length: bytes.length,
      text: withVisibleControls(Buffer.from(bytes.subarray(0, TEXT_BYTES)).toString('utf8')),
      base64: kept.toString('base64'),
    }
  }

  elapsedMs(): number {
    return performance.now() - this.start
  }

  /** To a microsecond: messages on loopback are tens of them apart. */
  roundedMs(): number {
    return Math.round(this.elapsedMs() * 1000) / 1000
  }
}

// What crossed the check's own ends of the connections, and what the program printed meanwhile, in order and with times.
import { withVisibleControls } from '../../shared/visible-controls'

/** Bytes of one write or read that an event keeps. */
const KEPT_BYTES = 4096
/** Events of one requirement that are kept; later ones are counted. */
const KEPT_EVENTS = 2_000
/** Lines of output in a row that are kept: fewer when there are many events already. */
const KEPT_LINES = 40
const FEW_LINES = 2

interface Bytes {
  readonly length: number
  /** The first bytes as text, control characters made visible. */
  readonly text: string
  /** The same bytes. */
  readonly base64: string
}

/** One end of a connection that the check plays, as `client 1` or `server 100`. */
interface AtPeer {
  readonly peer: string
  readonly connection: number
}

type Happening =
  | ({ readonly type: 'opened' | 'accepted' | 'refused' } & AtPeer)
  | ({ readonly type: 'sent' | 'received' } & AtPeer & Bytes)
  /** `by`: who ended its direction, closed, or broke off. */
  | ({ readonly type: 'ended' | 'closed' | 'reset'; readonly by: 'check' | 'program' } & AtPeer)
  | { readonly type: 'listens' | 'stops listening'; readonly peer: string; readonly port: number }
  | { readonly type: 'line'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'exited'; readonly how: string }

/** `atMs`: since the program was started. */
export type WireEvent = { readonly atMs: number } & Happening

export class Wire {
  readonly events: WireEvent[] = []
  /** Events that were too many to keep. */
  skipped = 0
  private readonly start = performance.now()
  private connections = 0
  /** Lines of output since something else happened, and how many of them were left out. */
  private lines = 0
  private leftOut = 0

  nextConnection(): number {
    this.connections += 1
    return this.connections
  }

  note(happening: Happening): void {
    const event = { atMs: Math.round(this.elapsedMs() * 10) / 10, ...happening }
    if (event.type === 'line') this.lines += 1
    else this.lines = this.leftOut = 0
    const most = this.events.length < KEPT_EVENTS / 2 ? KEPT_LINES : FEW_LINES
    if (this.lines > most && this.events.at(-1)?.type === 'line') this.noteOneOfMany(event)
    else if (this.events.length >= KEPT_EVENTS) this.skipped += 1
    else this.events.push(event)
  }

  /** Of too many lines in a row the last is kept, with a line before it on how many were left out. */
  private noteOneOfMany(line: WireEvent): void {
    this.leftOut += 1
    const text = `… ${this.leftOut} more lines …`
    const leftOut: WireEvent = { atMs: line.atMs, type: 'line', stream: 'stdout', text }
    const replaced = this.leftOut === 1 ? 1 : 2
    this.events.splice(-replaced, replaced, leftOut, line)
  }

  elapsedMs(): number {
    return performance.now() - this.start
  }
}

export function wireBytes(bytes: Uint8Array): Bytes {
  const kept = Buffer.from(bytes.subarray(0, KEPT_BYTES))
  return {
    length: bytes.length,
    text: withVisibleControls(kept.toString('utf8')),
    base64: kept.toString('base64'),
  }
}

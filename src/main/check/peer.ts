// The check's own end of one connection with the program: what it sends, what it has received, and whether it is over.
import type { Socket } from 'node:net'
import { shortened } from '../../shared/format'
import type { Message } from '../../shared/protocol/message'
import { MessageScanner, type ScanResult } from '../../shared/protocol/scanner'
import { withVisibleControls } from '../../shared/visible-controls'
import type { Changes } from './changes'
import type { Wire } from './wire'

/** One JSON object that came, or a run of other bytes. */
export interface Received {
  /** Undefined where `fault` says why these bytes are no message. */
  readonly message: Message | undefined
  readonly fault: string | undefined
  /** The fields as they were written; empty for bytes that are no object. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly text: string
  readonly length: number
}

interface PeerOptions {
  readonly name: string
  readonly socket: Socket
  readonly wire: Wire
  readonly changes: Changes
  readonly onReceived?: (received: Received) => void
}

export class Peer {
  readonly received: Received[] = []
  /** The program has ended its direction. */
  isEnded = false
  isClosed = false
  /** How many of `received` have been looked at. */
  taken = 0
  readonly name: string
  private readonly connection: number
  private readonly scanner = new MessageScanner()
  private readonly socket: Socket
  private hasEnded = false
  private closedBy: 'check' | 'program' = 'program'

  constructor(private readonly options: PeerOptions) {
    const { name, socket, wire, changes } = options
    this.name = name
    this.socket = socket
    this.connection = wire.nextConnection()
    socket.setNoDelay(true)
    socket.on('data', (bytes: Buffer) => this.read(bytes))
    socket.on('end', () => {
      this.isEnded = true
      const last = this.scanner.giveUp()
      if (last !== undefined) this.add(last)
      this.note('ended', 'program')
      changes.changed()
    })
    let wasReset = false
    socket.on('error', () => {
      wasReset = this.closedBy === 'program'
    })
    socket.on('close', () => {
      this.isClosed = true
      if (wasReset) this.note('reset', 'program')
      else if (this.closedBy === 'program' && !this.isEnded) this.note('closed', 'program')
      changes.changed()
    })
  }

  noteOpened(type: 'opened' | 'accepted'): void {
    const { localPort = 0, remotePort = 0 } = this.socket
    const [fromPort, toPort] = type === 'opened' ? [localPort, remotePort] : [remotePort, localPort]
    this.options.wire.note({
      type,
      peer: this.name,
      connection: this.connection,
      fromPort,
      toPort,
    })
  }

  /** Nothing more can come. */
  get isOver(): boolean {
    return this.isEnded || this.isClosed
  }

  /** An object is written as JSON, with other scripts as they are. Ignored after an end. */
  send(what: object | string | Uint8Array): void {
    if (this.hasEnded || this.isClosed) return
    const bytes = what instanceof Uint8Array ? what : Buffer.from(textOf(what))
    const { wire } = this.options
    wire.note({ type: 'sent', peer: this.name, connection: this.connection, ...wire.keep(bytes) })
    this.socket.write(bytes)
  }

  /** Half-closes. */
  end(): void {
    if (this.hasEnded || this.isClosed) return
    this.hasEnded = true
    this.note('ended', 'check')
    this.socket.end()
  }

  /** Closes both directions. */
  close(): void {
    if (this.isClosed || this.closedBy === 'check') return
    this.closedBy = 'check'
    this.note('closed', 'check')
    this.socket.destroy()
  }

  /** Breaks off: the program sees a reset. */
  reset(): void {
    if (this.isClosed) return
    this.closedBy = 'check'
    this.note('reset', 'check')
    this.socket.resetAndDestroy()
  }

  private read(bytes: Buffer): void {
    const { wire, changes } = this.options
    wire.note({
      type: 'received',
      peer: this.name,
      connection: this.connection,
      ...wire.keep(bytes),
    })
    for (const result of this.scanner.push(bytes)) this.add(result)
    changes.changed()
  }

  private add(result: ScanResult): void {
    const text = Buffer.from(result.bytes).toString('utf8')
    const received: Received = {
      message: result.kind === 'message' ? result.message : undefined,
      fault: result.kind === 'fault' ? result.fault.message : undefined,
      fields: fieldsOf(text),
      text,
      length: result.bytes.length,
    }
    this.received.push(received)
    this.options.onReceived?.(received)
  }

  private note(type: 'ended' | 'closed' | 'reset', by: 'check' | 'program'): void {
    this.options.wire.note({ type, peer: this.name, connection: this.connection, by })
  }
}

/** A message's text for a sentence: `{"type":0,…} (73 bytes)`. */
export function quotedMessage({ text, length }: Received): string {
  return `${withVisibleControls(shortened(text, 300))} (${length} bytes)`
}

function textOf(what: object | string): string {
  return typeof what === 'string' ? what : JSON.stringify(what)
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value))
  } catch {
    return {}
  }
}

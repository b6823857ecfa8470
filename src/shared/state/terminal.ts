// A node's terminal: what it logged, sent, received and checked, in words like those that the classic homework's programs
// print. Made from the state whenever it is shown, and stored nowhere.
import type { Node } from '../events'
import type { SimMs } from '../ids'
import { TERMINAL_LINES } from '../limits'
import { ERRORS } from '../protocol/errors'
import { readBytes } from '../protocol/reading'
import { visibly, withVisibleControls } from '../visible-controls'
import type { LogLine, Packet, State } from './state'

const textOf = new TextDecoder()
const LONGEST = 200

/** `key` tells the lines of one terminal apart. */
export type TerminalLine = { key: string; at: SimMs } & (
  | { kind: 'log'; level: LogLine['level']; text: string }
  | { kind: 'sent' | 'received' | 'lost'; packet: Packet }
  | { kind: 'verified'; verdict: 'correct' | 'wrong' | 'error' }
)

interface Terminal {
  /** The last TERMINAL_LINES lines, the newest last. */
  lines: readonly TerminalLine[]
  /** Earlier lines have been forgotten. */
  cut: boolean
}

type TerminalState = Pick<State, 'packets' | 'logs'>

export function terminalOf(state: TerminalState, node: Node['id']): Terminal {
  const lines: TerminalLine[] = []
  const { packets } = state
  let index = packets.end - 1
  for (; index >= packets.first && lines.length < TERMINAL_LINES; index--) {
    const packet = packets.at(index)
    if (packet) linesOf(packet, node, lines)
  }
  const logs = state.logs.get(node) ?? []
  logs.forEach(({ at, level, text }, number) => {
    lines.push({ key: `log ${at} ${number}`, at, kind: 'log', level, text })
  })
  const order = lines.map((line, place) => ({ line, place }))
  order.sort((a, b) => a.line.at - b.line.at || b.place - a.place)
  const kept = order.slice(-TERMINAL_LINES).map(({ line }) => line)
  return {
    lines: kept,
    cut: kept.length < lines.length || index >= packets.first || packets.first > 0,
  }
}

/** Adds a packet's lines, the latest first. */
function linesOf(packet: Packet, node: Node['id'], lines: TerminalLine[]): void {
  const { id, sentAt, endedAt, verdict } = packet
  if (packet.to === node && packet.status === 'delivered' && endedAt !== undefined) {
    if (verdict) lines.push({ key: `verified ${id}`, at: endedAt, kind: 'verified', verdict })
    lines.push({ key: `received ${id}`, at: endedAt, kind: 'received', packet })
  }
  if (packet.from !== node) return
  if (packet.status === 'dropped' && endedAt !== undefined) {
    lines.push({ key: `lost ${id}`, at: endedAt, kind: 'lost', packet })
  }
  lines.push({ key: `sent ${id}`, at: sentAt, kind: 'sent', packet })
}

/** One line of text. */
export function describeLine(line: TerminalLine, node: Node): string {
  switch (line.kind) {
    case 'log':
      return withVisibleControls(line.text.trimEnd())
    case 'verified':
      return VERDICTS[line.verdict]
    case 'lost':
      return `Lost: ${line.packet.dropped ? ERRORS[line.packet.dropped] : 'the packet did not arrive.'}`
    case 'sent': {
      const { copyOf } = line.packet
      if (copyOf !== undefined) return `Packet ${copyOf} was sent again by hand`
      return describePacket(line.kind, line.packet, node)
    }
    case 'received':
      return describePacket(line.kind, line.packet, node)
  }
}

const VERDICTS = {
  correct: 'Hash of payload is correct',
  wrong: 'Hash of payload is WRONG',
  error: 'No hash to check: the answer is an error',
}

function describePacket(direction: 'sent' | 'received', packet: Packet, node: Node): string {
  const sent = direction === 'sent'
  // A program knows the bytes that it sent, not the bytes that a person edited them to.
  const bytes = sent ? (packet.original ?? packet.bytes) : packet.bytes
  const reading = readBytes(bytes)
  const message = reading.kind === 'message' ? reading.message : undefined
  if (message === undefined) {
    return visibly`${sent ? 'Sent' : 'Received'} ${bytes.length} bytes that are no message: ${short(textOf.decode(bytes.subarray(0, LONGEST)))}`
  }
  switch (message.type) {
    case 0: {
      const what = visibly`privacy policy ${message.policy} payload: ${short(message.payload)}`
      if (!sent) return visibly`Received a data message from client ${message.source} ${what}`
      if (node.role === 'proxy') {
        return visibly`Forwarding the data message of client ${message.source} to ${nameOf(packet.to)} ${what}`
      }
      return `Sending a data message to the proxy ${what}`
    }
    case 1: {
      const what = visibly`server ${message.server} privacy policy ${message.policy} listening on port ${message.listenPort}`
      return sent ? `Registering with the proxy as ${what}` : `Received a registration from ${what}`
    }
    case 2: {
      if (message.error) {
        return visibly`${sent ? 'Answering' : 'Received'} an error${sent ? visibly` to client ${message.destination}` : ''}: ${message.error.code}: ${short(message.error.message)}`
      }
      if (!sent) {
        const whose = node.role === 'proxy' ? visibly` for client ${message.destination}` : ''
        return visibly`Received a hash from server ${message.source}${whose}: ${short(message.payload)}`
      }
      if (node.role === 'proxy') {
        return visibly`Forwarding the hash of server ${message.source} to client ${message.destination}: ${short(message.payload)}`
      }
      return visibly`Sending the hash to client ${message.destination}: ${short(message.payload)}`
    }
  }
}

/** `server:100` → `server 100`, `outside:server:7` → `server 7`. */
function nameOf(node: string): string {
  return node.replace('outside:', '').replace(':', ' ')
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text
}

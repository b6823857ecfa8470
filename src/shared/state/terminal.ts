// The words of a terminal: what each line means to the node whose terminal it is, in the manner of the
// classic homework's programs.
import type { Node } from '../events'
import { ERRORS } from '../protocol/errors'
import { type Message, readMessage } from '../protocol/message'
import type { Packet, TerminalLine } from './state'

const textOf = new TextDecoder()
const LONGEST = 200

/** One line of text. */
export function describeLine(line: TerminalLine, node: Node): string {
  switch (line.kind) {
    case 'log':
      return line.text
    case 'verified':
      return VERDICTS[line.verdict]
    case 'lost':
      return `Lost: ${line.packet.dropped ? ERRORS[line.packet.dropped] : 'the packet did not arrive.'}`
    case 'sent':
    case 'received':
      return describePacket(line.kind, line.packet, node)
  }
}

const VERDICTS = {
  correct: 'Hash of payload is correct',
  wrong: 'Hash of payload is WRONG',
  error: 'No hash to check: the answer is an error',
}

/** The message in a packet, or undefined where its bytes are none. */
export function messageOf(packet: Pick<Packet, 'bytes'>): Message | undefined {
  try {
    const read = readMessage(JSON.parse(textOf.decode(packet.bytes)))
    return read.ok ? read.value : undefined
  } catch {
    return undefined
  }
}

function describePacket(direction: 'sent' | 'received', packet: Packet, node: Node): string {
  const message = messageOf(packet)
  const sent = direction === 'sent'
  if (message === undefined) {
    return `${sent ? 'Sent' : 'Received'} ${packet.bytes.length} bytes that are no message: ${short(textOf.decode(packet.bytes.subarray(0, LONGEST)))}`
  }
  switch (message.type) {
    case 0: {
      const what = `privacy policy ${message.policy} payload: ${short(message.payload)}`
      if (!sent) return `Received a data message from client ${message.source} ${what}`
      if (node.role === 'proxy') {
        return `Forwarding the data message of client ${message.source} to ${nameOf(packet.to)} ${what}`
      }
      return `Sending a data message to the proxy ${what}`
    }
    case 1: {
      const what = `server ${message.server} privacy policy ${message.policy} listening on port ${message.listenPort}`
      return sent ? `Registering with the proxy as ${what}` : `Received a registration from ${what}`
    }
    case 2: {
      if (message.error) {
        return `${sent ? 'Answering' : 'Received'} an error${sent ? ` to client ${message.destination}` : ''}: ${message.error.code}: ${short(message.error.message)}`
      }
      if (!sent) {
        const whose = node.role === 'proxy' ? ` for client ${message.destination}` : ''
        return `Received a hash from server ${message.source}${whose}: ${short(message.payload)}`
      }
      if (node.role === 'proxy') {
        return `Forwarding the hash of server ${message.source} to client ${message.destination}: ${short(message.payload)}`
      }
      return `Sending the hash to client ${message.destination}: ${short(message.payload)}`
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

// The answer to a fault: a message of this protocol, or, to bytes of another protocol that has a way to say so, an answer
// in that one.
import { DEFAULT_HOST } from '../limits'
import { composeErrorAnswer } from './compose'
import type { Fault, ReplyForm } from './errors'

const ascii = new TextEncoder()

interface Reply {
  /** With what each of these answers starts, and no other program's. */
  start: Uint8Array
  /** For the packet list and the inspector. */
  name: string
  /** `sentence`: what this port is. */
  compose(sentence: string): Uint8Array
}

const HTTP_START = 'HTTP/1.1 400 Bad Request\r\nServer: Roundabout\r\n'

/** No page can read anything of it, frame it or keep it. */
const HTTP_HEADERS = [
  'Content-Type: text/plain; charset=utf-8',
  'X-Content-Type-Options: nosniff',
  "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy: same-origin',
  'Cache-Control: no-store',
  'Connection: close',
]

const REPLIES: Readonly<Record<ReplyForm, Reply>> = {
  http: textReply('HTTP', HTTP_START, (sentence) => {
    const body = `${sentence}\n`
    const length = `Content-Length: ${ascii.encode(body).length}`
    return `${[...HTTP_HEADERS, length].join('\r\n')}\r\n\r\n${body}`
  }),
  line: textReply('a line of text', 'Roundabout: ', (sentence) => `${sentence}\r\n`),
  redis: textReply('Redis’s protocol', '-ERR Roundabout: ', (sentence) => `${sentence}\r\n`),
  postgres: {
    name: 'PostgreSQL’s protocol',
    start: ascii.encode('E\0'),
    compose(sentence) {
      const fields = ascii.encode(`SFATAL\0VFATAL\0C08P01\0M${sentence}\0\0`)
      const length = fields.length + 4
      return Uint8Array.of(0x45, 0, 0, length >> 8, length & 0xff, ...fields)
    },
  },
  // Connection refused: unacceptable protocol version.
  mqtt: fixedReply('MQTT', [0x20, 2, 0, 1]),
  // Request rejected.
  socks4: fixedReply('SOCKS4', [0, 0x5b, 0, 0, 0, 0, 0, 0]),
  // No acceptable methods.
  socks5: fixedReply('SOCKS5', [5, 0xff]),
  // Fatal alert: handshake failure.
  tls: fixedReply('TLS', [0x15, 3, 1, 0, 2, 2, 40]),
}

const CLASS = 'The page of a class is at the address on the wall.'

/**
 * The answer to a fault. `destination`: the client's `srcid` as it wrote it, or 0. `webPort`: the port of the app's page, if
 * it is served to browsers, for a person who looks for it at this port.
 */
export function composeFaultAnswer(
  destination: string | number,
  fault: Fault,
  webPort: number | undefined,
): Uint8Array {
  const { replyAs, message } = fault
  if (replyAs === undefined) return composeErrorAnswer(destination, fault)
  const app =
    webPort === undefined
      ? 'The app is in its own window.'
      : `On its own computer, the app is at http://${DEFAULT_HOST}:${webPort}/: open the address that its terminal shows.`
  const sentence = `This is the proxy of Roundabout, a lab for load balancing. ${message} ${app} ${CLASS}`
  return REPLIES[replyAs].compose(sentence)
}

/** Describes bytes that are such an answer; undefined for all others. */
export function foreignAnswerWords(bytes: Uint8Array): string | undefined {
  const reply = Object.values(REPLIES).find(({ start }) =>
    start.every((byte, index) => bytes[index] === byte),
  )
  return (
    reply &&
    `The answer of Roundabout in ${reply.name}: this port does not speak the sender’s protocol.`
  )
}

function textReply(name: string, start: string, rest: (sentence: string) => string): Reply {
  return {
    name,
    start: ascii.encode(start),
    compose: (sentence) => ascii.encode(start + rest(sentence)),
  }
}

function fixedReply(name: string, bytes: readonly number[]): Reply {
  const start = Uint8Array.from(bytes)
  return { name, start, compose: () => start.slice() }
}

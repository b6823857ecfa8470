// The messages of the proxy benchmark: 76 bytes each, with different payloads, with the answers' hashes
// computed beforehand. Fixed lengths keep the load and the servers lean; to the proxies they are plain JSON.
import { createHash } from 'node:crypto'

export const SERVERS = [500, 600, 700, 800]
const POLICY = 111
export const MESSAGE_BYTES = 76

const PAYLOAD_CHARS = 9
const PAYLOADS = 1_024
/** From here on, ids of one length. */
export const FIRST_CLIENT = 10

export interface Question {
  bytes: Buffer
  /** What the answer's payload must be. */
  hash: string
}

/** The questions that a client asks in turn. */
export function questionsOf(client: number): Question[] {
  return Array.from({ length: PAYLOADS }, (_, index) => {
    const payload = index.toString(16).padStart(PAYLOAD_CHARS, '0')
    const message = {
      type: 0,
      srcid: client,
      privPoliId: POLICY,
      payloadsize: PAYLOAD_CHARS,
      payload,
    }
    const bytes = Buffer.from(JSON.stringify(message))
    if (bytes.length !== MESSAGE_BYTES) throw new Error(`A message has ${bytes.length} bytes.`)
    return { bytes, hash: hashOf(payload) }
  })
}

/** The answer to the question that begins at `offset`. */
export function answerTo(questions: Buffer, offset: number, server: number): string {
  const client = questions.toString('latin1', offset + CLIENT_AT, offset + CLIENT_AT + 2)
  const payload = questions.toString('latin1', offset + PAYLOAD_AT, offset + MESSAGE_BYTES - 2)
  const hash = HASHES.get(payload) ?? hashOf(payload)
  return `{"type":2,"srcid":${server},"destid":${client},"payloadsize":40,"payload":"${hash}"}`
}

/** An answer ends with its hash. */
export function hashIn(answer: Buffer, end: number): string {
  return answer.toString('latin1', end - 42, end - 2)
}

export function registrationOf(server: number, port: number): string {
  return JSON.stringify({ type: 1, id: server, privPolyId: POLICY, listenport: port })
}

const CLIENT_AT = '{"type":0,"srcid":'.length
const PAYLOAD_AT = MESSAGE_BYTES - 2 - PAYLOAD_CHARS

function hashOf(payload: string): string {
  return createHash('sha1').update(payload).digest('hex')
}

const HASHES = new Map(
  Array.from({ length: PAYLOADS }, (_, index) => {
    const payload = index.toString(16).padStart(PAYLOAD_CHARS, '0')
    return [payload, hashOf(payload)] as const
  }),
)

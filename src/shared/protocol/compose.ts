// Composes the messages that the app itself sends. Programs written for the classic homework read
// these.
import type { ProtocolId } from '../ids'
import type { Fault } from './errors'

const utf8 = new TextEncoder()

export function composeClientMessage(
  source: ProtocolId,
  policy: ProtocolId,
  payload: string,
): Uint8Array {
  return compose({
    type: 0,
    srcid: asWritten(source),
    privPoliId: asWritten(policy),
    payloadsize: utf8.encode(payload).length,
    payload,
  })
}

export function composeRegistration(
  server: ProtocolId,
  policy: ProtocolId,
  listenPort: number,
): Uint8Array {
  return compose({
    type: 1,
    id: asWritten(server),
    privPolyId: asWritten(policy),
    listenport: listenPort,
  })
}

/** `hash`: lower-case hex SHA-1 of the payload of the client's message. */
export function composeAnswer(server: ProtocolId, client: ProtocolId, hash: string): Uint8Array {
  return compose({
    type: 2,
    srcid: asWritten(server),
    destid: asWritten(client),
    payloadsize: hash.length,
    payload: hash,
  })
}

/**
 * `destination`: the client's `srcid` as it wrote it, or 0 if unknown. The sentence is the payload
 * too, because programs of the classic homework print nothing else of an answer.
 */
export function composeErrorAnswer(destination: string | number, error: Fault): Uint8Array {
  return compose({
    type: 2,
    srcid: 0,
    destid: destination,
    payloadsize: utf8.encode(error.message).length,
    payload: error.message,
    error: { code: error.code, message: error.message },
  })
}

/** Whole-number ids are written as numbers, as in the classic homework. */
function asWritten(id: ProtocolId): string | number {
  return /^(0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id
}

/**
 * Short messages share a block of memory: one large block costs the garbage collector less than
 * many small ones.
 */
const BLOCK_BYTES = 16 * 1024
let block = new Uint8Array(BLOCK_BYTES)
let used = 0

function compose(fields: Record<string, unknown>): Uint8Array {
  const text = JSON.stringify(fields)
  // A UTF-16 unit is at most three bytes of UTF-8.
  const most = 3 * text.length
  if (most > BLOCK_BYTES / 8) return utf8.encode(text)
  if (most > BLOCK_BYTES - used) {
    block = new Uint8Array(BLOCK_BYTES)
    used = 0
  }
  const start = used
  used += utf8.encodeInto(text, block.subarray(start)).written
  return block.subarray(start, used)
}

// A minimal client of the protocol: one message, one answer.
import { createHash } from 'node:crypto'
import { connect } from 'node:net'

/** Sends a message to the proxy on `port` and returns its answer. */
export async function ask(port: number, payload: string): Promise<Record<string, unknown>> {
  const question = {
    type: 0,
    srcid: 50,
    privPoliId: 111,
    payloadsize: Buffer.byteLength(payload),
    payload,
  }
  const socket = connect(port, '127.0.0.1')
  socket.write(JSON.stringify(question))
  let text = ''
  for await (const piece of socket.setEncoding('utf8')) {
    text += piece
    const answer = parsed(text)
    if (answer === undefined) continue
    socket.end()
    return answer
  }
  throw new Error(`The proxy closed the connection after "${text}".`)
}

export const hashOf = (payload: string) => createHash('sha1').update(payload).digest('hex')

/** Undefined while the message is incomplete. */
function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

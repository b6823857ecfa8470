// A program as students write them: a plain TCP socket that speaks the protocol without any of our
// code.
import { createHash } from 'node:crypto'
import { connect, createServer, type Server, type Socket } from 'node:net'

interface ProgramAnswer {
  srcid: string | number
  destid: string | number
  payload: string
  error?: { code: string; message: string }
}

interface Program {
  socket: Socket
  answers: ProgramAnswer[]
  /** What came after the answers in another protocol; empty if nothing did. */
  readonly foreign: string
  /** Resolves when that many answers have arrived. Rejects if the connection closes before that. */
  answered(count: number): Promise<void>
  /** Resolves when the proxy has sent its last byte; nothing may follow an unfinished answer. */
  ended(): Promise<void>
  /** Resolves when the proxy has closed the connection, cleanly or not. */
  over(): Promise<void>
}

/** `from`: the address of this machine that it has, in place of another machine's. */
export function startProgram(
  port: number,
  { host = '127.0.0.1', from }: { host?: string; from?: string } = {},
): Program {
  const socket = connect({
    host,
    port,
    allowHalfOpen: true,
    ...(from !== undefined && { localAddress: from }),
  })
  const answers: ProgramAnswer[] = []
  const waiting = new Set<() => void>()
  let text = ''
  let isEnded = false
  let isClosed = false
  const look = () => {
    for (const check of [...waiting]) check()
  }
  socket.setEncoding('utf8')
  socket.on('data', (piece: string) => {
    text = takeAnswers(text + piece, answers)
    look()
  })
  socket.on('end', () => {
    isEnded = true
    look()
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    isClosed = true
    look()
  })

  function when(holds: () => boolean, failed: () => string | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const failure = holds() ? undefined : failed()
        if (!holds() && failure === undefined) return
        waiting.delete(check)
        if (failure === undefined) resolve()
        else reject(new Error(failure))
      }
      waiting.add(check)
      check()
    })
  }

  return {
    socket,
    answers,
    get foreign() {
      return text
    },
    answered: (count) =>
      when(
        () => answers.length >= count,
        () => (isEnded || isClosed ? `Ended with ${answers.length} answers.` : undefined),
      ),
    ended: () =>
      when(
        () => isEnded && !text.startsWith('{'),
        () => (isEnded || isClosed ? `Ended within an answer: ${text}` : undefined),
      ),
    over: () =>
      when(
        () => isEnded || isClosed,
        () => undefined,
      ),
  }
}

export function question(client: number, policy: string, payload: string): string {
  const payloadsize = Buffer.byteLength(payload)
  return JSON.stringify({ type: 0, srcid: client, privPoliId: policy, payloadsize, payload })
}

export function registration(server: string, policy: string, listenport: number): string {
  return JSON.stringify({ type: 1, id: server, privPolyId: policy, listenport })
}

export function sha1(payload: string): string {
  return createHash('sha1').update(payload).digest('hex')
}

/**
 * Listens on any free port; `serve` gets each connection. Returns the port and a function that
 * stops it.
 */
export async function startServer(
  serve: (socket: Socket) => void,
  host = '127.0.0.1',
): Promise<{ server: Server; port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    serve(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.')
  return {
    server,
    port: address.port,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Removes the complete JSON objects from the front of the text, and returns the rest. */
function takeAnswers(text: string, answers: ProgramAnswer[]): string {
  if (!text.startsWith('{')) return text
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (inString) {
      if (character === '\\') at++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) {
      const answer: ProgramAnswer & { type: unknown } = JSON.parse(text.slice(0, at + 1))
      if (answer.type !== 2) throw new Error(`Not an answer: ${text.slice(0, at + 1)}`)
      answers.push(answer)
      return takeAnswers(text.slice(at + 1), answers)
    }
  }
  return text
}

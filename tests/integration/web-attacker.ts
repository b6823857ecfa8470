// Both sides of a test of the web host: an attacker that writes arbitrary bytes to its port, and a
// window like the page's, which shows that the lab still works.
import { connect, type Socket } from 'node:net'
import { expect } from 'vitest'
import { WebSocket } from 'ws'
import { decodeFrame } from '../../src/shared/feed/frame'
import { question, sha1, startProgram } from './program'

export interface Target {
  /** The address with the token. */
  url: string
  proxyPort: number
}

export const originOf = ({ url }: Target) => new URL(url).origin
export const hostOf = ({ url }: Target) => new URL(url).host
const portOf = ({ url }: Target) => Number(new URL(url).port)

/** The path of the WebSocket, with the token. */
export const socketPath = ({ url }: Target) => `/ws${new URL(url).search}`

/** A connection that sends these bytes and keeps its side open. */
export function attack(target: Target, bytes: string | Buffer = ''): Attack {
  const socket = connect({ host: '127.0.0.1', port: portOf(target), allowHalfOpen: true })
  const pieces: Buffer[] = []
  const closed = new Promise<void>((resolve) => {
    socket.on('error', () => {})
    socket.once('close', () => resolve())
    socket.once('end', () => {
      socket.destroy()
      resolve()
    })
  })
  socket.on('data', (piece) => pieces.push(piece))
  socket.write(bytes)
  const said = () => Buffer.concat(pieces).toString('latin1')
  return { socket, said, answer: closed.then(said) }
}

export interface Attack {
  socket: Socket
  /** Bytes received so far. */
  said(): string
  /** Everything received by the time that the other side closed. */
  answer: Promise<string>
}

/**
 * Returns the request that opens a WebSocket; the given headers replace the correct ones, `''`
 * omits one.
 */
export function handshake(
  target: Target,
  path = socketPath(target),
  changes: Record<string, string> = {},
): string {
  const headers = {
    Host: hostOf(target),
    Origin: originOf(target),
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...changes,
  }
  const lines = Object.entries(headers).filter(([, value]) => value !== '')
  return `GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

/**
 * Returns the frame's head for that many bytes, masked with zeros. `first`: FIN, RSV and the
 * opcode.
 */
export function frameHead(first: number, length: number): Buffer {
  const head = Buffer.alloc(14)
  head[0] = first
  head[1] = 0x80 | 127
  head.writeBigUInt64BE(BigInt(length), 2)
  return head
}

export function frame(first: number, body: Buffer): Buffer {
  const short = Buffer.from([first, 0x80 | body.length, 0, 0, 0, 0])
  return Buffer.concat([body.length < 126 ? short : frameHead(first, body.length), body])
}

/** Returns the close code at the end of the host's bytes; undefined if it closed without one. */
export function closeCode(said: string): number | undefined {
  const bytes = Buffer.from(said, 'latin1')
  const at = bytes.lastIndexOf(0x88)
  return at < 0 || bytes.length < at + 4 ? undefined : bytes.readUInt16BE(at + 2)
}

/**
 * Sends a body of that many bytes after its head, in pieces, until it is sent or the host closes.
 */
export async function pour({ socket, answer }: Attack, pieces: Iterable<Buffer>): Promise<void> {
  const over = answer.then(() => 'over' as const)
  for (const piece of pieces) {
    if (socket.destroyed) return
    if (socket.write(piece)) continue
    const drained = new Promise<void>((resolve) => socket.once('drain', () => resolve()))
    if ((await Promise.race([drained, over])) === 'over') return
  }
}

export interface Window {
  socket: WebSocket
  frames: number
  /** Sends a command to the engine, and resolves with its result. */
  ask(command: object): Promise<{ ok: boolean; error?: string }>
  /** Resolves with the next frame. */
  nextFrame(): Promise<void>
  closed: Promise<{ code: number; reason: string }>
}

/**
 * Opens a window like the page's: it subscribes, and acknowledges each frame. Rejects if it is
 * refused.
 */
export async function openWindow(target: Target): Promise<Window> {
  const socket = new WebSocket(`ws://${hostOf(target)}${socketPath(target)}`, {
    origin: originOf(target),
  })
  const answers = new Map<number, (result: { ok: boolean; error?: string }) => void>()
  const awaiting: (() => void)[] = []
  let last = 0
  const window: Window = {
    socket,
    frames: 0,
    ask(command) {
      const id = ++last
      socket.send(JSON.stringify({ kind: 'command', id, command }))
      return new Promise((resolve) => answers.set(id, resolve))
    },
    nextFrame: () => new Promise((resolve) => awaiting.push(resolve)),
    closed: new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    ),
  }
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) {
      const { id, result } = JSON.parse(data.toString())
      return answers.get(id)?.(result)
    }
    const { number } = decodeFrame(new Uint8Array(data))
    socket.send(JSON.stringify({ kind: 'acknowledge', frame: number }))
    window.frames++
    for (const resolve of awaiting.splice(0)) resolve()
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  const first = window.nextFrame()
  socket.send('{"kind":"subscribe"}')
  await first
  return window
}

/**
 * Expects that the lab works: a message through the proxy is answered, the window gets the events,
 * and commands are carried out.
 */
export async function expectServing({ proxyPort }: Target, window: Window): Promise<void> {
  const told = window.nextFrame()
  const program = startProgram(proxyPort)
  program.socket.write(question(77, '111', 'still there?'))
  await program.answered(1)
  program.socket.destroy()
  expect(program.answers[0]?.payload).toBe(sha1('still there?'))
  await told
  expect(await window.ask({ type: 'setSpeed', speed: 1 })).toEqual({ ok: true })
}

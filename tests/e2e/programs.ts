// Programs that a test starts itself, and ports that it checks or occupies.
import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { ROOT } from './app-paths'

interface Ending {
  code: number | null
  out: string
  err: string
}

export interface Started {
  child: ChildProcess
  /** Output so far. */
  written: { out: string; err: string }
  ended: Promise<Ending>
}

/**
 * Starts a program in the project's folder; it ends with the test. `env` is added to this process's
 * own.
 */
export function start(program: string, args: string[], env: Record<string, string> = {}): Started {
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const written = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.err += text
  })
  const ended = new Promise<Ending>((resolve) =>
    child.once('close', (code) => resolve({ code, ...written })),
  )
  return { child, written, ended }
}

/** Occupies a port until the end of the test. */
export async function takePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port was given.')
  return address.port
}

/** Sends a message to the proxy as an outside program does, on a connection of its own, until it is closed. */
export function say(port: number, message: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(JSON.stringify(message)))
    socket.once('error', reject)
    socket.once('close', () => resolve())
    socket.resume()
  })
}

/** Returns whether a program listens on a port of this machine. */
export function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

const LISTENING = '0A'

/**
 * Returns the TCP sockets of a process that listen or use one of these ports; undefined except on
 * Linux.
 */
export async function socketsOf(
  pid: number,
  ports: readonly number[],
): Promise<string[] | undefined> {
  const folder = `/proc/${pid}/fd`
  const descriptors = await readdir(folder).catch(() => undefined)
  if (descriptors === undefined) return undefined
  const targets = new Set(
    await Promise.all(descriptors.map((name) => readlink(join(folder, name)).catch(() => ''))),
  )
  const table = await readFile('/proc/net/tcp', 'utf8')
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => {
      const [, local, remote, state] = columns
      const isOurs = targets.has(`socket:[${columns[9]}]`)
      return isOurs && (state === LISTENING || [local, remote].some((end) => isOneOf(end, ports)))
    })
    .map(([, local, remote, state]) => `${local} ${remote} ${state}`)
    .toSorted()
}

/** `0100007F:0834`. */
function isOneOf(end: string | undefined, ports: readonly number[]): boolean {
  return ports.includes(Number.parseInt(end?.split(':')[1] ?? '', 16))
}

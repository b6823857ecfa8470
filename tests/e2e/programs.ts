// Programs that a test starts itself, and ports that it looks at or occupies.
import { type ChildProcess, spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { onTestFinished } from 'vitest'
import { ROOT } from './app'

export interface Ending {
  code: number | null
  out: string
  err: string
}

export interface Started {
  child: ChildProcess
  /** What it has written so far. */
  written: { out: string; err: string }
  ended: Promise<Ending>
}

/** Starts a program in the project's folder; it does not outlive the test. `env` is added to this process's own. */
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

/** Occupies a port until the test is over. */
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

/** Whether somebody listens on a port of this machine. */
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

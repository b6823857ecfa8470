// The processes that a benchmark starts. Messages from one wait here until they are asked for.
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export class Child<Message> {
  private readonly messages: Message[] = []
  private readonly exited: Promise<unknown>
  private wake: () => void = () => {}
  private hasExited = false

  constructor(private readonly child: ChildProcess) {
    endWithUs(child)
    child.on('message', (message) => {
      // The other end is an entry of the same bundle.
      this.messages.push(message as Message)
      this.wake()
    })
    this.exited = once(child, 'exit').then(() => {
      this.hasExited = true
      this.wake()
    })
  }

  send(message: object | string | number): void {
    this.child.send(message)
  }

  /** The next message; rejects where the process ends without one. */
  async next(): Promise<Message> {
    for (;;) {
      const message = this.messages.shift()
      if (message !== undefined) return message
      if (this.hasExited) throw new Error('A process of the benchmark ended before it was done.')
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  /** Ends the process, and waits until it has. */
  async stop(): Promise<void> {
    this.child.kill()
    await this.exited
  }
}

/** Starts an entry of the bundle (scripts/bench.mjs lists them) in a process of its own. */
export function startEntry<Message>(name: string, args: readonly string[] = []): Child<Message> {
  return new Child(fork(join(import.meta.dirname, `${name}.js`), args))
}

/** Starts Electron on an entry of the bundle. */
export function startElectron<Message>(path: string, name: string): Child<Message> {
  // Chromium refuses to run as root with its sandbox.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const script = join(import.meta.dirname, `${name}.cjs`)
  // What Chromium has to say on a machine without a graphics card is not the benchmark's.
  return new Child(
    spawn(path, [...sandbox, script], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
  )
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill()
})

/** Ends the process with this one, however this one ends (index.ts turns signals into an exit). */
export function endWithUs(child: ChildProcess): void {
  running.add(child)
  child.once('exit', () => running.delete(child))
}

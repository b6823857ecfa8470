// An outside program in a test: started, read line by line, and ended with the test.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

export class Program {
  readonly lines: string[] = []
  private readonly child: ChildProcessByStdio<Writable, Readable, null>
  private readonly exited: Promise<unknown[]>
  private readonly lookers = new Set<() => void>()

  constructor(command: string, args: readonly string[]) {
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    this.exited = once(this.child, 'close')
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.lines.push(line)
      for (const look of this.lookers) look()
    })
  }

  /** Resolves with the first line that matches; rejects if the program ends without one. */
  line(pattern: RegExp): Promise<string> {
    const found = new Promise<string>((resolve) => {
      const look = () => {
        const line = this.lines.find((text) => pattern.test(text))
        if (line !== undefined) resolve(line)
      }
      this.lookers.add(look)
      look()
    })
    const ended = this.exited.then(() => {
      throw new Error(`The program ended without a line ${pattern}; it said: ${this.lines}`)
    })
    return Promise.race([found, ended])
  }

  /** Writes a line to its standard input. */
  tell(line: string): void {
    this.child.stdin.write(`${line}\n`)
  }

  /** Resolves with the exit code when the program has ended by itself. */
  async ended(): Promise<unknown> {
    const [code] = await this.exited
    return code
  }

  async stop(): Promise<void> {
    this.child.kill()
    await this.exited
  }
}

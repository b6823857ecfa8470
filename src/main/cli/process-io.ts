// The terminal or pipe of this process.
import { text } from 'node:stream/consumers'
import type { Io } from './io'
import { paintFor } from './paint'

/** Exit status after a second Ctrl+C, which does not wait for the command. */
const KILLED = 130

export function processIo(builtFolder: string, openApp: Io['openApp']): Io {
  const { stdout, stderr } = process
  const stop = new AbortController()
  // The reader of the output has ended, as `head` does.
  for (const stream of [stdout, stderr]) stream.on('error', () => stop.abort())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(KILLED)
      stop.abort()
    })
  }
  return {
    print: (line) => void stdout.write(`${line}\n`),
    tell: (line) => void stderr.write(`${line}\n`),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        stdout.write(bytes, (error) => (error ? reject(error) : resolve()))
      }),
    readInput: () => text(process.stdin),
    paint: paintFor(stdout.isTTY === true, process.env),
    get terminal() {
      // A dumb terminal knows no cursor to move up.
      if (!stdout.isTTY || process.env.TERM === 'dumb') return undefined
      const { columns, rows } = stdout
      return { columns, rows, draw: (shown: string) => void stdout.write(shown) }
    },
    stopped: stop.signal,
    openApp,
    startedBy: [process.execPath, ...process.argv.slice(1)],
    builtFolder,
  }
}

// The entry of the command line in the packaged app: a thread, beside a main thread that waits (desktop/command-line.ts).
// It writes to standard output and gets signals itself, because both go through the main thread otherwise.
import { spawn } from 'node:child_process'
import { readFileSync, writeSync } from 'node:fs'
import { constants } from 'node:os'
import { isatty, WriteStream } from 'node:tty'
import { workerData } from 'node:worker_threads'
import { version } from '../../../package.json'
import { errorText } from '../../shared/error-text'
import { CLI_COMMANDS } from './commands'
import { dispatch } from './dispatch'
import type { Io } from './io'
import { paintFor } from './paint'

/** `status`: whether it has ended, and with which exit status. */
const { args, status }: { args: readonly string[]; status: Int32Array } = workerData

const [STDIN, STDOUT, STDERR] = [0, 1, 2]
/** Exit status after a second Ctrl+C, which does not wait for the command. */
const KILLED = 130
const FAILED = 1
/** A pipe that is full takes more soon. */
const FULL_WAIT_MS = 5

const stop = new AbortController()
const pause = new Int32Array(new SharedArrayBuffer(4))

/** This thread then stands still: if it ended while the process does, it would use memory that is no longer there. */
function end(exitStatus: number): void {
  Atomics.store(status, 1, exitStatus)
  Atomics.store(status, 0, 1)
  Atomics.notify(status, 0)
  Atomics.wait(pause, 0, 0)
}

function writeAll(file: number, text: string | Uint8Array): void {
  let rest = Buffer.from(text)
  while (rest.length > 0 && !isClosed.has(file)) {
    try {
      rest = rest.subarray(writeSync(file, rest))
    } catch (error) {
      const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
      if (code === 'EAGAIN') Atomics.wait(pause, 0, 0, FULL_WAIT_MS)
      else {
        // The reader of the output has ended, as `head` does.
        isClosed.add(file)
        stop.abort()
      }
    }
  }
}
const isClosed = new Set<number>()

/**
 * Node gives a thread no signals. Its own part for them works in every thread; without it, a signal ends the process at
 * once.
 */
function onSignals(listener: () => void): void {
  process.noDeprecation = true
  const binding: unknown = Reflect.get(process, 'binding')
  if (typeof binding !== 'function') return
  try {
    const { Signal } = binding.call(process, 'signal_wrap')
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const signal = new Signal()
      signal.onsignal = listener
      signal.start(constants.signals[name])
      signal.unref()
    }
  } catch {}
}

onSignals(() => {
  if (stop.signal.aborted) end(KILLED)
  stop.abort()
})

const isTerminal = isatty(STDOUT)
const screen = isTerminal ? new WriteStream(STDOUT) : undefined

const io: Io = {
  print: (text) => writeAll(STDOUT, `${text}\n`),
  tell: (text) => writeAll(STDERR, `${text}\n`),
  write: async (bytes) => writeAll(STDOUT, bytes),
  readInput: async () => readFileSync(STDIN, 'utf8'),
  paint: paintFor(isTerminal, process.env),
  get terminal() {
    if (screen === undefined) return undefined
    const [columns, rows] = screen.getWindowSize()
    return { columns, rows, draw: (text: string) => writeAll(STDOUT, text) }
  },
  stopped: stop.signal,
  async openApp(files) {
    spawn(process.execPath, ['--', ...files], { detached: true, stdio: 'ignore' }).unref()
    return 0
  },
  builtFolder: import.meta.dirname,
}

dispatch(args, CLI_COMMANDS, io, version).then(end, (error: unknown) => {
  io.tell(errorText(error))
  end(FAILED)
})

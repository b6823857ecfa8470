// `roundabout COMMAND` with the packaged program: no window and no display. Electron runs this script before it looks for a
// display, and ends without one as soon as the script returns. So the command runs in a thread, and the script waits for it.
import { Worker } from 'node:worker_threads'

/** A command is a word; a file that a system opens has a path. */
const COMMAND = /^[a-z]+$/

/** Electron runs for root only with this switch, wherever it stands. */
const FOR_ROOT = '--no-sandbox'

/** The command and its arguments; undefined if the app is meant. */
export function commandIn(args: readonly string[]): readonly string[] | undefined {
  const own = args.filter((arg) => arg !== FOR_ROOT)
  return COMMAND.test(own[0] ?? '') ? own : undefined
}

/** Returns the exit status once the command has ended. Nothing else of this process runs meanwhile. */
export function runInThread(script: string, args: readonly string[]): number {
  const status = new Int32Array(new SharedArrayBuffer(8))
  new Worker(script, { workerData: { args, status } })
  Atomics.wait(status, 0, 0)
  return Atomics.load(status, 1)
}

/** Without what is Electron’s or Chromium’s: what follows `--`, or all but the program. */
export function ownArguments(argv: readonly string[]): readonly string[] {
  const dashes = argv.indexOf('--')
  return argv.slice(dashes === -1 ? 1 : dashes + 1)
}

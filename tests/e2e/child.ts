// A child process of a test: what it wrote to its standard error, and its end.
import type { ChildProcess } from 'node:child_process'

/** Returns what the process has written to its standard error so far. */
export function collect(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  return () => text
}

/** Ends a process, if it still runs, and resolves when it has ended. */
export async function end(
  child: ChildProcess,
  signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await ended
}

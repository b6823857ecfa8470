// A way into the app's own process for tests: code that runs there, where Playwright has none.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './app'

export const WAY_IN = join(ROOT, 'tests/e2e/way-in.cjs')

/** A name for `WAY_IN` in the environment of the process that loads it. */
export function newWayIn(): string {
  const name = `roundabout-${randomUUID()}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name)
}

/** Runs code in the process that listens on this pipe. */
export async function runBehind(pipe: string, code: string): Promise<void> {
  const socket = connect(pipe)
  await once(socket, 'connect')
  socket.end(code)
  await once(socket, 'close')
}

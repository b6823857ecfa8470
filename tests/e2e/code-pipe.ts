// Access to the app's own process for tests: runs code there, where Playwright cannot.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './app-paths'

export const CODE_RUNNER = join(ROOT, 'tests/e2e/code-pipe.cjs')

/** Makes a name for the pipe, for the environment of the process that loads the script. */
export function newCodePipe(): string {
  const name = `roundabout-${randomUUID()}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name)
}

/** Runs code in the process that listens on this pipe. */
export async function runByPipe(pipe: string, code: string): Promise<void> {
  const socket = connect(pipe)
  await once(socket, 'connect')
  socket.end(code)
  await once(socket, 'close')
}

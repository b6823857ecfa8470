// The entry of the command line `roundabout COMMAND`. Wiring only.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { version } from '../../../package.json'
import { CLI_COMMANDS } from './commands'
import { dispatch } from './dispatch'
import { processIo } from './process-io'

const builtFolder = import.meta.dirname
const io = processIo(builtFolder, openApp)
dispatch(process.argv.slice(2), CLI_COMMANDS, io, version).then((status) => {
  process.exitCode = status
})

/** In the clone, as `npm start` does. */
function openApp(files: readonly string[]): Promise<number> {
  const start = join(builtFolder, '../../scripts/start.mjs')
  const app = spawn(process.execPath, [start, '--', ...files], { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    app.once('error', reject)
    app.once('exit', (code) => resolve(code ?? 1))
  })
}

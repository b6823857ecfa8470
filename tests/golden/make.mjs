// node tests/golden/make.mjs NAME: see make.ts.
import { join } from 'node:path'
import { runnerImport } from 'vite'

const [name] = process.argv.slice(2)
if (name === undefined) throw new Error('Say what the new folder is called: recording-2, say.')
process.env.GOLDEN_FOLDER = join(import.meta.dirname, name)
await runnerImport(join(import.meta.dirname, 'make.ts'))

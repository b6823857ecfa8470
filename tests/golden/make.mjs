// node tests/golden/make.mjs NAME [LESSON…]: see make.ts.
import { join } from 'node:path'
import { runnerImport } from 'vite'

const [name, ...lessons] = process.argv.slice(2)
if (name === undefined) throw new Error('Say what the new folder is called: recording-2, say.')
process.env.GOLDEN_FOLDER = join(import.meta.dirname, name)
process.env.GOLDEN_LESSONS = lessons.join(' ')
await runnerImport(join(import.meta.dirname, 'make.ts'))

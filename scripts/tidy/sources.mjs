// The source files that the tidy test reads: what people write, not what is generated or installed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../lib/project.mjs'

const FOLDERS = ['src', 'scripts', 'tests']
const SOURCE = /[.](ts|tsx|mjs|css)$/
const TEST = /[.](test|e2e)[.]|^tests\//

/** Returns `{ file, text, isTest }` of every source, by its path from the project's folder. */
export function readSources(root = ROOT) {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((name) => SOURCE.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  )
    .sort()
    .map((file) => ({
      file,
      text: readFileSync(join(root, file), 'utf8'),
      isTest: TEST.test(file),
    }))
}

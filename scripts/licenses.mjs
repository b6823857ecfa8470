// npm run licenses: writes down the licence of everything that is bundled, to be shipped with the app. The file is
// committed: run this after a change of dependencies. `--list` prints what is bundled as JSON and writes nothing.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { giveUp, ROOT } from './lib/project.mjs'
import { listBundled } from './licenses/bundled.mjs'
import { findProblems, toMarkdown } from './licenses/list.mjs'

const bundled = await listBundled()

if (process.argv.includes('--list')) {
  console.log(JSON.stringify(bundled))
} else {
  const problems = findProblems(bundled.packages)
  if (problems.length > 0) giveUp(problems.join('\n'))
  const path = join(ROOT, 'resources/licenses/third-party.md')
  writeFileSync(path, toMarkdown(bundled.packages))
  console.log(`${bundled.packages.length} packages written to ${path}`)
}

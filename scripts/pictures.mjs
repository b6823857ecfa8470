// npm run pictures: takes pictures of the app's main states into test-results/, light and dark, for
// people to look at. npm run pictures -- --readme: those of the README, into docs/images/.
import { ensureBuild } from './lib/ensure-build.mjs'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { ensureChromium } from './lib/find-chromium.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { giveUp, inModules } from './lib/project.mjs'
import { runVisibly } from './lib/run.mjs'
import { writeMadeOf } from './pictures/made-of.mjs'

checkNodeVersion()
await ensureDependencies()
await ensureBuild()
const chromium = await ensureChromium()
if (chromium.problem) giveUp(chromium.problem)
const given = process.argv.slice(2)
const isForReadme = given.includes('--readme')
process.exitCode = await runVisibly(
  process.execPath,
  [
    inModules('vitest/vitest.mjs'),
    'run',
    `--project=${isForReadme ? 'pictures-readme' : 'pictures'}`,
    ...given.filter((argument) => argument !== '--readme'),
  ],
  { env: { ...process.env, CHROMIUM_PATH: chromium.path } },
)
if (isForReadme && process.exitCode === 0) writeMadeOf()

// npm run pictures: takes pictures of the app's main states into test-results/, light and dark, for
// people to look at.
import { ensureBuild } from './lib/ensure-build.mjs'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { ensureChromium } from './lib/find-chromium.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { giveUp, inModules } from './lib/project.mjs'
import { runVisibly } from './lib/run.mjs'

checkNodeVersion()
await ensureDependencies()
await ensureBuild()
const chromium = await ensureChromium()
if (chromium.problem) giveUp(chromium.problem)
process.exitCode = await runVisibly(
  process.execPath,
  [inModules('vitest/vitest.mjs'), 'run', '--project=pictures', ...process.argv.slice(2)],
  { env: { ...process.env, CHROMIUM_PATH: chromium.path } },
)

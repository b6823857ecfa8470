// npm test: everything from format to end-to-end in a real browser and in real Electron, installing what is
// missing. `--fast` stops before the build (npm run check); other arguments narrow the tests as in vitest,
// e.g. `npm test -- placement` or `npm test -- -t "round-robin"`.
import { dirname } from 'node:path'
import { build } from './lib/ensure-build.mjs'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { ensureChromium } from './lib/find-chromium.mjs'
import { findElectron } from './lib/find-electron.mjs'
import { ensureTshark } from './lib/find-tshark.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { ensurePackageTools } from './lib/package-tools.mjs'
import { inModules } from './lib/project.mjs'
import { runTool, runVitest, Stages } from './lib/stages.mjs'
import { ensureDisplay } from './lib/virtual-display.mjs'

const OWN_OPTIONS = ['--fast', '--require-electron']
const args = process.argv.slice(2)
const fast = args.includes('--fast')
const requireElectron = args.includes('--require-electron')
const filters = args.filter((arg) => !OWN_OPTIONS.includes(arg))
const stages = new Stages()

checkNodeVersion()
await ensureDependencies()

if (filters.length === 0) await lint()
await stages.run('unit tests', () => runVitest('unit', { filters }))
if (!fast) {
  await integration()
  await stages.run('build', buildApp)
  await endToEndInBrowser()
  await endToEndInElectron()
  await packages()
}
process.exitCode = stages.finish()

async function lint() {
  await stages.run('format and lint', () => runTool(inModules('@biomejs/biome/bin/biome'), 'ci'))
  await stages.run('directions', () => runTool('scripts/lint-directions.mjs'))
  for (const part of ['shared', 'node', 'web', 'e2e']) {
    await stages.run(`types: ${part}`, () =>
      runTool(inModules('typescript/bin/tsc'), '--project', `tsconfig.${part}.json`),
    )
  }
}

/** The tests that need tshark skip themselves where there is none. */
async function integration() {
  const tshark = await ensureTshark()
  if (tshark.problem) stages.note('captures in tshark', tshark.problem)
  const env = tshark.path === undefined ? {} : { TSHARK_PATH: tshark.path }
  await stages.run('property and integration tests', () =>
    runVitest('integration', { filters, env }),
  )
}

async function buildApp() {
  const { code, output } = await build()
  if (code === 0) return { passed: 1 }
  console.error(output)
  return { failed: 1 }
}

async function endToEndInBrowser() {
  const name = 'end-to-end in a browser'
  const chromium = await ensureChromium()
  if (chromium.problem) return stages.skip(name, chromium.problem)
  const env = { CHROMIUM_PATH: chromium.path }
  await stages.run(name, () => runVitest('e2e-browser', { filters, env }))
}

async function endToEndInElectron() {
  const name = 'end-to-end in Electron'
  const electron = await findElectron({ fetch: requireElectron ? 'asked' : 'automatic' })
  if (electron.problem) return stages.skip(name, electron.problem, requireElectron)
  const { wrap, problem } = await ensureDisplay()
  if (problem) return stages.skip(name, problem, requireElectron)
  const env = { ELECTRON_PATH: electron.path }
  await stages.run(name, () => runVitest('e2e-desktop', { filters, env, wrap }))
}

/** Makes the Linux packages, installs the deb, and removes it again: as root, on a machine that has none. */
async function packages() {
  const name = 'packages'
  const electron = await findElectron({ fetch: 'never' })
  if (electron.problem) return stages.skip(name, electron.problem)
  const tools = await ensurePackageTools()
  if (tools.problem) return stages.skip(name, tools.problem)
  // An Electron that is here already need not be fetched again.
  const env = { ELECTRON_OVERRIDE_DIST_PATH: dirname(electron.path) }
  await stages.run(name, () => runVitest('package', { filters, env }))
}

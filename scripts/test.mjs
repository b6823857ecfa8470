// npm test: everything from format to end-to-end in a real browser and in real Electron, installing what is
// missing. `--fast` stops before the build (npm run check); other arguments narrow the tests as in vitest,
// e.g. `npm test -- placement` or `npm test -- -t "round-robin"`.
import { dirname } from 'node:path'
import { build as buildApp } from './lib/ensure-build.mjs'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { ensureBalancers } from './lib/find-balancers.mjs'
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

if (filters.length === 0) {
  for (const check of staticChecks()) await stages.run(check)
}
if (fast) {
  await stages.run(unitTests())
} else {
  // What they need is installed before, one after the other.
  const tools = { ...(await captureTool()), ...(await realBalancers()) }
  const browser = await browserTests(tools)
  const desktop = await electronTests(tools)
  const packages = await packageTests()
  // Beside each other run stages of which one waits, for programs, sockets and windows, while another one works: both
  // processors of a lab machine are busy to the end.
  await together([unitTests(), integrationTests(tools)], [build(), packages])
  await together([browser], [desktop])
}
process.exitCode = stages.finish()

function together(...lanes) {
  return stages.runTogether(lanes.map((lane) => lane.filter(Boolean)))
}

/** One after the other: each uses all processors by itself, and together they only wait for one another. */
function staticChecks() {
  const tools = [
    ['format and lint', inModules('@biomejs/biome/bin/biome'), 'ci'],
    ['directions', 'scripts/lint-directions.mjs'],
    ['Electron safety', 'scripts/lint-electron.mjs'],
    ...['shared', 'node', 'web', 'e2e', 'electron-25'].map((part) => [
      `types: ${part}`,
      ...[inModules('typescript/bin/tsc'), '--project', `tsconfig.${part}.json`],
    ]),
  ]
  return tools.map(([name, ...command]) => ({ name, work: (show) => runTool(command, show) }))
}

function unitTests() {
  return { name: 'unit tests', work: (show) => runVitest('unit', { filters }, show) }
}

/** The environment in which captures are opened with tshark. Without tshark, the tests that need it are skipped. */
async function captureTool() {
  const tshark = await ensureTshark()
  if (tshark.problem) stages.note('captures in tshark', tshark.problem)
  return tshark.path === undefined ? {} : { TSHARK_PATH: tshark.path }
}

/** The environment in which our algorithms run beside the real ones. Without these, the tests beside them are skipped. */
async function realBalancers() {
  const { nginx, haproxy, problem } = await ensureBalancers()
  if (problem) stages.note('balancing beside nginx and HAProxy', problem)
  return { ...(nginx && { NGINX_PATH: nginx }), ...(haproxy && { HAPROXY_PATH: haproxy }) }
}

function integrationTests(env) {
  return {
    name: 'property and integration tests',
    work: (show) => runVitest('integration', { filters, env }, show),
  }
}

function build() {
  return {
    name: 'build',
    async work() {
      const { code, output } = await buildApp()
      if (code === 0) return { passed: 1 }
      console.error(output)
      return { failed: 1 }
    },
  }
}

async function browserTests(tools) {
  const name = 'end-to-end in a browser'
  const chromium = await ensureChromium()
  if (chromium.problem) return stages.skip(name, chromium.problem)
  const env = { ...tools, CHROMIUM_PATH: chromium.path }
  return { name, work: (show) => runVitest('e2e-browser', { filters, env }, show) }
}

async function electronTests(tools) {
  const name = 'end-to-end in Electron'
  const electron = await findElectron({ fetch: requireElectron ? 'asked' : 'automatic' })
  if (electron.problem) return stages.skip(name, electron.problem, requireElectron)
  const { wrap, problem } = await ensureDisplay()
  if (problem) return stages.skip(name, problem, requireElectron)
  const env = { ...tools, ELECTRON_PATH: electron.path }
  return { name, work: (show) => runVitest('e2e-desktop', { filters, env, wrap }, show) }
}

/** Makes the Linux packages, installs the deb, and removes it again: as root, on a machine without it. */
async function packageTests() {
  const name = 'packages'
  const electron = await findElectron({ fetch: 'never' })
  if (electron.problem) return stages.skip(name, electron.problem)
  const tools = await ensurePackageTools()
  if (tools.problem) return stages.skip(name, tools.problem)
  const { NODE_EXTRA_CA_CERTS } = process.env
  const env = {
    // An Electron that is here already need not be fetched again.
    ELECTRON_OVERRIDE_DIST_PATH: dirname(electron.path),
    // What makes packages may fetch its tools.
    ...(NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS }),
  }
  return { name, work: (show) => runVitest('package', { filters, env }, show) }
}

// npm run bench: bundles the benchmarks into out/bench and runs them; arguments go to tests/bench/index.ts.
import { join } from 'node:path'
import { ensureBuild } from './lib/ensure-build.mjs'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { ensureChromium } from './lib/find-chromium.mjs'
import { findElectron } from './lib/find-electron.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { ROOT } from './lib/project.mjs'
import { runVisibly } from './lib/run.mjs'
import { ensureDisplay } from './lib/virtual-display.mjs'

const BENCH = join(ROOT, 'tests/bench')
const OUT = join(ROOT, 'out/bench')

/** The benchmarks, and the processes that they start. */
const NODE_ENTRIES = {
  index: join(BENCH, 'index.ts'),
  'proxy-roundabout': join(BENCH, 'proxy/roundabout.ts'),
  'proxy-relay': join(BENCH, 'proxy/relay.ts'),
  'proxy-looking-relay': join(BENCH, 'proxy/looking-relay.ts'),
  'proxy-accounting-relay': join(BENCH, 'proxy/accounting-relay.ts'),
  'proxy-servers': join(BENCH, 'proxy/servers.ts'),
  'proxy-load': join(BENCH, 'proxy/load.ts'),
  'engine-viewers': join(BENCH, 'engine/viewers.ts'),
  'events-web-host': join(BENCH, 'events/web-host.ts'),
  'class-viewers': join(BENCH, 'class/viewers.ts'),
}
/** CommonJS, because Electron 25 cannot load anything else as its main. */
const ELECTRON_ENTRIES = {
  'events-electron': join(BENCH, 'events/electron-main.ts'),
  'bare-window': join(BENCH, 'start-up/bare-window.ts'),
}

checkNodeVersion()
await ensureDependencies()
await ensureBuild()
await bundle()

const env = { ...process.env }
const chromium = await ensureChromium()
if (chromium.path) env.CHROMIUM_PATH = chromium.path
const electron = await findElectron({ fetch: 'never' })
const { wrap, problem } = electron.path ? await ensureDisplay() : {}
if (electron.path && !problem) env.ELECTRON_PATH = electron.path

const plain = [process.execPath, ['out/bench/index.js', ...process.argv.slice(2)]]
process.exitCode = await runVisibly(...(wrap ? wrap(...plain) : plain), { env })

async function bundle() {
  const { build } = await import('vite')
  const common = { configFile: false, root: ROOT, logLevel: 'warn' }
  const external = [
    'electron',
    'playwright-core',
    'vite',
    '@electron/asar',
    'bufferutil',
    'utf-8-validate',
  ]
  const forNode = (input, format, extension) => ({
    ...common,
    ssr: { noExternal: true, external },
    build: {
      ssr: true,
      outDir: OUT,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input,
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `[name]-[hash].${extension}`,
        },
      },
    },
  })
  await build(forNode(NODE_ENTRIES, 'es', 'js'))
  await build(forNode(ELECTRON_ENTRIES, 'cjs', 'cjs'))
  await build({
    ...common,
    root: join(BENCH, 'page/events'),
    build: { outDir: join(OUT, 'events-page'), emptyOutDir: true, target: 'chrome114' },
  })
}

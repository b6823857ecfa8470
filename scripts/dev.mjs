// npm run dev: the desktop app with hot reload. With --web the same in a browser: the engine runs
// as it was built at the start, and the page comes from the development server. Other options go to
// the app.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { build } from './lib/ensure-build.mjs'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { findElectron, sandboxArguments } from './lib/find-electron.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { giveUp, inModules, ROOT } from './lib/project.mjs'
import { ended, runVisibly } from './lib/run.mjs'

const args = process.argv.slice(2).filter((arg) => arg !== '--web')

checkNodeVersion()
await ensureDependencies()
process.exitCode = process.argv.includes('--web') ? await developWeb() : await developDesktop()

async function developDesktop() {
  const electron = await findElectron({ fetch: 'asked' })
  if (electron.problem) giveUp(`No Electron: ${electron.problem}. Try npm run dev -- --web.`)
  const env = {
    ...process.env,
    ELECTRON_EXEC_PATH: electron.path,
    ...(sandboxArguments().length > 0 ? { NO_SANDBOX: '1' } : {}),
  }
  const command = [inModules('electron-vite/bin/electron-vite.js'), 'dev', '--watch']
  // electron-vite consumes what follows the first `--`; the app expects a `--` of its own in front.
  const forApp = args.length > 0 ? ['--', '--', ...args] : []
  return runVisibly(process.execPath, [...command, ...forApp], { env })
}

async function developWeb() {
  const { code, output } = await build()
  if (code !== 0) giveUp(output)
  const host = spawn(process.execPath, ['out/main/headless.cjs', '--no-open', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const hostEnded = ended(host)
  const lines = createInterface({ input: host.stdout })
  const [first] = await Promise.race([once(lines, 'line'), hostEnded.then(() => [])])
  if (first === undefined) return hostEnded
  lines.on('line', (line) => console.log(line))

  const address = new URL(first.replace('Roundabout: ', ''))
  const server = await startScreen(address)
  console.log(`Roundabout: ${server.resolvedUrls.local[0]}${address.search}`)
  return hostEnded.finally(() => server.close())
}

/**
 * The development server forwards the page's WebSocket to the host as if it came from the host's
 * own page.
 */
async function startScreen(address) {
  const { createServer, mergeConfig } = await import('vite')
  const { resolveConfig } = await import('electron-vite')
  const { config } = await resolveConfig({ root: ROOT }, 'serve', 'development')
  const proxy = {
    '/ws': { target: address.origin, ws: true, changeOrigin: true, rewriteWsOrigin: true },
  }
  const server = await createServer(mergeConfig(config.renderer, { server: { proxy } }))
  return server.listen()
}

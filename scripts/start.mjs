// npm start: installs and builds what is missing, then runs the desktop app, or where that cannot be, serves
// the same app to the browser. Whatever is said here goes to standard error.
import { ensureBuild } from './lib/ensure-build.mjs'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { findElectron, sandboxArguments } from './lib/find-electron.mjs'
import { readLaunch, USAGE } from './lib/launch.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { giveUp, ROOT, say } from './lib/project.mjs'
import { runUntilTold } from './lib/run.mjs'
import { hasDisplay } from './lib/virtual-display.mjs'

/** Dying sooner than this after its start, by a crash, means that Electron cannot run here at all. */
const EARLY_MS = 10_000
const COULD_NOT_RUN = 127
const SIGNALLED = 128
const ASKED_TO_END = [129, 130, 143]

checkNodeVersion()
const launch = readLaunch(process.argv.slice(2))
if (launch.kind === 'help') {
  process.stdout.write(USAGE)
} else if (launch.kind === 'error') {
  giveUp(`${launch.error}\n\n${USAGE}`)
} else {
  await ensureDependencies()
  await ensureBuild()
  process.exitCode = launch.shell === 'web' ? await serve() : await openDesktop()
}

/** The desktop app, or where it was not asked for by name and cannot be had, the browser way. */
async function openDesktop() {
  const fallBack = (problem) => {
    if (launch.shell === 'desktop') giveUp(`The desktop app cannot start: ${problem}.`)
    say(`Serving to the browser instead of the desktop app: ${problem}.`)
    return serve()
  }
  if (!hasDisplay()) return fallBack('there is no display')
  const electron = await findElectron({ fetch: launch.shell === 'desktop' ? 'asked' : 'automatic' })
  if (electron.problem) return fallBack(electron.problem)

  const sandbox = sandboxArguments()
  if (sandbox.length > 0) say('Running as root: Chromium needs --no-sandbox, so it gets that.')
  if (launch.webOnly.length > 0) say(`For the browser way only, left out: ${launch.webOnly[0]}.`)
  const startedAt = Date.now()
  const args = [...sandbox, ROOT, '--', ...launch.forDesktop]
  const code = await runUntilTold(electron.path, args).catch(() => COULD_NOT_RUN)
  const crashed = code === COULD_NOT_RUN || (code > SIGNALLED && !ASKED_TO_END.includes(code))
  return crashed && Date.now() - startedAt < EARLY_MS
    ? fallBack(`Electron does not run on this machine (it ended with code ${code})`)
    : code
}

function serve() {
  return runUntilTold(process.execPath, ['out/main/headless.cjs', ...launch.forWeb])
}

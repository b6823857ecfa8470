// npm start: installs and builds what is missing, then runs the desktop app. If nobody gets to see that, serves the same
// app to the browser and says why. All messages of the script go to standard error.
import { runDesktopApp, windowLimit } from './lib/desktop-app.mjs'
import { ensureBuild } from './lib/ensure-build.mjs'
import { ensureDependencies } from './lib/ensure-dependencies.mjs'
import { findElectron, sandboxArguments } from './lib/find-electron.mjs'
import { readLaunch, USAGE } from './lib/launch.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { giveUp, ROOT, say } from './lib/project.mjs'
import { runUntilTold } from './lib/run.mjs'
import { hasDisplay } from './lib/virtual-display.mjs'

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

/** Runs the desktop app, or the browser way if the app cannot run and was not asked for by name. */
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
  const args = [...sandbox, ROOT, '--', ...launch.forDesktop, ...launch.files]
  // Asked for by name, it may take its time: there is nothing to fall back to.
  const limit = launch.shell === 'desktop' ? undefined : windowLimit()
  const { code, problem } = await runDesktopApp(electron.path, args, { limit })
  return problem === undefined ? code : fallBack(`${problem} (${electron.path})`)
}

function serve() {
  const { files } = launch
  if (files.length > 0) say(`Open it in the page, with O: ${files.join(', ')}.`)
  return runUntilTold(process.execPath, ['out/main/headless.cjs', ...launch.forWeb])
}

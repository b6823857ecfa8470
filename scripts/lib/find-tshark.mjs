// Finds a tshark to open captures with: a named one, or the system's. Otherwise installs Debian's.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { aptInstall, canAptInstall } from './debian.mjs'
import { firstThatRuns } from './find-chromium.mjs'
import { say } from './project.mjs'

/** Returns `{ path }`, or `{ problem }`: the end of a sentence that says why none was found. */
export async function ensureTshark() {
  const named = process.env.TSHARK_PATH
  if (named) {
    return existsSync(named) ? { path: named } : { problem: `TSHARK_PATH (${named}) is not there` }
  }
  const found = await workingTshark()
  if (found !== undefined) return { path: found }

  if (canAptInstall()) {
    say("No tshark is here: installing Debian's…")
    await aptInstall('tshark')
    const installed = await workingTshark()
    if (installed !== undefined) return { path: installed }
  }
  return { problem: 'no tshark was found and none could be installed (set TSHARK_PATH)' }
}

/** The installed programs in this system's usual places, best first. */
export function systemTsharks(platform, env, exists = existsSync) {
  return places(platform, env).filter((path) => exists(path))
}

function workingTshark() {
  return firstThatRuns(systemTsharks(process.platform, process.env), process.platform)
}

/** Wireshark's own folder on macOS and Windows, whose installers do not change the path. */
function places(platform, env) {
  const name = platform === 'win32' ? 'tshark.exe' : 'tshark'
  const separator = platform === 'win32' ? ';' : delimiter
  const onPath = (env.PATH ?? '').split(separator).map((folder) => join(folder, name))
  switch (platform) {
    case 'darwin':
      return ['/Applications/Wireshark.app/Contents/MacOS/tshark', ...onPath]
    case 'win32':
      return [
        ...['PROGRAMFILES', 'PROGRAMFILES(X86)'].flatMap((folder) =>
          env[folder] === undefined ? [] : [join(env[folder], 'Wireshark', name)],
        ),
        ...onPath,
      ]
    default:
      return onPath
  }
}

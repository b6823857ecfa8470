// A virtual display for windows in tests: Xvfb, on Linux without a display.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { aptInstall, canAptInstall } from './debian.mjs'
import { say } from './project.mjs'

export function hasDisplay(platform = process.platform, env = process.env) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

const SCREEN = '-screen 0 1920x1080x24'

/** Returns `{ wrap }`, which puts a command on a display, or `{ problem }`: half a sentence on why it cannot. */
export async function ensureDisplay() {
  if (hasDisplay()) return { wrap: (command, args) => [command, args] }
  if (!onPath('xvfb-run') && canAptInstall()) {
    say('There is no display: installing xvfb…')
    await aptInstall('xvfb', 'xauth')
  }
  if (!onPath('xvfb-run')) return { problem: 'there is no display, and no xvfb-run' }
  return { wrap: (command, args) => ['xvfb-run', ['-a', '-s', SCREEN, command, ...args]] }
}

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
}

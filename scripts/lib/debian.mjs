// Installs what tests need from the distribution, if allowed: as root, with apt.
import { existsSync } from 'node:fs'
import { runQuietly } from './run.mjs'

export function canAptInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** Returns whether it worked; the caller checks the result anyway. */
export async function aptInstall(...packages) {
  // In runlevel 1, Debian's packages start no service: a test starts what it needs, on loopback.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const options = { env }
  await runQuietly('apt-get', ['update'], options)
  const install = ['install', '--yes', '--no-install-recommends', ...packages]
  return (await runQuietly('apt-get', install, options)).code === 0
}

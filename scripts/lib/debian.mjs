// Installing what tests need from the distribution, where we may: as root, with apt.
import { existsSync } from 'node:fs'
import { runQuietly } from './run.mjs'

export function canAptInstall() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

/** Whether it worked; the caller looks for what it wanted anyway. */
export async function aptInstall(...packages) {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  await runQuietly('apt-get', ['update'], options)
  const install = ['install', '--yes', '--no-install-recommends', ...packages]
  return (await runQuietly('apt-get', install, options)).code === 0
}

// System programs for making, installing and testing the Linux packages. On Debian, root installs
// the missing ones.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { aptInstall, canAptInstall } from './debian.mjs'
import { say } from './project.mjs'

/** Debian's packages by a program of each. */
const PROGRAMS = {
  'dpkg-deb': 'dpkg',
  fakeroot: 'fakeroot',
  rpmbuild: 'rpm',
  'desktop-file-validate': 'desktop-file-utils',
  'update-mime-database': 'shared-mime-info',
  'xdg-mime': 'xdg-utils',
  gio: 'libglib2.0-bin',
  Xvfb: 'xvfb',
  xwininfo: 'x11-utils',
}
/** Programs that a desktop has anyway, and a bare machine lacks. */
const LIBRARIES = ['libasound2', 'libatspi2.0-0', 'libgbm1', 'libgtk-3-0', 'libnss3', 'xz-utils']

/** Returns `{}`, or `{ problem }`: half a sentence on why the packages cannot be tried here. */
export async function ensurePackageTools() {
  if (process.platform !== 'linux') return { problem: 'only the Linux packages are tried' }
  if (process.getuid() !== 0) return { problem: 'installing a package needs root' }
  if (!onPath('dpkg')) return { problem: 'this system has no dpkg' }
  if (missing().length > 0 && canAptInstall()) {
    say(`For the packages: installing ${missing().join(', ')}…`)
    await aptInstall(...missing(), ...LIBRARIES)
  }
  const left = missing()
  return left.length === 0 ? {} : { problem: `${left.join(', ')} could not be installed` }
}

function missing() {
  return Object.keys(PROGRAMS).flatMap((program) => (onPath(program) ? [] : PROGRAMS[program]))
}

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
}

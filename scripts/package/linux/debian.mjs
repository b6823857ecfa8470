// The deb, made with the system's own dpkg-deb and fakeroot.

import { spawnSync } from 'node:child_process'
import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { AUTHORS } from '../product.mjs'
import { commonOptions, END_APP, make, withOurFiles } from './installer.mjs'

const ARCHES = { x64: 'amd64', arm64: 'arm64' }

/** Libraries by their older names and by the newer ones since the change to 64-bit times. */
const DEPENDS = [
  'libasound2t64 | libasound2',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'libdrm2',
  'libgbm1',
  'libgtk-3-0t64 | libgtk-3-0',
  'libnss3',
  'libxkbcommon0',
  'xdg-utils',
]

const debianInstaller = (Installer) =>
  class extends withOurFiles(Installer) {
    async createOverrides() {}

    /** Wrapping leaves spaces at the ends of lines. */
    normalizeExtendedDescription(text) {
      return super.normalizeExtendedDescription(text).replace(/ +$/gm, '')
    }

    async createPackage() {
      // The highest level would take several times as long for a few hundredths.
      const compression = this.options.fast ? ['-Zgzip', '-z1'] : ['-Zxz', '-z6']
      const args = ['dpkg-deb', ...compression, '--build', this.stagingDir]
      const { status, stdout, stderr, error } = spawnSync('fakeroot', args, { encoding: 'utf8' })
      if (status !== 0) throw new Error(`dpkg-deb failed: ${error?.message ?? stdout + stderr}`)
    }
  }

export const DEBIAN_TOOLS = ['dpkg-deb', 'fakeroot']

export async function makeDeb({ folder, output, arch, fast }) {
  // It cannot be installed on Windows.
  const { default: maker } = await import('electron-installer-debian')
  const DebianInstaller = debianInstaller(maker.Installer)
  return make(
    new DebianInstaller({
      ...commonOptions({ folder, output }),
      arch: ARCHES[arch],
      rename: (dest) => `${dest}/<%= name %>_<%= version %>_<%= arch %>.deb`,
      section: 'education',
      priority: 'optional',
      maintainer: AUTHORS,
      homepage: undefined,
      revision: undefined,
      size: kibibytes(folder),
      depends: DEPENDS,
      scripts: { prerm: END_APP },
      fast,
    }),
  )
}

/** The size of the installed files, which apt shows before it installs. */
function kibibytes(folder) {
  const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((total, { parentPath, name }) => total + lstatSync(join(parentPath, name)).size, 0)
  return Math.ceil(bytes / 1024)
}

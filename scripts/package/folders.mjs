// The output folders of packaging: the one of the packages, and in it the app's folder for each
// architecture.
import { join } from 'node:path'
import { ROOT } from '../lib/project.mjs'

export const DIST = join(ROOT, 'dist')

/** electron-builder's names. `npm run package -- --dir` makes only this folder. */
export function appFolder(arch = process.arch, { platform = process.platform, dist = DIST } = {}) {
  const suffix = arch === 'x64' ? '' : `-${arch}`
  switch (platform) {
    case 'darwin':
      return join(dist, `mac${suffix}`, 'Roundabout.app')
    case 'win32':
      return join(dist, `win${suffix}-unpacked`)
    default:
      return join(dist, `linux${suffix}-unpacked`)
  }
}

/** The program to start in such a folder. */
export function appProgram(folder, platform = process.platform) {
  switch (platform) {
    case 'darwin':
      return join(folder, 'Contents/MacOS/Roundabout')
    case 'win32':
      return join(folder, 'Roundabout.exe')
    default:
      return join(folder, 'roundabout')
  }
}

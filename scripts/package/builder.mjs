// The configuration of electron-builder: how the app's folder is made on each system, and which
// packages are made of it (all of Windows' and macOS', and the AppImage).
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { ROOT } from '../lib/project.mjs'
import { licenceFiles } from './contents.mjs'
import { fusesFor } from './fuses.mjs'
import { desktopEntryFields } from './linux/desktop-entry.mjs'
import { APP_ID, COPYRIGHT, FILE_TYPES, PRODUCT_NAME, packageFile, SUMMARY } from './product.mjs'
import { canNotarize, isSigned } from './signing.mjs'

const PLATFORMS = { linux: Platform.LINUX, win32: Platform.WINDOWS, darwin: Platform.MAC }
const RESOURCES = join(ROOT, 'resources')

/**
 * Makes `targets` (`dir`: the folder alone) of the app in `app` and returns the files' paths.
 * `prepackaged`: the app's folder, if it exists already.
 */
export function runBuilder({ app, arch, electron, output, targets, fast, prepackaged }) {
  return build({
    projectDir: app,
    publish: 'never',
    targets: PLATFORMS[process.platform].createTarget(targets, Arch[arch]),
    config: configuration({ electron, output, fast }),
    ...(prepackaged ? { prepackaged } : {}),
  })
}

function configuration({ electron, output, fast }) {
  return {
    appId: APP_ID,
    productName: PRODUCT_NAME,
    copyright: COPYRIGHT,
    electronVersion: electron.version,
    ...(electron.folder ? { electronDist: electron.folder } : {}),
    directories: { output, buildResources: RESOURCES },
    files: ['**/*'],
    extraResources: licenceFiles().map(([from, to]) => ({ from: join(ROOT, from), to })),
    asar: true,
    // A changed binary starts on an Apple chip only if it is signed again, at least ad hoc.
    electronFuses: {
      ...fusesFor(electron.version),
      resetAdHocDarwinSignature: process.platform === 'darwin',
    },
    electronLanguages: ['en-US'],
    // A third smaller than `normal` for the installers that people download, for a minute of a
    // build machine's time.
    compression: fast ? 'store' : 'maximum',
    npmRebuild: false,
    publish: null,
    afterPack: ({ appOutDir }) => removeElectronsOwn(appOutDir),
    artifactName: packageFile(...['os', 'arch', 'ext'].map((word) => `$\{${word}}`)),
    fileAssociations: FILE_TYPES.map(({ extension, icon: drawing, mimeType, name }) => ({
      ext: extension,
      mimeType,
      name,
      description: name,
      role: 'Editor',
      ...(process.platform === 'linux' ? {} : { icon: icon(systemFormat(), drawing) }),
    })),
    linux: linux(),
    // Its default entry would start the app without its sandbox, and would need an old FUSE.
    appImage: { executableArgs: [] },
    toolsets: { appimage: '1.0.3' },
    win: { icon: icon('ico') },
    nsis: {
      // One click, one user, no administrator; the uninstaller ends a running app first and keeps
      // the user's data.
      oneClick: true,
      perMachine: false,
      runAfterFinish: true,
      deleteAppDataOnUninstall: false,
      buildUniversalInstaller: false,
      // Only useful to an installer for all users.
      packElevateHelper: false,
      installerIcon: icon('ico'),
      uninstallerIcon: icon('ico'),
    },
    mac: mac(),
    dmg: { sign: false },
  }
}

function linux() {
  return {
    executableName: 'roundabout',
    category: 'Education',
    synopsis: SUMMARY,
    icon: linuxIcons(),
    desktop: { entry: desktopEntryFields() },
  }
}

function mac() {
  const entitlements = join(import.meta.dirname, 'mac/entitlements.plist')
  return {
    category: 'public.app-category.education',
    icon: icon('icns'),
    hardenedRuntime: true,
    entitlements,
    entitlementsInherit: entitlements,
    // Otherwise electron-builder takes any identity in the keychain.
    ...(isSigned() ? {} : { identity: null }),
    notarize: canNotarize(),
    // The two halves differ only in the binaries.
    mergeASARs: true,
  }
}

/** The icon drawn for the format, or the picture, which electron-builder converts. */
function icon(format, drawing = 'icon') {
  const drawn = join(RESOURCES, 'icons', `${drawing}.${format}`)
  return existsSync(drawn) ? drawn : join(RESOURCES, 'icon.png')
}

const systemFormat = () => (process.platform === 'darwin' ? 'icns' : 'ico')

function linuxIcons() {
  const folder = join(RESOURCES, 'icons')
  const drawn = existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.png'))
  return drawn ? folder : join(RESOURCES, 'icon.png')
}

/**
 * Removes an Electron's own extras: its demonstration app, its version file, its updater's notes.
 */
function removeElectronsOwn(folder) {
  const app = readdirSync(folder).find((name) => name.endsWith('.app'))
  const resources = app ? `${app}/Contents/Resources` : 'resources'
  for (const file of [`${resources}/default_app.asar`, `${resources}/app-update.yml`, 'version']) {
    rmSync(join(folder, file), { force: true })
  }
}

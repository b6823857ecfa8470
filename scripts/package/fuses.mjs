// Electron's fuses: switches in its binary that are set once, at packaging. Both the packages and
// the test that reads them back use this list.
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

/** The first Electron whose binary has this fuse. */
const FILE_PRIVILEGES_SINCE = 29

/** In electron-builder's names; `FuseV1Options` of @electron/fuses has the same with a capital first letter. */
export function fusesFor(electronVersion) {
  const major = Number.parseInt(electronVersion, 10)
  return {
    // ELECTRON_RUN_AS_NODE would turn the app into a Node that runs any script under the app's name
    // and signature.
    runAsNode: false,
    enableCookieEncryption: true,
    // NODE_OPTIONS and --inspect would run foreign code inside the app.
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // On Linux the runtime does not check the archive; on macOS and Windows it does.
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    // The app has a scheme of its own (src/main/desktop/scheme.ts) and loads nothing from file://.
    ...(major >= FILE_PRIVILEGES_SINCE ? { grantFileProtocolExtraPrivileges: false } : {}),
  }
}

/** A byte of the fuse wire in the binary. */
const FUSE_ON = '1'.charCodeAt(0)

/**
 * Reads every fuse back; rejects if one differs. `app`: on macOS the app, elsewhere its program.
 */
export async function checkFuses(app, electronVersion) {
  const wire = await getCurrentFuseWire(app)
  for (const [name, wanted] of Object.entries(fusesFor(electronVersion))) {
    const option = FuseV1Options[name[0].toUpperCase() + name.slice(1)]
    if ((wire[option] === FUSE_ON) === wanted) continue
    throw new Error(`The fuse "${name}" is not ${wanted ? 'on' : 'off'} in ${app}.`)
  }
}

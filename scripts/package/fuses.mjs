// Electron's fuses: switches in its binary that are set once, when the app is packaged. What the packages get and
// what the test reads back from them are both taken from here.

/** The first Electron whose binary has this fuse. */
const FILE_PRIVILEGES_SINCE = 29

/** In electron-builder's names; `FuseV1Options` of @electron/fuses has the same with a capital first letter. */
export function fusesFor(electronVersion) {
  const major = Number.parseInt(electronVersion, 10)
  return {
    // ELECTRON_RUN_AS_NODE would make of the app a Node that runs any script with the app's name and signature.
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

// Whether the packages can be signed and notarised: only the build machine's environment decides.

/** Returns a line for the person if this system's packages are unsigned, otherwise undefined. */
export function unsignedNote(platform, env = process.env) {
  switch (platform) {
    case 'darwin':
      if (!isSigned(env)) {
        return 'Not signed: set CSC_LINK (and CSC_KEY_PASSWORD) or CSC_NAME to sign. macOS will ask before it opens the app.'
      }
      return canNotarize(env)
        ? undefined
        : 'Signed, not notarised: set APPLE_ID, APPLE_APP_SPECIFIC_PASSWORD and APPLE_TEAM_ID, or APPLE_API_KEY, APPLE_API_KEY_ID and APPLE_API_ISSUER.'
    case 'win32':
      return env.CSC_LINK || env.WIN_CSC_LINK
        ? undefined
        : 'Not signed: set WIN_CSC_LINK and WIN_CSC_KEY_PASSWORD to sign. Windows will warn before it runs the installer.'
    default:
      return undefined
  }
}

/**
 * Returns whether a Mac's packages are signed; certificates that happen to be in a keychain do not
 * count.
 */
export function isSigned(env = process.env) {
  return Boolean(env.CSC_LINK || env.CSC_NAME)
}

/** Apple notarises signed packages, for an account or for an API key. */
export function canNotarize(env = process.env) {
  const account = env.APPLE_ID && env.APPLE_APP_SPECIFIC_PASSWORD && env.APPLE_TEAM_ID
  const key = env.APPLE_API_KEY && env.APPLE_API_KEY_ID && env.APPLE_API_ISSUER
  return isSigned(env) && Boolean(account || key)
}

// The page's permissions: it may write to the clipboard and fill the screen, and nothing else. No camera, location,
// device or notification.
import type { Session } from 'electron'
import { isSameOrigin } from './origin'

/** Writing text to the clipboard, for the page's copy buttons; the full screen, for the stage view. */
const ALLOWED_PERMISSIONS: readonly string[] = ['clipboard-sanitized-write', 'fullscreen']

export function refusePermissions(
  session: Session,
  appUrl: string,
  warn: (text: string) => void,
): void {
  const reported = new Set<string>()
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const allowed = isAllowed(permission, details.requestingUrl, details.isMainFrame, appUrl)
    if (!allowed) warn(`The permission "${permission}" was refused.`)
    answer(allowed)
  })
  // Chromium itself checks again and again, so each permission is logged once.
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const allowed = isAllowed(
      permission,
      details.requestingUrl ?? origin,
      details.isMainFrame,
      appUrl,
    )
    if (!allowed && !reported.has(permission)) {
      reported.add(permission)
      warn(`The permission "${permission}" is not given.`)
    }
    return allowed
  })
  session.setDevicePermissionHandler(({ deviceType }) => {
    warn(`A device (${deviceType}) was refused.`)
    return false
  })
}

/** `address`: the page or the origin that asks. */
export function isAllowed(
  permission: string,
  address: string,
  isMainFrame: boolean,
  appUrl: string,
): boolean {
  return ALLOWED_PERMISSIONS.includes(permission) && isMainFrame && isSameOrigin(address, appUrl)
}

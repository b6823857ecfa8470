// Opens a page in the default browser.
import { spawn } from 'node:child_process'

/** Fails silently: the address is printed too. */
export function openBrowser(path: string): void {
  const [command, ...args] = openCommand(process.platform, path)
  const child = spawn(command, args, { detached: true, stdio: 'ignore', windowsHide: true })
  child.on('error', () => {})
  child.unref()
}

/**
 * Returns the command that opens this file. It needs no shell, because a folder's name can contain
 * anything.
 */
export function openCommand(platform: NodeJS.Platform, path: string): [string, string] {
  switch (platform) {
    case 'darwin':
      return ['open', path]
    case 'win32':
      return ['explorer', path]
    default:
      return ['xdg-open', path]
  }
}

/** Returns whether this machine has a desktop that could show a browser. */
export function hasScreen(): boolean {
  if (process.env.CI) return false
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

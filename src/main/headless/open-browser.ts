// Opens a page in the default browser.
import { spawn } from 'node:child_process'

/** Failing is quiet: the address is printed too. */
export function openBrowser(path: string): void {
  const [command, ...args] = openCommand(process.platform, path)
  const child = spawn(command, args, { detached: true, stdio: 'ignore', windowsHide: true })
  child.on('error', () => {})
  child.unref()
}

/** For a file of this path, without a shell: a person's folder can have any name. */
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

/** Whether there is somebody to look at it. */
export function hasScreen(): boolean {
  if (process.env.CI) return false
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

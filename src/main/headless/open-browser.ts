// Opens the default browser where there is somebody to look at it. Failing is quiet: the address is printed too.
import { spawn } from 'node:child_process'

export function openBrowser(url: string): void {
  if (!hasScreen()) return
  const [command, ...args] = openCommand(process.platform, url)
  const child = spawn(command, args, { detached: true, stdio: 'ignore', windowsHide: true })
  child.on('error', () => {})
  child.unref()
}

/** `url` must need no quoting in a shell. */
export function openCommand(platform: NodeJS.Platform, url: string): [string, ...string[]] {
  switch (platform) {
    case 'darwin':
      return ['open', url]
    case 'win32':
      return ['cmd', '/c', 'start', '""', url]
    default:
      return ['xdg-open', url]
  }
}

function hasScreen(): boolean {
  if (process.env.CI) return false
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

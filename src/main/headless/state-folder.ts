// The folders for the app's state and log, by each system's conventions.
import { posix, win32 } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Returns the app's state folder; it may not exist yet. */
export function stateFolder(
  platform: NodeJS.Platform,
  environment: Environment,
  home: string,
): string {
  switch (platform) {
    case 'darwin':
      return posix.join(home, 'Library/Application Support/Roundabout')
    case 'win32':
      return win32.join(
        environment.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'),
        'Roundabout',
      )
    default:
      return posix.join(
        absolute(environment.XDG_STATE_HOME) ?? posix.join(home, '.local/state'),
        'roundabout',
      )
  }
}

/** Returns the log's folder; it may not exist yet. */
export function logsFolder(
  platform: NodeJS.Platform,
  environment: Environment,
  home: string,
): string {
  switch (platform) {
    case 'darwin':
      return posix.join(home, 'Library/Logs/Roundabout')
    case 'win32':
      return win32.join(stateFolder(platform, environment, home), 'Logs')
    default:
      return posix.join(stateFolder(platform, environment, home), 'logs')
  }
}

/** The XDG specification says that relative paths are ignored. */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') ? path : undefined
}

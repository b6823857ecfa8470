// A local HTML file that sends the browser to the address with the token. Every account on a
// machine can read other accounts' command lines, so the browser is started with the name of a file
// that only this account can read.
import { rmSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How long a browser may take to start. */
const VALID_MS = 60_000

/**
 * Writes the file and returns its path. Deletes it once `used` resolves, when this process ends, or
 * after a minute. `url` must need no quoting in HTML.
 */
export async function writeLaunchPage(
  url: string,
  folders: readonly string[],
  used: Promise<void>,
): Promise<string> {
  const folder = await makeFolder(folders)
  const remove = () => {
    clearTimeout(timer)
    process.off('exit', remove)
    rmSync(folder, { recursive: true, force: true })
  }
  const timer = setTimeout(remove, VALID_MS)
  timer.unref()
  process.on('exit', remove)
  used.then(remove)
  const path = join(folder, 'roundabout.html')
  await writeFile(path, pageTo(url), { mode: 0o600, flag: 'wx' })
  return path
}

/**
 * Returns the folders to try, in order. On Linux it is a new folder in the home directory: browsers
 * packaged as a snap see neither the system's temporary folder nor hidden folders, and those
 * packaged as a flatpak get the one file from the system. Elsewhere the temporary folder is private
 * to the account.
 */
export function launchPageFolders(platform: NodeJS.Platform, home: string): string[] {
  return platform === 'linux' ? [home, tmpdir()] : [tmpdir()]
}

/** Makes a folder, private to this account, in the first parent that allows it. */
async function makeFolder([first, ...others]: readonly string[]): Promise<string> {
  if (first === undefined) throw new Error('There is no folder for the file that leads there.')
  return mkdtemp(join(first, 'roundabout-')).catch(() => makeFolder(others))
}

const pageTo = (url: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${url}">
<title>Roundabout</title>
</head>
<body>
<p>Roundabout opens here in a moment. If it does not, <a href="${url}">open Roundabout</a>.</p>
</body>
</html>
`

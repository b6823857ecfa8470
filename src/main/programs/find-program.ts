// Where is a program of the field installed, and which version is it?
import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const VERSION_LIMIT_MS = 5_000
/** Folders that are not in every user's PATH. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']

interface FoundProgram {
  readonly path: string
  /** `2.6.12`; empty if it does not say so. */
  readonly version: string
}

/** Undefined: it is not installed. `variable`: of the environment, names the file if it is set. */
export async function findProgram(
  name: string,
  variable: string,
): Promise<FoundProgram | undefined> {
  const named = process.env[variable]
  const paths = named ? [named] : placesOf(name)
  for (const path of paths) {
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return { path, version: await versionOf(path) }
  }
  return undefined
}

function placesOf(name: string): string[] {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS]
  const file = process.platform === 'win32' ? `${name}.exe` : name
  return folders.filter((folder) => folder !== '').map((folder) => join(folder, file))
}

/** nginx says it on its standard error. */
async function versionOf(path: string): Promise<string> {
  const said = await run(path, ['-v'], { timeout: VERSION_LIMIT_MS }).catch(() => undefined)
  const [version = ''] = /\d+\.\d+(\.\d+)*/.exec(`${said?.stdout}${said?.stderr}`) ?? []
  return version
}

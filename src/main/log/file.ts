// The file that lines go to, rotated by size. Lines are written at once, not later: those before a crash are the ones
// that are looked for. A file that cannot be written to is told of once, and stops nothing.
import { closeSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import electronLog from 'electron-log/node'

/** Of each file, before the next one is begun, and how many are kept beside the present one. */
export const MAX_FILE_BYTES = 1024 * 1024
export const KEPT_FILES = 5

const OWNER_ONLY = { folder: 0o700, file: 0o600 }

export interface LogFile {
  readonly path: string
  write(line: string): void
}

export interface LogFileOptions {
  folder: string
  maxBytes?: number
  /** Told once, in words. */
  onFault: (text: string) => void
}

// The library's own voice: what it has to say of a file is told by `onFault`, in our words.
electronLog.transports.console.writeFn = () => {}

export function openLogFile({
  folder,
  maxBytes = MAX_FILE_BYTES,
  onFault,
}: LogFileOptions): LogFile {
  const path = join(folder, 'main.log')
  let isToldOf = false
  const logger = electronLog.create({ logId: path })
  logger.transports.console.level = false
  logger.transports.remote.level = false
  // Where there is Electron it could also write to the page's console.
  if (logger.transports.ipc) logger.transports.ipc.level = false

  const { file } = logger.transports
  // It wants to know before it asks for the path, which is ours anyway.
  file.setAppName('Roundabout')
  file.resolvePathFn = () => path
  file.maxSize = maxBytes
  file.writeOptions = { flag: 'a', encoding: 'utf8', mode: OWNER_ONLY.file }
  file.transforms = [({ data }) => data]
  file.archiveLogFn = (full) => {
    try {
      rotate(folder)
    } catch {
      // It cannot be given another name, by whatever holds it: better no old lines than a full disk.
      full.clear()
    }
  }

  try {
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY.folder })
    // The library would take every line and write none.
    closeSync(openSync(path, 'a', OWNER_ONLY.file))
    file.getFile().on('error', tell)
  } catch {
    tell()
  }

  function tell(): void {
    if (isToldOf) return
    isToldOf = true
    onFault(`The log cannot be written: ${path}. The app goes on without it.`)
  }

  return {
    path,
    write(line) {
      try {
        logger.info(line)
      } catch {
        tell()
      }
    },
  }
}

/** main.log becomes main.1.log, and so on; the oldest one goes. */
function rotate(folder: string): void {
  const named = (number: number) => join(folder, number === 0 ? 'main.log' : `main.${number}.log`)
  rmSync(named(KEPT_FILES), { force: true })
  for (let number = KEPT_FILES - 1; number >= 0; number--) {
    try {
      renameSync(named(number), named(number + 1))
    } catch (error) {
      if (number === 0 || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}

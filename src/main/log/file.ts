// The log's file, rotated by size. `write` is synchronous, because the lines just before a crash
// are the ones people look for. A file that cannot be written is reported once and stops nothing.
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs'
import { EOL } from 'node:os'
import { join } from 'node:path'

/** The size at which a new file begins, and how many older files are kept. */
export const MAX_FILE_BYTES = 1024 * 1024
export const KEPT_FILES = 5

const OWNER_ONLY = { folder: 0o700, file: 0o600 }

interface LogFile {
  readonly path: string
  write(line: string): void
}

interface LogFileOptions {
  folder: string
  maxBytes?: number
  /** Called once, with a sentence. */
  onFault: (text: string) => void
}

export function openLogFile({
  folder,
  maxBytes = MAX_FILE_BYTES,
  onFault,
}: LogFileOptions): LogFile {
  const path = join(folder, 'main.log')
  let isReported = false

  attempt(() => {
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY.folder })
    append('')
  })

  // Opens the file by name for each line: this notices a deleted file or folder, and lets Windows
  // delete it.
  function append(text: string): void {
    const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    if (bytes > maxBytes) makeRoom(folder, path)
    appendFileSync(path, text, { mode: OWNER_ONLY.file })
  }

  function attempt(task: () => void): void {
    try {
      task()
    } catch {
      if (isReported) return
      isReported = true
      onFault(`The log cannot be written: ${path}. The app goes on without it.`)
    }
  }

  return { path, write: (line) => attempt(() => append(`${line}${EOL}`)) }
}

function makeRoom(folder: string, path: string): void {
  try {
    rotate(folder)
  } catch {
    // Another program holds one of the files. Losing old lines is better than filling the disk.
    truncateSync(path)
  }
}

/** Renames main.log to main.1.log, main.1.log to main.2.log, and so on; deletes the oldest. */
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

// Reads and writes a small JSON file atomically: it always holds either the old or the new value.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Returns the file's value, unchecked; undefined if the file is missing or damaged. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Throws if the folder cannot be written to. */
export function writeJson(path: string, value: unknown): void {
  const beside = `${path}.new`
  writeFileSync(beside, JSON.stringify(value))
  renameSync(beside, path)
}

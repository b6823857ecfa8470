// A small JSON file that is either the old or the new one, never half of either.
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** The file's value, still to be checked; undefined where it is missing or damaged. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Throws where the folder cannot be written to. */
export function writeJson(path: string, value: unknown): void {
  const beside = `${path}.new`
  writeFileSync(beside, JSON.stringify(value))
  renameSync(beside, path)
}

// The project's folder and the scripts' messages: on standard error, because standard output
// belongs to the app.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

// Written so that a Node too old for the project still gets as far as the message about that.
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The path of a file of an installed package, e.g. `inModules('vitest', 'vitest.mjs')`. */
export const inModules = (...path) => resolve(ROOT, 'node_modules', ...path)

export function say(text) {
  process.stderr.write(`${text}\n`)
}

export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** Ends the script with a sentence for the user. */
export function giveUp(text) {
  say(text)
  process.exit(1)
}

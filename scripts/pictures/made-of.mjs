// The README's pictures and the code of the screen that they show. `docs/images/made-of.json` says of which release and
// of which code they were made.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, readJson } from '../lib/project.mjs'

const SCREEN = 'src/renderer/src'
const MADE_OF = join(ROOT, 'docs/images/made-of.json')

/** The release, and a hash of what the screen is made of: components and styles, without tests. */
export function present() {
  const hash = createHash('sha256')
  for (const path of filesOfTheScreen()) {
    hash.update(`${path}\0`).update(readFileSync(join(ROOT, SCREEN, path)))
  }
  return { release: readJson(join(ROOT, 'package.json')).version, screen: hash.digest('hex') }
}

export function madeOf() {
  return readJson(MADE_OF)
}

export function writeMadeOf() {
  writeFileSync(MADE_OF, `${JSON.stringify(present(), null, 2)}\n`)
}

/** What is wrong with pictures made of `made`; undefined: nothing. They may lag behind the code, but only within a release. */
export function problemOf(made, now) {
  if (made.screen === now.screen || made.release === now.release) return undefined
  return `The pictures show release ${made.release}, and the screen has changed since: npm run pictures -- --readme`
}

function filesOfTheScreen() {
  return readdirSync(join(ROOT, SCREEN), { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(tsx|css)$/.test(path) && !path.includes('.test.'))
    .sort()
}

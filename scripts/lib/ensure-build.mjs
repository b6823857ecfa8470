// Builds out/ if it is missing or older than the sources.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { giveUp, inModules, ROOT, say } from './project.mjs'
import { runQuietly } from './run.mjs'

const BUILT = [
  'out/main/index.cjs',
  'out/main/headless.cjs',
  'out/preload/index.cjs',
  'out/renderer/index.html',
]
const SOURCES = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json']

export async function ensureBuild() {
  if (isBuilt(ROOT)) return
  say('Building…')
  const { code, output } = await build()
  if (code !== 0) giveUp(`${output}\nThe build failed.`)
}

/** Returns the exit code and the build's output. */
export function build() {
  return runQuietly(process.execPath, [inModules('electron-vite/bin/electron-vite.js'), 'build'])
}

export function isBuilt(root) {
  const built = BUILT.map((path) => join(root, path))
  if (!built.every((path) => existsSync(path))) return false
  const oldest = Math.min(...built.map((path) => statSync(path).mtimeMs))
  return SOURCES.every((path) => newest(join(root, path)) < oldest)
}

/** Returns the newest modification time under `path`, ignoring tests and folders. */
function newest(path) {
  if (!existsSync(path)) return 0
  const stats = statSync(path)
  if (!stats.isDirectory()) return /[.]test[.]/.test(path) ? 0 : stats.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

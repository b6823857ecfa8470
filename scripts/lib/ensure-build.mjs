// Builds out/ if it is missing or older than the sources.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { giveUp, inModules, ROOT, say } from './project.mjs'
import { runQuietly } from './run.mjs'

const BUILT = [
  'out/main/index.cjs',
  'out/main/headless.cjs',
  'out/main/roundabout.cjs',
  'out/preload/index.cjs',
  'out/renderer/index.html',
]
const SOURCES = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json']

/** Names the process that builds: of several commands that start at once, one builds and the others wait. */
const LOCK = join(ROOT, 'out/.building')
const LOOK_EVERY_MS = 200

export async function ensureBuild() {
  while (!isBuilt(ROOT)) {
    if (!lock()) {
      await wait(LOOK_EVERY_MS)
      continue
    }
    try {
      if (isBuilt(ROOT)) return
      say('Building…')
      const { code, output } = await build()
      if (code !== 0) giveUp(`${output}\nThe build failed.`)
    } finally {
      rmSync(LOCK, { force: true })
    }
  }
}

/** Returns whether this process may build. */
function lock() {
  mkdirSync(dirname(LOCK), { recursive: true })
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (!isAlive(readLock())) rmSync(LOCK, { force: true })
    return false
  }
}

function readLock() {
  try {
    return Number(readFileSync(LOCK, 'utf8'))
  } catch {
    // It has been removed meanwhile.
    return process.pid
  }
}

function isAlive(pid) {
  try {
    // Signal 0 only asks. A lock without a number is being written at this moment.
    if (pid > 0) process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
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

// Installs what package-lock.json demands, if node_modules is missing or differs from it.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { giveUp, ROOT, readJson, say } from './project.mjs'
import { npmCommand, runQuietly } from './run.mjs'

export async function ensureDependencies() {
  const state = dependencyState(ROOT)
  if (state === 'fresh') return
  const reason = state === 'missing' ? 'nothing is installed yet' : 'node_modules is out of date'
  // `npm ci` fails where `npm install` does not: if the registry lacks a package for another
  // system.
  const actions = lockFits(ROOT) ? ['ci', 'install'] : ['install']
  let output = ''
  for (const action of actions) {
    say(`Installing dependencies with npm ${action} (${reason})…`)
    const npm = npmCommand([action, '--include=dev', '--no-audit', '--no-fund'])
    const result = await runQuietly(npm.command, npm.args, npm.options)
    if (result.code === 0) return
    output = result.output
  }
  giveUp(`${output}\nnpm ${actions.at(-1)} failed. Is the network there?`)
}

/** `fresh` if npm's own record of node_modules agrees with package-lock.json. */
export function dependencyState(root) {
  const recordPath = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(recordPath)) return 'missing'
  if (!lockFits(root)) return 'stale'
  const installed = readJson(recordPath).packages
  const { '': _root, ...wanted } = readJson(join(root, 'package-lock.json')).packages
  const same = Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    const found = installed[path]
    // Optional packages may be for other systems.
    if (found === undefined) return optional === true
    return found.version === version && found.integrity === integrity
  })
  return same ? 'fresh' : 'stale'
}

/** Returns whether package-lock.json was made for this package.json. */
function lockFits(root) {
  const lockPath = join(root, 'package-lock.json')
  if (!existsSync(lockPath)) return false
  const manifest = readJson(join(root, 'package.json'))
  const locked = readJson(lockPath).packages['']
  return ['dependencies', 'devDependencies', 'optionalDependencies'].every(
    (kind) => JSON.stringify(sorted(manifest[kind])) === JSON.stringify(sorted(locked[kind])),
  )
}

const sorted = (versions = {}) => Object.entries(versions).sort()

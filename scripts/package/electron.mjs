// The Electron for the packages: for this machine's own system and architecture the one in
// ELECTRON_OVERRIDE_DIST_PATH, otherwise electron-builder's download of the version in
// package.json.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { executableName } from '../lib/find-electron.mjs'
import { giveUp, ROOT, readJson } from '../lib/project.mjs'

/** Returns `{ version, folder? }`. */
export function electronFor(arch) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!override || arch !== process.arch) return { version: pinnedVersion() }
  for (const file of [executableName(process.platform), 'version']) {
    if (existsSync(join(override, file))) continue
    giveUp(`There is no "${file}" in ELECTRON_OVERRIDE_DIST_PATH (${override}).`)
  }
  const version = readFileSync(join(override, 'version'), 'utf8').trim().replace(/^v/, '')
  return { version, folder: override }
}

function pinnedVersion() {
  return readJson(join(ROOT, 'package.json')).devDependencies.electron
}

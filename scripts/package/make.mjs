// Makes the packages from the built app: the app's folder for each architecture, then every package
// of it. Skips what this machine cannot make, and says so.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runBuilder } from './builder.mjs'
import { gatherApp } from './contents.mjs'
import { electronFor } from './electron.mjs'
import { appFolder, appProgram } from './folders.mjs'
import { checkFuses } from './fuses.mjs'
import { DEBIAN_TOOLS, makeDeb } from './linux/debian.mjs'
import { makeRpm, REDHAT_TOOLS } from './linux/redhat.mjs'
import { makeTarball, TARBALL_TOOLS } from './linux/tarball.mjs'
import { unreachable } from './skips.mjs'

/**
 * Packages made of the app's folder with the system's own programs; electron-builder makes the
 * others.
 */
const OURS = {
  deb: { tools: DEBIAN_TOOLS, make: makeDeb },
  rpm: { tools: REDHAT_TOOLS, make: makeRpm },
  'tar.gz': { tools: TARBALL_TOOLS, make: makeTarball },
}
/** Files of electron-builder for its own updates and debugging. */
const NOTES = /[.]blockmap$|builder-[\w-]+[.]ya?ml$|latest[\w-]*[.]yml$|^[.]icon-/

/** Returns the packages' paths and the apps' folders; reports what was left out to `skips`. */
export async function makeAll({ targets, arches, output, fast, named, skips }) {
  const app = mkdtempSync(join(tmpdir(), 'roundabout-app-'))
  const made = { files: [], folders: [] }
  try {
    mkdirSync(output, { recursive: true })
    gatherApp(app)
    for (const arch of arches) {
      const job = { app, arch, output, fast, electron: electronFor(arch) }
      const folder = await makeFolder(job, named, skips)
      if (folder === undefined) continue
      made.folders.push(folder)
      for (const target of targets) {
        made.files.push(...(await makePackage(target, { ...job, folder }, named, skips)))
      }
    }
  } finally {
    rmSync(app, { recursive: true, force: true })
    dropBuildersNotes(output)
  }
  return made
}

/** Undefined if the architecture has no Electron. */
async function makeFolder(job, named, skips) {
  const { arch, electron, output } = job
  try {
    await runBuilder({ ...job, targets: 'dir' })
    const folder = appFolder(arch, { dist: output })
    await checkFuses(process.platform === 'darwin' ? folder : appProgram(folder), electron.version)
    return folder
  } catch (error) {
    const reason = unreachable(error)
    if (reason === undefined) throw error
    const advice = 'run this where it can, or name an unpacked one in ELECTRON_OVERRIDE_DIST_PATH'
    const problem = `Electron ${electron.version} for it cannot be fetched (${reason}); ${advice}`
    skips.add(`everything for ${arch}`, problem, named.arches)
    return undefined
  }
}

async function makePackage(target, job, named, skips) {
  const leaveOut = (reason) => {
    skips.add(`${target} for ${job.arch}`, reason, named.targets)
    return []
  }
  const ours = OURS[target]
  if (ours) {
    const missing = ours.tools.filter((tool) => !isThere(tool))
    if (missing.length > 0) return leaveOut(`${missing.join(' and ')} is missing: install it`)
    return ours.make(job)
  }
  try {
    const files = await runBuilder({ ...job, targets: target, prepackaged: job.folder })
    return files.filter((file) => !NOTES.test(file))
  } catch (error) {
    const reason = unreachable(error)
    if (reason === undefined) throw error
    return leaveOut(`electron-builder cannot fetch its tools (${reason}); run this where it can`)
  }
}

function isThere(tool) {
  return spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined
}

function dropBuildersNotes(output) {
  for (const name of readdirSync(output).filter((file) => NOTES.test(file))) {
    rmSync(join(output, name), { recursive: true, force: true })
  }
}

// The parts of a packaged app by size, largest first.
import { lstatSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { listPackage, statFile } from '@electron/asar'

/**
 * In this order: a file belongs to the first part whose pattern matches its path within the app's
 * folder.
 */
const PARTS = [
  ['licences', /(^|\/)(LICENSE[^/]*|licenses\/.*)$/],
  ['locales', /(^|\/)locales\/|[.]lproj\//],
  ['icons', /[.](png|icns|ico)$/],
  ['app: main', /app[.]asar\/out\/main\//],
  ['app: preload', /app[.]asar\/out\/preload\//],
  ['app: screen', /app[.]asar\/out\/renderer\//],
  ['lessons', /app[.]asar\/resources\/lesson/],
  ['app: other', /app[.]asar\//],
  ['libraries', /[.](so([.]\d+)*|dll|dylib)$|[.]framework\/.*\/Libraries\//],
  ["Chromium's data", /[.](pak|bin|dat|json)$/],
  ['helper programs', /(^|\/)(chrome[-_][^/]*|[^/]* Helper[^/]*)$/],
  ['Electron', /(^|\/)(roundabout|Roundabout|Roundabout[.]exe|Electron Framework)$/],
]

/** Returns `{ name, bytes }[]`. `folder`: the result of `appFolder(arch)`. */
export function listParts(folder) {
  const sizes = new Map()
  for (const { path, bytes } of filesOf(folder)) {
    const name = PARTS.find(([, pattern]) => pattern.test(path))?.[0] ?? 'other'
    sizes.set(name, (sizes.get(name) ?? 0) + bytes)
  }
  return [...sizes]
    .map(([name, bytes]) => ({ name, bytes }))
    .sort((one, other) => other.bytes - one.bytes)
}

/** Every file with its size, those of the archive under its name; links count as nothing. */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name)
      const path = relative(folder, file).split(sep).join('/')
      const bytes = lstatSync(file).size
      return entry.name === 'app.asar' ? archived(file, path, bytes) : [{ path, bytes }]
    })
}

/** The archive's own table of contents is part of it. */
function archived(archive, path, bytes) {
  const files = listPackage(archive)
    .map((name) => name.split('\\').join('/').replace(/^\//, ''))
    .map((name) => ({ path: `${path}/${name}`, bytes: statFile(archive, name).size }))
    .filter((file) => file.bytes !== undefined)
  const contents = files.reduce((total, file) => total + file.bytes, 0)
  return [...files, { path: `${path}/`, bytes: bytes - contents }]
}

export function formatParts(parts) {
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0)
  return [...parts, { name: 'together', bytes: total }].map(
    ({ name, bytes }) => `  ${formatBytes(bytes).padStart(9)}  ${name}`,
  )
}

/** In units of 1,000 bytes, like shops and disks. */
export function formatBytes(bytes) {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

// Lists the packages in the app's bundles, as reported by the bundler in a build that writes
// nothing. Vite's own licence option ignores the bundles of workers, so packages used only there
// would be missing.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { resolveConfig } from 'electron-vite'
import { build } from 'vite'
import { readJson } from '../lib/project.mjs'
import { MISSING_TEXTS } from './list.mjs'

const PARTS = ['main', 'preload', 'renderer']
const LICENSE_FILE = /^(licen[cs]e|copying)/i

/**
 * `packages`: `{ name, version, identifier, text }` of the bundled packages, sorted. `imports`:
 * modules that the bundles still load at run time, which must be Node's and Electron's own.
 */
export async function listBundled() {
  const { config } = await resolveConfig({ logLevel: 'error' }, 'build', 'production')
  const folders = new Set()
  const imports = new Set()
  const collect = { name: 'collect-packages', generateBundle: (_, bundle) => look(bundle) }
  function look(bundle) {
    for (const output of Object.values(bundle)) {
      const files = output.type === 'chunk' ? output.moduleIds : output.originalFileNames
      for (const folder of files.flatMap(packageFolder)) folders.add(folder)
      if (output.type === 'asset') continue
      for (const name of [...output.imports, ...output.dynamicImports]) {
        if (!(name in bundle)) imports.add(name)
      }
    }
  }
  for (const part of PARTS) {
    const options = config[part]
    await build({
      ...options,
      configFile: false,
      plugins: [...(options.plugins ?? []), collect],
      worker: {
        ...options.worker,
        plugins: () => [...(options.worker?.plugins?.() ?? []), collect],
      },
      build: { ...options.build, write: false },
    })
  }
  const packages = [...folders].map(describe).sort(byNameAndVersion)
  return {
    // The same package may be installed in several places.
    packages: packages.filter((entry, at) => byNameAndVersion(entry, packages[at - 1] ?? {}) !== 0),
    imports: [...imports].sort(),
  }
}

function byNameAndVersion(one, other) {
  const key = ({ name = '', version = '' }) => `${name} ${version}`
  return key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0
}

/** Undefined for our own files and for the bundler's virtual modules. */
function packageFolder(file) {
  const match = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/'))
  return match ? [match[1]] : []
}

function describe(folder) {
  const { name, version, license } = readJson(join(folder, 'package.json'))
  const file = readdirSync(folder).find((entry) => LICENSE_FILE.test(entry))
  const text = file ? readFileSync(join(folder, file), 'utf8') : MISSING_TEXTS[name]
  return { name, version, identifier: license, text: text?.replaceAll('\r\n', '\n').trim() }
}

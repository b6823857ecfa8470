// What package-lock.json lets in: no foreign script runs at installation, everything has a hash and
// comes from the public registry, and it can be installed on the three systems.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, readJson } from './lib/project.mjs'

const manifest = readJson(join(ROOT, 'package.json'))
const lock = readJson(join(ROOT, 'package-lock.json'))

/** Every package with an installation script, and why it is not run. */
const REFUSED_SCRIPTS = {
  '@swc/core': 'would fetch a slower fallback where its binary, a package of its own, is missing',
  electron:
    'of the oldest Electron that the app runs in, of which only the type definitions are used: would fetch its binary',
  'electron-winstaller':
    'picks a 7-Zip for Squirrel installers, of which none are made; it comes with electron-builder',
  'es5-ext': 'prints a message; it comes with Electronegativity',
}

const nameOf = ([path, { name }]) => name ?? path.replace(/^.*node_modules\//, '')

const REGISTRY = 'https://registry.npmjs.org/'
const SYSTEMS = ['linux', 'darwin', 'win32']

/** Each finding as `rule: package`. */
function review({ packages }) {
  return Object.entries(packages).flatMap(([path, entry]) => {
    if (path === '') return []
    const name = nameOf([path, entry])
    const findings = {
      'has an install script': entry.hasInstallScript && !(name in REFUSED_SCRIPTS),
      'has no hash': !entry.integrity,
      'has a weak hash': entry.integrity && !entry.integrity.startsWith('sha512-'),
      'is not from the registry': entry.resolved && !entry.resolved.startsWith(REGISTRY),
      // npm refuses to install anything if such a package is not optional.
      'cannot be installed everywhere':
        entry.os && !entry.optional && !SYSTEMS.every((system) => entry.os.includes(system)),
    }
    return Object.entries(findings).flatMap(([rule, broken]) =>
      broken ? [`${rule}: ${name}`] : [],
    )
  })
}

describe('package-lock.json', () => {
  it('lets in nothing that has not been looked at', () => {
    expect(review(lock)).toEqual([])
  })

  it.each([
    ['has an install script', { hasInstallScript: true }],
    ['has no hash', { integrity: undefined }],
    ['has a weak hash', { integrity: 'sha1-AAAA' }],
    ['is not from the registry', { resolved: 'git+ssh://git@example.org/stranger.git' }],
    [
      'is not from the registry',
      { resolved: 'https://registry.npmjs.org.example.org/stranger.tgz' },
    ],
    ['cannot be installed everywhere', { os: ['darwin', 'linux'] }],
  ])('would be blamed for a package that %s', (rule, flaw) => {
    const entry = { version: '1.0.0', integrity: 'sha512-AAAA', ...flaw }
    const found = review({ packages: { 'node_modules/stranger': entry } })
    expect(found).toEqual([`${rule}: stranger`])
  })
})

describe('package.json', () => {
  it('refuses exactly the install scripts that there are', () => {
    const scripted = Object.entries(lock.packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(nameOf)
    expect(scripted.sort()).toEqual(Object.keys(REFUSED_SCRIPTS))
    const refused = Object.fromEntries(scripted.map((name) => [name, false]))
    expect(manifest.allowScripts).toEqual(refused)
  })

  it('lets npm run none of them, also an npm that does not know that list', () => {
    const settings = readFileSync(join(ROOT, '.npmrc'), 'utf8').split('\n')
    expect(settings).toContain('ignore-scripts=true')
  })

  it('names versions of the registry only', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest
    const ranges = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    const others = ranges.filter(
      ([, range]) => !/^(npm:@?[\w/-]+@)?[\^~]?\d+\.\d+\.\d+$/.test(range),
    )
    expect(others).toEqual([])
  })
})

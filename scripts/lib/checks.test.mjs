// What the scripts conclude from a folder's state: stale dependencies, an old build, a fetched
// Electron.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isBuilt } from './ensure-build.mjs'
import { dependencyState } from './ensure-dependencies.mjs'
import { ownElectron } from './find-electron.mjs'
import { isAtLeast } from './node-version.mjs'
import { hasDisplay } from './virtual-display.mjs'

let root
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'roundabout-scripts-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(path, content, changedAt) {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  if (changedAt !== undefined) utimesSync(file, changedAt, changedAt)
}

describe('dependencyState', () => {
  const ws = { version: '8.0.0', integrity: 'sha512-ws' }
  const forAnotherSystem = { version: '1.0.0', integrity: 'sha512-x', optional: true }
  beforeEach(() => {
    const dependencies = { ws: '^8.0.0' }
    write('package.json', { dependencies })
    write('package-lock.json', {
      packages: {
        '': { dependencies },
        'node_modules/ws': ws,
        'node_modules/x': forAnotherSystem,
      },
    })
  })
  const installed = (packages) => write('node_modules/.package-lock.json', { packages })

  it('is missing before the first install', () => expect(dependencyState(root)).toBe('missing'))

  it('is fresh when what is installed is what is locked', () => {
    installed({ 'node_modules/ws': ws })
    expect(dependencyState(root)).toBe('fresh')
  })

  it.each([
    ['another version', { 'node_modules/ws': { ...ws, version: '7.0.0' } }],
    ['another content', { 'node_modules/ws': { ...ws, integrity: 'sha512-else' } }],
    ['a package missing', {}],
  ])('is stale with %s', (_, packages) => {
    installed(packages)
    expect(dependencyState(root)).toBe('stale')
  })

  it('is stale when package.json asks for something that is not locked', () => {
    installed({ 'node_modules/ws': ws })
    write('package.json', { dependencies: { ws: '^8.0.0', sirv: '^3.0.0' } })
    expect(dependencyState(root)).toBe('stale')
  })
})

describe('isBuilt', () => {
  const build = (changedAt) => {
    for (const path of [
      'main/index.cjs',
      'main/headless.cjs',
      'main/roundabout.cjs',
      'preload/index.cjs',
    ])
      write(`out/${path}`, '', changedAt)
    write('out/renderer/index.html', '', changedAt)
  }

  it('is so when every part is newer than every source', () => {
    write('src/main/index.ts', '', 100)
    write('src/main/index.test.ts', '', 300)
    build(200)
    expect(isBuilt(root)).toBe(true)
  })

  it('is not so after a source has changed, or with a part missing', () => {
    build(200)
    expect(isBuilt(root)).toBe(true)
    write('src/main/deep/down.ts', '', 300)
    expect(isBuilt(root)).toBe(false)
    build(400)
    rmSync(join(root, 'out/preload'), { recursive: true })
    expect(isBuilt(root)).toBe(false)
  })
})

describe('ownElectron', () => {
  it('is there only when it was fetched whole', () => {
    expect(ownElectron(root)).toBeUndefined()
    write('path.txt', 'electron')
    expect(ownElectron(root)).toBeUndefined()
    write('dist/electron', '')
    expect(ownElectron(root)).toBe(join(root, 'dist', 'electron'))
  })
})

describe('isAtLeast', () => {
  it.each([
    ['20.19.0', '20.19', true],
    ['20.18.9', '20.19', false],
    ['22.1.0', '20.19', true],
    ['9.99.0', '20.19', false],
  ])('%s against %s is %s', (version, wanted, expected) => {
    expect(isAtLeast(version, wanted)).toBe(expected)
  })
})

describe('hasDisplay', () => {
  it('asks the environment on Linux only', () => {
    expect(hasDisplay('linux', {})).toBe(false)
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true)
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
    expect(hasDisplay('darwin', {})).toBe(true)
  })
})

// Which Python the programs of the tests run in, and what they do not read.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pathToPython, testEnvironment } from './test-environment.mjs'

let root
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'roundabout-python-'))
})
afterEach(() => rmSync(root, { recursive: true }))

function folder(name) {
  const path = join(root, name)
  mkdirSync(path)
  return path
}

function program(folder) {
  const path = join(folder, 'python3')
  writeFileSync(path, '', { mode: 0o755 })
  return path
}

const joined = (...folders) => folders.join(delimiter)

it('has no certificates that every program in Node would read at its start', () => {
  const environment = testEnvironment({ NODE_EXTRA_CA_CERTS: 'all.crt', HOME: root })
  expect(environment).toEqual({ HOME: root })
})

describe.skipIf(process.platform === 'win32')('the path', () => {
  it('leads to Python, in the place of a script that looks for it', () => {
    const [none, shims, own, system] = ['none', 'shims', 'own', 'system'].map(folder)
    program(shims)
    program(system)
    const python = program(own)
    expect(pathToPython(joined(none, shims, system), python)).toBe(joined(none, own, system))
  })

  it('stays as it is where Python is found first, also by a link, or nowhere', () => {
    const [own, links] = ['own', 'links'].map(folder)
    const python = program(own)
    symlinkSync(python, join(links, 'python3'))
    for (const path of [joined(own, links), joined(links, own)]) {
      expect(pathToPython(path, python)).toBe(path)
    }
    expect(pathToPython(root, undefined)).toBe(root)
  })
})

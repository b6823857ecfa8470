// The shipped list of licences matches the bundles, is complete, and every licence is acceptable.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT, readJson } from '../lib/project.mjs'
import { findProblems, MISSING_TEXTS, toMarkdown } from './list.mjs'

let bundled

// Bundles the whole app in memory, as the build does. In another process, because the test runner's
// environment would make a different build.
beforeAll(() => {
  const script = join(ROOT, 'scripts/licenses.mjs')
  const env = { ...process.env, NODE_ENV: 'production' }
  const output = execFileSync(process.execPath, [script, '--list'], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  bundled = JSON.parse(output)
}, 120_000)

describe('what is bundled', () => {
  it('is what the shipped list says (npm run licenses writes it anew)', () => {
    const list = readFileSync(join(ROOT, 'resources/licenses/third-party.md'), 'utf8')
    expect(list.replaceAll('\r\n', '\n')).toBe(toMarkdown(bundled.packages))
  })

  it('has a licence that may be shipped, with its text', () => {
    expect(findProblems(bundled.packages)).toEqual([])
  })

  it('needs nothing at run time but Node and Electron, so that no node_modules is shipped', () => {
    const others = bundled.imports.filter((name) => name !== 'electron' && !isBuiltin(name))
    expect(bundled.imports).toContain('electron')
    expect(others).toEqual([])
  })

  it('is every dependency in package.json: another would be one of development, or of no use', () => {
    const { dependencies } = readJson(join(ROOT, 'package.json'))
    const names = new Set(bundled.packages.map(({ name }) => name))
    const installed = Object.keys(dependencies).map(
      (key) => readJson(join(ROOT, 'node_modules', key, 'package.json')).name,
    )
    // Only re-exports packages of its scope, and is itself optimised away.
    const unused = installed.filter((name) => name !== 'radix-ui' && !names.has(name))
    expect(unused).toEqual([])
  })

  it('comes with its own text wherever this project does not supply one', () => {
    const supplied = new Set(Object.values(MISSING_TEXTS).map((text) => text.trim()))
    const names = bundled.packages.filter(({ text }) => supplied.has(text)).map(({ name }) => name)
    expect(names).toEqual(Object.keys(MISSING_TEXTS))
  })
})

describe('the check', () => {
  const fine = { name: 'a', version: '1.0.0', identifier: 'MIT', text: 'Do as you like.' }

  it('lets a usual licence pass', () => {
    expect(findProblems([fine])).toEqual([])
  })

  it.each(['GPL-3.0-only', 'SEE LICENSE IN LICENSE', undefined])('objects to %s', (identifier) => {
    expect(findProblems([{ ...fine, identifier }])).toHaveLength(1)
  })

  it('objects to a missing text', () => {
    expect(findProblems([{ ...fine, text: undefined }])).toEqual([
      'a 1.0.0 comes without the text of its licence.',
    ])
  })

  it('writes a shared text once', () => {
    const list = toMarkdown([fine, { ...fine, name: 'b' }])
    expect(list.split(fine.text)).toHaveLength(2)
    expect(list).toContain('- b 1.0.0: MIT')
  })
})

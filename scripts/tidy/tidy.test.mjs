// House rules that a person forgets: short files, exports that are imported, one name for one thing, plain comments.
import { describe, expect, it } from 'vitest'
import { commentsIn, countBanned } from './comments.mjs'
import { ALIKE, LONG_FILES, USED_OTHERWISE } from './exceptions.mjs'
import { namesAlike, readModules, unusedExports } from './exports.mjs'
import { readSources } from './sources.mjs'

const MOST_LINES = 300

const sources = readSources()
const modules = readModules(sources)
const nameIn = (entry) => entry.slice(0, entry.indexOf(':'))

describe('the sources', () => {
  it(`have at most ${MOST_LINES} lines each, but for those that are listed with their length`, () => {
    const long = sources
      .map(({ file, text }) => [file, text.split('\n').length - 1])
      .filter(([, lines]) => lines > MOST_LINES)
    expect(Object.fromEntries(long)).toEqual(LONG_FILES)
  })

  it('export only what another file imports', () => {
    const unused = unusedExports(modules)
    expect(unused.toSorted()).toEqual(Object.keys(USED_OTHERWISE).toSorted())
  })

  it('give a name to one thing, across folders', () => {
    const app = modules.filter(({ file, isTest }) => file.startsWith('src/') && !isTest)
    const alike = namesAlike(app)
    expect(alike.filter((entry) => !(nameIn(entry) in ALIKE))).toEqual([])
    const names = alike.map(nameIn)
    expect(Object.keys(ALIKE).filter((name) => !names.includes(name))).toEqual([])
  })

  it('are commented in plain words', () => {
    expect(countBanned(sources)).toEqual({})
  })
})

describe('the rules', () => {
  const read = (files) =>
    readModules(Object.entries(files).map(([file, text]) => ({ file, text, isTest: false })))

  it('see an export that nobody imports', () => {
    const files = {
      'src/a.ts': 'export const one = 1\nexport interface Two {}\nexport function three() {}',
      'src/b.ts': "import { one } from './a'\nimport type { Two } from './a'",
    }
    expect(unusedExports(read(files))).toEqual(['src/a.ts: three'])
  })

  it.each([
    ["import * as a from './a'"],
    ["export * from './a'"],
    ["export { one } from './a'"],
    ["const a = await import('./a')"],
    ["let a: import('./a').One"],
    ["import { one as another } from './a'"],
    ["import { one } from './a?raw'"],
  ])('see an import by %s', (text) => {
    expect(unusedExports(read({ 'src/a.ts': 'export const one = 1', 'src/b.ts': text }))).toEqual(
      [],
    )
  })

  it('see every name of a declaration that takes a value apart', () => {
    const files = {
      'src/a.ts': 'export const { a, b: [c, [g] = []], d = 1, ...h } = value\nexport { e as f }',
    }
    expect(unusedExports(read(files))).toEqual([
      'src/a.ts: a',
      'src/a.ts: c',
      'src/a.ts: g',
      'src/a.ts: d',
      'src/a.ts: h',
      'src/a.ts: f',
    ])
  })

  it('see a name in two folders, and none that is passed on', () => {
    const files = {
      'src/a/one.ts': 'export type Place = string',
      'src/b/two.tsx': 'export function Place() {}',
      'src/b/index.ts': "export { Place } from './two'",
      'src/c/three.ts': "import { Place } from '../a/one'\nexport type { Place }",
    }
    expect(namesAlike(read(files))).toEqual(['Place: src/a/one.ts, src/b/two.tsx'])
  })

  it('see a phrase across the lines of a comment, and none in code', () => {
    const text = "/**\n * It is\n * told.\n */\nconst a = 'it goes on'\n// It goes\n// on."
    expect(countBanned([{ text }])).toEqual({ 'is told': 1, 'goes on': 1 })
    expect(commentsIn('// one\n// two\ncode')).toEqual(['// one two'])
  })
})

// House rules that a person forgets: short files, exports that are imported, one name for one thing, plain comments.
import { describe, expect, it } from 'vitest'
import { commentsIn, countBanned } from './comments.mjs'
import {
  ALIKE,
  LONG_FILES,
  MOST_NAMES_ALIKE,
  MOST_UNUSED_EXPORTS,
  PHRASES,
  USED_OTHERWISE,
} from './exceptions.mjs'
import { namesAlike, readModules, unusedExports } from './exports.mjs'
import { readSources } from './sources.mjs'

const MOST_LINES = 300

const sources = readSources()
const modules = readModules(sources)
const nameIn = (entry) => entry.slice(0, entry.indexOf(':'))

describe('the sources', () => {
  it(`have at most ${MOST_LINES} lines each, but for those that are listed`, () => {
    const tooLong = sources
      .map(({ file, text }) => [file, text.split('\n').length - 1])
      .filter(([file, lines]) => lines > (LONG_FILES[file] ?? MOST_LINES))
    expect(Object.fromEntries(tooLong)).toEqual({})
  })

  it('are not listed as long where they are short, or gone', () => {
    const lines = new Map(sources.map(({ file, text }) => [file, text.split('\n').length - 1]))
    const short = Object.keys(LONG_FILES).filter((file) => (lines.get(file) ?? 0) <= MOST_LINES)
    expect(short).toEqual([])
  })

  it('export only what another file imports', () => {
    const unused = unusedExports(modules).filter((entry) => !(entry in USED_OTHERWISE))
    expect(unused.length, unused.join('\n')).toBeLessThanOrEqual(MOST_UNUSED_EXPORTS)
  })

  it('give a name to one thing, across folders', () => {
    const app = modules.filter(({ file, isTest }) => file.startsWith('src/') && !isTest)
    const alike = namesAlike(app)
    const unexplained = alike.filter((entry) => !(nameIn(entry) in ALIKE))
    expect(unexplained.length, unexplained.join('\n')).toBeLessThanOrEqual(MOST_NAMES_ALIKE)
    const outdated = Object.keys(ALIKE).filter(
      (name) => !alike.some((entry) => nameIn(entry) === name),
    )
    expect(outdated).toEqual([])
  })

  it('are commented in plain words', () => {
    const left = Object.entries(countBanned(sources)).filter(
      ([phrase, count]) => count > (PHRASES[phrase] ?? 0),
    )
    expect(Object.fromEntries(left)).toEqual({})
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
    const text = "/**\n * It is\n * told.\n */\nconst a = 'it goes on' // goes on"
    expect(countBanned([{ text }])).toEqual({ 'is told': 1, 'goes on': 1 })
    expect(commentsIn('// one\n// two\ncode')).toEqual(['// one two'])
  })
})

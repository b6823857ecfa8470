// docs/security.md is right about Electron's checklist: all items in order, and every file and test
// that it names.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './lib/project.mjs'

const ITEMS = 20

const read = (path) => readFileSync(join(ROOT, path), 'utf8')

const rows = read('docs/security.md')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
  .filter(([, item]) => /^\d+\./.test(item ?? ''))
  .map(([, item, where, file, name]) => ({ item, where, file, name }))

describe('the checklist', () => {
  it('has all items, in order', () => {
    expect(rows.map(({ item }) => Number.parseInt(item, 10))).toEqual(
      Array.from({ length: ITEMS }, (_, place) => place + 1),
    )
  })

  it.each(rows)('$item', ({ where, file, name }) => {
    expect(read(where)).not.toBe('')
    expect(titlesIn(read(file))).toContain(name)
  })
})

it('the Electron that is shipped is pinned', () => {
  const { devDependencies } = JSON.parse(read('package.json'))
  expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/)
})

/** The titles of the tests in a file, as they are written there. */
function titlesIn(text) {
  return [...text.matchAll(/\b(?:it|test)\(\s*(['"`])(.*?)\1,/gs)].map(([, , title]) => title)
}

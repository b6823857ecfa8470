// Links in the documents lead to existing files.
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('says where to add something in files and folders that exist', () => {
  const text = readFileSync('README.md', 'utf8').split('### To add something')[1] ?? ''
  const named = [...text.matchAll(/`(src\/[\w./-]+)`/g)].map(([, path = '']) => path)
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((path) => !existsSync(path))).toEqual([])
})

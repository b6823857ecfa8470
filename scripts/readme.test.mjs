// What the documents point to is there.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './lib/project.mjs'

it.each([
  'README.md',
  'examples/README.md',
  'docs/decisions.md',
  'docs/measurements.md',
  'docs/security.md',
])('%s links to files that exist', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8')
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link)
  const missing = links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))
  expect(missing).toEqual([])
})

it('README.md names only commands that there are', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const named = readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/npm run ([a-z]+)/g)
  expect([...named].map(([, name]) => name).filter((name) => !(name in scripts))).toEqual([])
})

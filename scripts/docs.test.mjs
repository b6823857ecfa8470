// The documents point only to files and commands that exist.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './lib/project.mjs'

const DOCUMENTS = [
  'README.md',
  'examples/README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

it.each(DOCUMENTS)('%s links to files that exist', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8')
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link)
  const missing = links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))
  expect(missing).toEqual([])
})

it.each(DOCUMENTS)('%s names only files and folders that exist', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8')
  const paths = text.matchAll(/`((?:src|tests|scripts|docs|examples|resources)\/[\w./-]*)`/g)
  const missing = [...paths].map(([, path]) => path).filter((path) => !existsSync(join(ROOT, path)))
  expect(missing).toEqual([])
})

it('a message’s way is told in under 60 lines', () => {
  const text = readFileSync(join(ROOT, 'docs/a-messages-way.md'), 'utf8')
  expect(text.split('\n').length).toBeLessThan(60)
})

it.each(['src/shared', 'src/main', 'src/main/engine', 'src/renderer/src'])(
  'the map in README.md names every folder of %s',
  (parent) => {
    const text = readFileSync(join(ROOT, 'README.md'), 'utf8')
    const [, map] = text.split('## A map of the source')[1].split('```')
    const named = new Set(map.match(/[\w-]+(?=\/)/g))
    const folders = readdirSync(join(ROOT, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
    expect(folders.filter((name) => !named.has(name))).toEqual([])
  },
)

it('README.md names only commands that there are', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const named = readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/npm run ([a-z]+)/g)
  expect([...named].map(([, name]) => name).filter((name) => !(name in scripts))).toEqual([])
})

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readJson, writeJson } from './json-file'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roundabout-json-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('reads what it wrote, over an older one, and leaves nothing beside it', () => {
  const path = join(folder, 'window.json')
  writeJson(path, { width: 1 })
  writeJson(path, { width: 2 })
  expect(readJson(path)).toEqual({ width: 2 })
  expect(readdirSync(folder)).toEqual(['window.json'])
})

it('reads a missing or damaged file as nothing', () => {
  expect(readJson(join(folder, 'missing.json'))).toBeUndefined()
  const path = join(folder, 'damaged.json')
  writeFileSync(path, '{"width":')
  expect(readJson(path)).toBeUndefined()
})

// Scenario files of each version open for ever, with the same content as when they were saved.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkScenario } from './scenario-file'

const GOLDEN = join(import.meta.dirname, '../../tests/golden')
const ENDING = '.roundabout-scenario'

/** The version is the number in the folder's name. */
const folders = readdirSync(GOLDEN).filter((name) => name.startsWith('scenario-'))

it('has files of every version', () => {
  expect(folders.sort()).toEqual([
    'scenario-1',
    'scenario-2',
    'scenario-3',
    'scenario-4',
    'scenario-5',
  ])
})

describe.each(folders)('a scenario file in %s', (folder) => {
  const read = JSON.parse(readFileSync(join(GOLDEN, folder, 'read.json'), 'utf8'))
  const files = readdirSync(join(GOLDEN, folder)).filter((name) => name.endsWith(ENDING))

  it('is one of those that were kept', () => {
    expect(files).toEqual(Object.keys(read).sort())
  })

  it.each(files)('%s is read as it was', (name) => {
    const text = readFileSync(join(GOLDEN, folder, name), 'utf8')
    expect(checkScenario(JSON.parse(text), name.slice(0, -ENDING.length))).toEqual({
      ok: true,
      scenario: read[name],
    })
  })
})

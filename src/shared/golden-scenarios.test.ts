// Scenario files of earlier versions still open, with the same content as when they were saved.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkScenario } from './scenario-file'

const GOLDEN = join(import.meta.dirname, '../../tests/golden/scenario-1')
const ENDING = '.roundabout-scenario'

const read = JSON.parse(readFileSync(join(GOLDEN, 'read.json'), 'utf8'))
const files = readdirSync(GOLDEN).filter((name) => name.endsWith(ENDING))

describe('a scenario file of an earlier version', () => {
  it('is one of those that were kept', () => {
    expect(files).toEqual(Object.keys(read).sort())
  })

  it.each(files)('%s is read as it was', (name) => {
    const text = readFileSync(join(GOLDEN, name), 'utf8')
    expect(checkScenario(JSON.parse(text), name.slice(0, -ENDING.length))).toEqual({
      ok: true,
      scenario: read[name],
    })
  })
})

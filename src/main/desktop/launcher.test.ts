import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reportShown } from './launcher'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roundabout-launcher-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('reportShown', () => {
  it('creates the file that the launcher waits for, once and again', () => {
    const env = { ROUNDABOUT_SHOWN_FILE: join(folder, 'shown') }
    reportShown(env)
    reportShown(env)
    expect(existsSync(env.ROUNDABOUT_SHOWN_FILE)).toBe(true)
  })

  it('leaves a file alone that exists', () => {
    const file = join(folder, 'precious')
    writeFileSync(file, 'kept')
    reportShown({ ROUNDABOUT_SHOWN_FILE: file })
    expect(readFileSync(file, 'utf8')).toBe('kept')
  })

  it('is silent where nobody waits, and where the launcher is gone', () => {
    expect(() => reportShown({})).not.toThrow()
    expect(() =>
      reportShown({ ROUNDABOUT_SHOWN_FILE: join(folder, 'gone', 'shown') }),
    ).not.toThrow()
  })
})

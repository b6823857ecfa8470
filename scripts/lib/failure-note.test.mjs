import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { failedLately, rememberFailure } from './failure-note.mjs'

const NOW = 1_700_000_000_000
const HOUR_MS = 60 * 60_000

let folder
let note
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roundabout-note-'))
  note = join(folder, 'cache', 'failed.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

it('is believed for a day', () => {
  expect(failedLately(note, NOW)).toBe(false)
  rememberFailure(note, NOW)
  expect(failedLately(note, NOW)).toBe(true)
  expect(failedLately(note, NOW + 23 * HOUR_MS)).toBe(true)
  expect(failedLately(note, NOW + 25 * HOUR_MS)).toBe(false)
  expect(failedLately(note, NOW - HOUR_MS)).toBe(false)
})

it('is no note when it is damaged', () => {
  rememberFailure(note, NOW)
  writeFileSync(note, '{"failedAt":')
  expect(failedLately(note, NOW)).toBe(false)
})

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
  expect(failedLately(note, { now: NOW })).toBe(false)
  rememberFailure(note, { now: NOW })
  expect(failedLately(note, { now: NOW })).toBe(true)
  expect(failedLately(note, { now: NOW + 23 * HOUR_MS })).toBe(true)
  expect(failedLately(note, { now: NOW + 25 * HOUR_MS })).toBe(false)
  expect(failedLately(note, { now: NOW - HOUR_MS })).toBe(false)
})

it('counts for what it is about', () => {
  rememberFailure(note, { about: 'Electron 45', now: NOW })
  expect(failedLately(note, { about: 'Electron 45', now: NOW })).toBe(true)
  expect(failedLately(note, { about: 'Electron 46', now: NOW })).toBe(false)
  expect(failedLately(note, { now: NOW })).toBe(false)
})

it('is no note when it is damaged', () => {
  rememberFailure(note, { now: NOW })
  writeFileSync(note, '{"failedAt":')
  expect(failedLately(note, { now: NOW })).toBe(false)
})

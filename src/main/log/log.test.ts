// The log on a real disk.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { KEPT_FILES } from './file'
import { createLog } from './log'

let folder: string
let said: string[]

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'roundabout-log-')), 'deep', 'logs')
  said = []
})

afterEach(() => rmSync(join(folder, '../..'), { recursive: true, force: true }))

const open = (maxFileBytes?: number) =>
  createLog({
    folder,
    console: (text) => said.push(text),
    ...(maxFileBytes === undefined ? {} : { maxFileBytes }),
  })
const read = (name = 'main.log') => readFileSync(join(folder, name), 'utf8')
const textsOf = (file: string) => file.split(/\r?\n/).map((line) => line.slice(25))

describe('the log', () => {
  it('has a line for each entry, and warnings and errors at the terminal too', () => {
    const log = open()
    log.info('Started.')
    log.warn('Refused:\n2026-01-01T00:00:00.000Z info    All is well.')
    log.error('Failed.')
    log.content('hello')
    log.end('Ended.')
    expect(log.path).toBe(join(folder, 'main.log'))
    expect(textsOf(read())).toEqual([
      'info    Started.',
      'warn    Refused:\\n2026-01-01T00:00:00.000Z info    All is well.',
      'error   Failed.',
      'content hello',
      'info    Ended.',
      '',
    ])
    expect(said).toEqual(['Refused:\\n2026-01-01T00:00:00.000Z info    All is well.', 'Failed.'])
  })

  it('is written at once', () => {
    open().info('Before the crash.')
    expect(read()).toContain('Before the crash.')
  })

  it('leaves words and signs as they are', () => {
    open().info('100 %s %d %c {level} C:\\new')
    expect(textsOf(read())[0]).toBe('info    100 %s %d %c {level} C:\\new')
  })

  it('goes on where the last run has ended', () => {
    const first = open()
    first.end('First.')
    open().info('Second.')
    expect(textsOf(read())).toEqual(['info    First.', 'info    Second.', ''])
  })

  it('tells at its end what it has only counted, and has nothing after it', () => {
    const log = open()
    for (let i = 0; i < 3; i++) log.warn('Refused.')
    log.end('Ended.')
    log.warn('Too late.')
    expect(textsOf(read())).toEqual([
      'warn    Refused.',
      'warn    … and 2 more like it.',
      'info    Ended.',
      '',
    ])
  })

  it('begins a new file in time, and keeps the last five', () => {
    const maxFileBytes = 1_000
    const entries = 90
    const log = open(maxFileBytes)
    for (let i = 0; i < entries; i++)
      log.info(`Entry ${String(i).padStart(4, '0')} ${'x'.repeat(80)}`)
    const kept = Array.from({ length: KEPT_FILES }, (_, i) => `main.${KEPT_FILES - i}.log`)
    expect(readdirSync(folder).toSorted()).toEqual(['main.log', ...kept].toSorted())
    const numbers = [...kept, 'main.log'].flatMap((name) => {
      expect(statSync(join(folder, name)).size).toBeLessThan(maxFileBytes + 200)
      return [...read(name).matchAll(/Entry (\d+)/g)].map(([, number]) => Number(number))
    })
    expect(numbers.at(-1)).toBe(entries - 1)
    expect(numbers).toEqual(numbers.map((_, i) => entries - numbers.length + i))
    expect(numbers.length).toBeLessThan(entries)
  })

  it('has a line still after four hours of a flood of long entries', () => {
    vi.useFakeTimers()
    try {
      const log = open()
      log.error('What is looked for.')
      for (let second = 0; second < 4 * 3_600; second++) {
        for (let i = 0; i < 5; i++) log.warn(`${second} ${i} ${'x'.repeat(1_980)}`)
        log.error(`${second} ${'y'.repeat(1_990)}`)
        log.info(`${second} ${'z'.repeat(1_990)}`)
        vi.advanceTimersByTime(1_000)
      }
      log.end('Ended.')
    } finally {
      vi.useRealTimers()
    }
    const files = readdirSync(folder)
    expect(files.length).toBeGreaterThan(3)
    expect(files.map((name) => read(name)).join('')).toContain('What is looked for.')
  })

  it.skipIf(process.platform === 'win32')('is for its owner only', () => {
    open().info('Mine.')
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'main.log')).mode & 0o777).toBe(0o600)
  })

  it.skipIf(process.platform === 'win32')('leaves the mode of a folder that was there', () => {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o755)
    open().info('Yours.')
    expect(statSync(folder).mode & 0o777).toBe(0o755)
  })
})

describe('a log that cannot be written', () => {
  it('because its folder is a file: says so once and stops nothing', () => {
    mkdirSync(join(folder, '..'), { recursive: true })
    writeFileSync(folder, '')
    const log = open()
    log.info('One.')
    log.warn('Two.')
    log.end('Three.')
    expect(said).toEqual([
      `The log cannot be written: ${join(folder, 'main.log')}. The app goes on without it.`,
      'Two.',
    ])
  })

  it('because its folder has gone away: says so once, and warnings still reach the terminal', () => {
    const log = open()
    log.info('One.')
    rmSync(folder, { recursive: true })
    log.info('Two.')
    log.warn('Three.')
    expect(said).toEqual([expect.stringMatching(/^The log cannot be written: /), 'Three.'])
    expect(existsSync(folder)).toBe(false)
  })

  it('because the file is a folder', () => {
    mkdirSync(join(folder, 'main.log'), { recursive: true })
    const log = open()
    log.info('One.')
    expect(said).toHaveLength(1)
  })
})

// The code that a lesson shows is that of the programs which pass its checks.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const LESSONS = join(import.meta.dirname, '../../resources/lessons')
const PROGRAMS = join(import.meta.dirname, 'programs')

const linesOf = (text: string) => text.split('\n').map((line) => line.trim())

describe.each([
  ['12-write-a-server', 'server'],
  ['13-write-a-client', 'client'],
  ['14-write-a-proxy', 'proxy'],
])('%s', (lesson, kind) => {
  const text = readFileSync(join(LESSONS, lesson, 'lesson.md'), 'utf8')
  it.each([
    ['python', '.py'],
    ['js', '.mjs'],
  ])('each line of %s is one of a program', (language, ending) => {
    const names = readdirSync(join(PROGRAMS, kind)).filter((name) => name.endsWith(ending))
    const known = new Set(
      names.flatMap((name) => linesOf(readFileSync(join(PROGRAMS, kind, name), 'utf8'))),
    )
    const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
      .filter(([, name]) => name === language)
      .map(([, , code = '']) => code)
    expect(blocks.length).toBeGreaterThan(0)
    expect(blocks.flatMap(linesOf).filter((line) => !known.has(line))).toEqual([])
  })
})

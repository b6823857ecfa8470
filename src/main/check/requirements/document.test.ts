import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { requirementsOf } from '..'

const DOCUMENT = readFileSync('docs/homework-check.md', 'utf8')

describe.each(['proxy', 'server', 'client'] as const)('the requirements of a %s', (kind) => {
  const requirements = requirementsOf(kind)

  it('are in docs/homework-check.md, with their points', () => {
    const [, section = ''] = DOCUMENT.split(`### A ${kind}\n`)
    const [table = ''] = section.split('\n### ')
    const rows = [...table.matchAll(/^\| `([\w-]+)` +\| (.*?) +\| +(\d+) \|$/gm)]
    expect(rows.map(([, ...cells]) => cells)).toEqual(
      requirements.map(({ id, title, points }) => [id, title, `${points}`]),
    )
  })

  it('have 100 points together, and ids of their own', () => {
    expect(requirements.reduce((sum, { points }) => sum + points, 0)).toBe(100)
    expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length)
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { requirementsOf } from './check-program'
import { byRubric, readRubric } from './rubric'

const KNOWN = ['one-exchange', 'reset']

describe('a rubric', () => {
  it('changes points and leaves out', () => {
    const rubric = readRubric('{"points": {"one-exchange": 50}, "leaveOut": ["reset"]}', KNOWN)
    const about = { title: '', why: '', hint: '', points: 2, run: async () => {} }
    const left = byRubric(
      KNOWN.map((id) => ({ id, ...about })),
      rubric,
    )
    expect(left.map(({ id, points }) => [id, points])).toEqual([['one-exchange', 50]])
  })

  it.each([
    ['{', /^The rubric is not JSON: /],
    ['[]', /^The rubric must be an object in braces; here it is a list[.]$/],
    ['{"leaveOut": ["one-exchange", "reset"]}', /^The rubric leaves out every requirement/],
    ['1', /^The rubric’s text: It must be an object in braces/],
    ['{"point": {}}', /^The rubric’s point: There is no such field/],
    ['{"points": {"reset": "2"}}', /^The rubric’s points[.]reset: It must be a number/],
    [
      '{"leaveOut": ["rest"]}',
      /^The rubric names “rest”, which is no requirement; there are one-exchange, reset[.]$/,
    ],
  ])('%s is refused in a sentence', (text, sentence) => {
    expect(() => readRubric(text, KNOWN)).toThrow(sentence)
  })

  it('of examples/ asks what the assignment asks, for 100 points', () => {
    const text = readFileSync('examples/rubric-proxy-as-assigned.json', 'utf8')
    const requirements = requirementsOf('proxy')
    const rubric = readRubric(
      text,
      requirements.map(({ id }) => id),
    )
    const left = byRubric(requirements, rubric)
    expect(left.map(({ id }) => id)).toEqual(Object.keys(rubric.points ?? {}))
    expect(left.reduce((sum, { points }) => sum + points, 0)).toBe(100)
  })
})

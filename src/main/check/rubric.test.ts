import { describe, expect, it } from 'vitest'
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
})

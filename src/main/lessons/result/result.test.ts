import { describe, expect, it } from 'vitest'
import { GATED, lessonOf, SAMPLE, stepOf } from '../../../../tests/lessons/sample'
import { newRecord, withStep } from '../record'
import { resultFile } from './result-file'

const NASTY = '=cmd|"<script>alert(1)</script>"'
const LESSON = lessonOf([
  GATED,
  stepOf({
    title: `Why? ${NASTY}`,
    asks: { kind: 'explain', explain: 'Why?', model: 'Because.' },
  }),
])
const ATTEMPT = {
  at: '2026-11-29T18:50:16.123Z',
  simulatedMs: 1_250,
  answer: { kind: 'server', server: '300' } as const,
  predicted: 'server 300',
  happened: 'server 100',
  isRight: false,
  reveal: {
    truth: { kind: 'server', server: '100' } as const,
    isRight: false,
    difference: 'You expected server 300; it was server 100.',
  },
}
const [first = GATED, second = GATED] = LESSON.steps
const begun = newRecord(new Date(0))
const predicted = withStep(begun, first, 0, { outcome: 'wrong', attempts: [ATTEMPT] })
const record = withStep(predicted, second, 1, { outcome: 'done', explanation: NASTY })
const of = { lesson: LESSON, record, name: `Ada ${NASTY}`, now: new Date(1_000) }

describe('a result', () => {
  it('as JSON says what was predicted and when, and what happened', () => {
    const { name, text } = resultFile(of, 'json')
    expect(name).toMatch(/^sample-Ada-[\w-]+\.json$/)
    const result = JSON.parse(text)
    expect(result).toMatchObject({
      lesson: { id: 'sample' },
      summary: { predictions: 1, right: 0, explanations: 1, written: 1, skipped: 0 },
    })
    expect(result.steps[0].predictions).toEqual([
      {
        at: ATTEMPT.at,
        simulatedMs: 1_250,
        predicted: 'server 300',
        happened: 'server 100',
        isRight: false,
        difference: 'You expected server 300; it was server 100.',
      },
    ])
  })

  it('as CSV calculates nothing', () => {
    const lines = resultFile(of, 'csv').text.split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toContain('2026-11-29T18:50:16.123Z,1250,server 300,server 100,no')
    for (const line of lines) expect(line).not.toMatch(/(^|,)"?[=+\-@]/)
  })

  it('has what was asked without the marks of Markdown', () => {
    const asks = {
      kind: 'task',
      task: 'Bring **p90** of policy `111` _down_.\n\n- Not by [a server](https://example.com).',
      done: { event: 'answer.verified' },
    } as const
    const asked = { ...of, lesson: lessonOf([stepOf({ title: 'Down', asks })]), record: begun }
    for (const format of ['json', 'csv', 'html'] as const) {
      const { text } = resultFile(asked, format)
      expect(text).toMatch(/Bring p90 of policy 111 down\.(\n|\\n)Not by a server\./)
    }
  })

  it('as a page runs nothing and escapes everything', () => {
    const { text } = resultFile(of, 'html')
    expect(text).not.toMatch(/<script|javascript:|\son\w+=/i)
    expect(text).toContain('&lt;script&gt;')
    expect(text).toContain("default-src 'none'")
    expect(text).toContain('0 of 1 prediction right at once; 1 of 1 explanation written.')
    expect(text).toContain('2026-11-29 18:50:16 UTC')
  })

  it('of a lesson that was only begun lists every step that asks something', () => {
    const { text } = resultFile({ ...of, lesson: SAMPLE, record: begun, name: undefined }, 'json')
    const { steps, name } = JSON.parse(text)
    expect(name).toBe('')
    expect(steps).toHaveLength(SAMPLE.steps.length - 1)
    expect(new Set(steps.map(({ outcome }: { outcome: string }) => outcome))).toEqual(
      new Set(['not reached']),
    )
  })
})

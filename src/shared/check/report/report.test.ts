import { describe, expect, it } from 'vitest'
import type { HomeworkResult } from '../result'
import { REPORT_FORMATS, reportOf } from '.'
import { csvReport } from './csv'
import { readJsonReport } from './json'

const NASTY = '</pre><script>alert(1)</script> | `x` \u0007 ]]>'
const about = { why: 'Because.', hint: 'Here.', tookMs: 200 }

const RESULT: HomeworkResult = {
  subject: 'proxy',
  program: '=python3 "proxy.py", -port {port}',
  dialect: 'ids as texts',
  tookMs: 6_200,
  requirements: [
    { ...about, id: 'one-exchange', title: 'One', points: 10, outcome: 'passed' },
    {
      ...about,
      id: 'round-robin',
      title: 'Turns',
      points: 4,
      outcome: 'failed',
      how: 'wrong',
      evidence: {
        sent: ['client 1: {"type":0} (10 bytes)'],
        expected: 'servers 100 and 200',
        came: NASTY,
        lastWords: ['Traceback', "KeyError: 'id'"],
        exception: { text: "KeyError: 'id'", where: 'proxy.py, line 4' },
        exchange: [
          {
            atMs: 12.3,
            type: 'opened',
            peer: 'client 1',
            connection: 1,
            fromPort: 40000,
            toPort: 2100,
          },
          {
            atMs: 12.5,
            type: 'sent',
            peer: 'client 1',
            connection: 1,
            length: 10,
            text: '{"type":0}',
            base64: 'eyJ0eXBlIjowfQ==',
          },
          { atMs: 13, type: 'line', stream: 'stderr', text: NASTY },
          { atMs: 14, type: 'closed', peer: 'client 1', connection: 1, by: 'program' },
        ],
        startedAt: 1_700_000_000_000,
        tookMs: 200,
      },
    },
    {
      ...about,
      id: 'reset',
      title: 'Reset',
      points: 2,
      outcome: 'not tried',
      reason: 'it was stopped',
    },
  ],
}

describe('the report', () => {
  it('for a terminal explains the first that failed', () => {
    expect(
      reportOf(RESULT, 'text'),
    ).toBe(`Homework check of a proxy: =python3 "proxy.py", -port {port}
Dialect: ids as texts

✓ one-exchange  One
✗ round-robin   Turns: wrong
– not tried, because it was stopped: reset

The first that failed: round-robin (4 points)
  Turns

  Why        Because.
  Sent last  client 1: {"type":0} (10 bytes)
  Expected   servers 100 and 200
  But        ${NASTY}
  Exception  KeyError: 'id' (proxy.py, line 4)
  Look       Here.

    0.012  client 1 connects (1)
    0.012  client 1 → program (1)  {"type":0} (10 bytes)
    0.013  the program prints: ${NASTY}
    0.014  the program closes the connection (1)

1 of 3 passed, 1 failed, 1 not tried; 10 of 16 points; 6.2 s`)
  })

  it('as JSON has the outcome, the points and the evidence of each', () => {
    expect(JSON.parse(reportOf(RESULT, 'json'))).toMatchObject({
      subject: 'proxy',
      dialect: 'ids as texts',
      passed: 1,
      failed: 1,
      notTried: 1,
      points: 10,
      pointsPossible: 16,
      requirements: [
        { id: 'one-exchange', outcome: 'passed', points: 10 },
        { id: 'round-robin', outcome: 'failed', how: 'wrong', evidence: { came: NASTY } },
        { id: 'reset', outcome: 'not tried', reason: 'it was stopped' },
      ],
    })
  })

  it('as JSON is read back, without the evidence', () => {
    const read = readJsonReport(reportOf(RESULT, 'json'))
    expect(read && csvReport([read])).toBe(csvReport([RESULT]))
    expect(readJsonReport('{"subject":"proxy"}')).toBeUndefined()
    expect(readJsonReport('{')).toBeUndefined()
  })

  it('as JUnit XML has a test case for each', () => {
    const xml = reportOf(RESULT, 'junit')
    expect(xml).toContain('tests="3" failures="1" errors="0" skipped="1" time="6.2"')
    expect(xml.match(/<testcase /g)).toHaveLength(3)
    expect(xml).toContain('<failure type="wrong" message="wrong">')
    expect(xml).toContain('<skipped message="not tried: it was stopped"/>')
  })

  it('for Gradescope has a score and a test for each', () => {
    expect(JSON.parse(reportOf(RESULT, 'gradescope'))).toMatchObject({
      score: 10,
      execution_time: 7,
      tests: [
        { name: 'one-exchange: One', score: 10, max_score: 10, status: 'passed', number: '1' },
        { name: 'round-robin: Turns', score: 0, max_score: 4, status: 'failed' },
        { name: 'reset: Reset', score: 0, max_score: 2, status: 'failed' },
      ],
    })
  })

  it('as CSV is one row, in which nothing is calculated', () => {
    expect(reportOf(RESULT, 'csv')).toBe(
      'program,points,of,passed,failed,not tried,dialect,one-exchange,round-robin,reset\r\n' +
        '"\'=python3 ""proxy.py"", -port {port}",10,16,1,1,1,ids as texts,passed,wrong,not tried',
    )
  })

  it.each(['html', 'junit'] as const)('as %s escapes what a program said', (format) => {
    const text = reportOf(RESULT, format)
    expect(text).not.toContain('<script>')
    expect(text).not.toContain('\u0007')
    expect(text).toContain('&lt;script&gt;')
  })

  it('as Markdown lets nothing that a program said be markup', () => {
    const text = reportOf(RESULT, 'markdown')
    expect(text).toContain('| ❌ | `round-robin` | Turns: wrong | 0 / 4 |')
    expect(text).toContain('- **But**: \\</pre\\>\\<script\\>')
  })

  it.each(REPORT_FORMATS)('as %s is made of a program that passed everything, too', (format) => {
    const requirements = RESULT.requirements.slice(0, 1)
    expect(reportOf({ ...RESULT, requirements }, format)).toContain('one-exchange')
  })
})

// A report opens from disk, needs nothing else, and shows names as they are.
import { expect, it } from 'vitest'
import { groupSecond, withSecond } from '../metrics/testing'
import type { ErrorCode } from '../protocol/errors'
import type { Comparison } from './comparison'
import { figureRows } from './figures'
import { comparisonReport } from './report'
import { metricsOf } from './testing'
import { differenceWords } from './words'

const HOSTILE = `</title><script src="https://example.org/a.js">alert('x')</script>&"`

const labNamed = (name: string, latencies: readonly number[], chosen: readonly number[]) => ({
  name,
  ms: 3_000,
  metrics: metricsOf(latencies),
  servers: [
    ...chosen.map((count, index) => ({
      id: `${index + 1}00`,
      policy: HOSTILE,
      label: HOSTILE,
      chosen: count,
    })),
    { id: '900', policy: '222', chosen: 5 },
  ],
  unfinished: 0,
  nodes: [],
  packets: [],
  picturedMs: 3_000,
})

const COMPARISON: Comparison = {
  labs: [labNamed(HOSTILE, [100, 100, 200], [2, 1]), labNamed('Other', [50, 50, 50], [1, 2])],
  difference: {
    client: 'client:1',
    number: 2,
    sentAt: 150,
    sides: [
      { lab: 0, at: 170, server: HOSTILE, why: 'it was its turn' },
      { lab: 1, at: 170, server: null, why: 'none of its servers can be chosen' },
    ],
  },
}

const REPORT = comparisonReport(
  COMPARISON,
  {
    name: HOSTILE,
    servers: [{ id: '1', policy: HOSTILE }],
    compare: [
      { name: HOSTILE, pools: [{ policy: HOSTILE, algorithm: 'random' }] },
      { name: 'Other', pools: [] },
    ],
    clients: [{ id: '1', policy: '1', payload: HOSTILE }],
  },
  'The messages are those of the clients’ traffic.',
)

it('has no element, attribute or address of anybody’s name', () => {
  expect(REPORT).not.toMatch(/<script/i)
  expect(REPORT).not.toContain("alert('x')")
  expect(REPORT).toContain('&lt;script src=&quot;https://example.org/a.js&quot;&gt;')
  const tags = new Set([...REPORT.matchAll(/<([a-z!][a-z0-9]*)/gi)].map(([, tag]) => tag))
  const known =
    '!doctype html head meta title style body h1 h2 p br strong table thead tbody tr th td small svg path rect text div figure figcaption details summary caption pre'
  expect([...tags].filter((tag) => !known.split(' ').includes(tag ?? ''))).toEqual([])
})

it('names what was compared: the labs, and their algorithms in the head of the table', () => {
  expect(REPORT).toMatch(/Compared: “.*”, “Other”\. /)
  const [head = ''] = /<thead>.*<\/thead>/.exec(REPORT) ?? []
  expect([...head.matchAll(/<small>(.*?)<\/small>/g)].map(([, words]) => words)).toEqual([
    'Random',
    'Round-robin',
  ])
})

it('needs nothing from elsewhere', () => {
  const markup = REPORT.replaceAll(/&lt;.*?&gt;/gs, '')
  expect(markup).not.toMatch(/(src|href)=/)
  expect(REPORT).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
})

it('has the figures with their ratios to the first lab', () => {
  const rows = new Map(figureRows(COMPARISON).map((row) => [row.label, row]))
  expect(rows.get('Answered')).toMatchObject({ values: ['3', '3'], ratios: ['× 1.00', '× 1.00'] })
  expect(rows.get('Latency, p50')?.ratios[1]).toBe('× 0.50')
  expect(rows.get(`Share of server 100 (${HOSTILE})`)).toMatchObject({
    values: ['66.7 %', '33.3 %'],
    ratios: ['× 1.00', '× 0.50'],
  })
  // Of the messages of its own policy.
  expect(rows.get('Share of server 900')?.values).toEqual(['100.0 %', '100.0 %'])
})

it('has the figures of each chart as a table under it', () => {
  const figures = REPORT.split('<figure>').slice(1)
  expect(figures.length).toBeGreaterThan(5)
  for (const one of figures) expect(one).toMatch(/<caption>.*<\/caption>/)
  const answered = figures.find((one) => one.includes('<figcaption>Answered'))
  expect(answered).toContain('<tr><th scope="row">2</th><td>1</td><td>1</td></tr>')
})

it('counts errors by reason, also those that only another lab has', () => {
  const failed = (reasons: readonly (readonly [ErrorCode, number])[]) => [
    ...withSecond(new Map(), 0, [groupSecond({ begun: 9, answered: 9, reasons })]),
  ]
  const labs = COMPARISON.labs.map((lab, index) => ({
    ...lab,
    metrics:
      index === 0
        ? failed([['WRONG_HASH', 4]])
        : failed([
            ['WRONG_HASH', 1],
            ['SERVER_TIMEOUT', 2],
          ]),
  }))
  const rows = figureRows({ ...COMPARISON, labs }).filter(({ label }) =>
    label.startsWith('Errors:'),
  )
  expect(rows).toEqual([
    { label: 'Errors: wrong hash', values: ['4', '1'], ratios: ['× 1.00', '× 0.25'] },
    { label: 'Errors: server timeout', values: ['0', '2'], ratios: ['', ''] },
  ])
})

it('tells the first difference in words', () => {
  expect(differenceWords(COMPARISON)).toContain(
    'The first difference is message 2 of client 1, sent at 150 ms: ',
  )
  expect(differenceWords(COMPARISON)).toMatch(
    /“Other” chose nobody \(none of its servers can be chosen\)\.$/,
  )
  const [one, other] = COMPARISON.labs
  const labelled = one &&
    other && { ...one, servers: [{ id: HOSTILE, policy: '1', label: 'fast', chosen: 1 }] }
  expect(differenceWords({ ...COMPARISON, labs: labelled ? [labelled, other] : [] })).toContain(
    ', fast (it was its turn); ',
  )
  expect(differenceWords({ ...COMPARISON, difference: null })).toMatch(/^No difference/)
})

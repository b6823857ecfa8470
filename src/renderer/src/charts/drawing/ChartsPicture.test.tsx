import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { Histogram } from '../../../../shared/metrics/histogram'
import { groupSecond, withSecond } from '../../../../shared/metrics/testing'
import { CHART_NAMES } from '../../choices/preferences'
import { ChartsPicture } from './ChartsPicture'

const latencies = new Histogram()
latencies.add(40)
latencies.add(90)
const second = {
  begun: 2,
  answered: 2,
  wholeMs: 130,
  whole: latencies.sparse,
  longest: [0, 0, 0, 90],
}
const metrics = withSecond(new Map(), 61, [
  groupSecond(second),
  groupSecond({ ...second, of: 'server', id: '<100>', utilisation: 0.4, due: 0.5 }),
  groupSecond({ ...second, of: 'server', id: '300', utilisation: 0.4, due: 0.5 }),
])
const subject = {
  metrics,
  group: 'all ',
  latency: 'whole',
  span: { from: 61, to: 62 },
  policies: new Map<string, string>(),
  servers: 'farthest',
  selected: undefined,
} as const

it('is drawn in shapes and text on a light background, with its title and its axes', () => {
  const svg = renderToStaticMarkup(<ChartsPicture subject={subject} charts={CHART_NAMES} />)
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  expect(svg).toContain('<title>Everything, 1:01 to 1:02</title>')
  expect(svg).toContain('fill="#ffffff"')
  for (const text of ['Messages', 'p99', 'max', '1:02', '100 %', '&lt;100&gt;']) {
    expect(svg).toContain(text)
  }
  expect(svg.match(/due<\/text>/g)).toEqual(['due</text>'])
  expect(svg).not.toMatch(/<image|var\(|NaN|Infinity|undefined/)
})

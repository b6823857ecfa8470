import { expect, it } from 'vitest'
import type { Metrics } from '../metrics/series'
import { groupSecond, withSecond } from '../metrics/testing'
import type { ComparedLab, Comparison } from './comparison'
import { shareBars } from './share-bars'
import { comparedShares } from './shares'

const NONE: Metrics = new Map()

function lab(name: string, chosen: readonly number[], due: number): ComparedLab {
  const servers = chosen.map((count, index) => ({
    id: `${index + 1}`,
    policy: '111',
    chosen: count,
  }))
  const metrics = withSecond(NONE, 0, [
    ...servers.map(({ id }) => groupSecond({ of: 'server', id, due })),
  ])
  return {
    name,
    ms: 1000,
    metrics: [...metrics],
    servers: [...servers, { id: '900', policy: '222', chosen: 0 }],
    unfinished: 0,
    nodes: [],
    packets: [],
    picturedMs: 0,
  }
}

const comparison = (...labs: ComparedLab[]): Comparison => ({ labs, difference: null })

it('is of the messages of the server’s policy, beside the due one, in each lab', () => {
  const shares = comparedShares(comparison(lab('One', [30, 10], 0.5), lab('Other', [20, 20], 0.5)))
  expect(shares).toEqual([
    { id: '1', share: [0.75, 0.5], due: [0.5, 0.5] },
    { id: '2', share: [0.25, 0.5], due: [0.5, 0.5] },
    { id: '900', share: [undefined, undefined], due: [undefined, undefined] },
  ])
})

it('has a bar for each known share, as tall as it, with a line at the due one', () => {
  const { bars, top, labels } = shareBars(
    comparedShares(comparison(lab('One', [30, 10], 0.5), lab('Other', [20, 20], 0.5))),
  )
  expect(top).toBe(75)
  expect(labels.map(({ text }) => text)).toEqual(['1', '2', '900'])
  expect(bars.map(({ key, height }) => [key, Math.round(height)])).toEqual([
    ['1 0', 110],
    ['1 1', 73],
    ['2 0', 37],
    ['2 1', 73],
  ])
  expect(bars[0]?.words).toBe('Server 1: 75.0 %, due 50.0 %')
  expect(bars.every(({ dueY = 0 }) => Math.round(dueY) === 37)).toBe(true)
})

it('of many servers, shows those that differ most, and labels that do not cover one another', () => {
  const even = Array.from({ length: 40 }, () => 10)
  const one = even.map((count, index) => (index === 39 ? 100 : count))
  const { bars, labels, left } = shareBars(
    comparedShares(comparison(lab('One', one, 1 / 40), lab('Other', even, 1 / 40))),
  )
  expect(left).toBe(17)
  expect(bars).toHaveLength(48)
  expect(bars.map(({ key }) => key)).toContain('40 0')
  labels.slice(1).forEach(({ x, text }, index) => {
    expect(x - (labels[index]?.x ?? 0)).toBeGreaterThan(7 * text.length)
  })
})

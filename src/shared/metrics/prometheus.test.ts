import { describe, expect, it } from 'vitest'
import type { LabEvent } from '../events'
import { Histogram } from './histogram'
import { PrometheusTotals } from './prometheus'
import type { GroupSecond } from './second'
import { groupSecond } from './testing'

function second(groups: readonly GroupSecond[], number = 0): LabEvent {
  return {
    type: 'metrics.second',
    second: number,
    groups,
    seq: 1 + number,
    at: 1000 * (number + 1),
  }
}

function times(...all: number[]): readonly number[] {
  const histogram = new Histogram()
  for (const ms of all) histogram.add(ms)
  return histogram.sparse
}

describe('the figures for Prometheus', () => {
  it('are nothing before anything has happened', () => {
    expect(new PrometheusTotals().text()).toBe('')
  })

  it('add up over the seconds, and what is in flight is the latest', () => {
    const totals = new PrometheusTotals()
    const policy = { of: 'policy', id: '111' } as const
    totals.apply(
      second([
        groupSecond({
          ...policy,
          begun: 3,
          answered: 2,
          inFlight: 1,
          wholeMs: 46,
          whole: times(4, 42),
        }),
        groupSecond({ of: 'server', id: '100', utilisation: 0.3 }),
      ]),
    )
    totals.apply(
      second(
        [
          groupSecond({
            ...policy,
            begun: 1,
            refused: 1,
            queued: 2,
            reasons: [['SERVER_TIMEOUT', 1]],
          }),
          groupSecond({
            of: 'server',
            id: '100',
            begun: 4,
            lost: 1,
            inFlight: 2,
            queued: 3,
            utilisation: 0.4,
          }),
          groupSecond({ begun: 4 }),
        ],
        1,
      ),
    )
    const text = totals.text()
    expect(text.endsWith('\n')).toBe(true)
    expect(text.split('\n').filter((line) => !/^# |_bucket|^$/.test(line))).toEqual([
      'roundabout_messages_total{policy="111"} 4',
      'roundabout_messages_answered_total{policy="111"} 2',
      'roundabout_messages_refused_total{policy="111"} 1',
      'roundabout_messages_lost_total{policy="111"} 0',
      'roundabout_messages_in_flight{policy="111"} 0',
      'roundabout_messages_queued{policy="111"} 2',
      'roundabout_message_errors_total{policy="111",reason="SERVER_TIMEOUT"} 1',
      'roundabout_message_duration_seconds_sum{policy="111"} 0.046',
      'roundabout_message_duration_seconds_count{policy="111"} 2',
      'roundabout_server_attempts_total{server="100"} 4',
      'roundabout_server_attempts_failed_total{server="100"} 1',
      'roundabout_server_in_flight{server="100"} 2',
      'roundabout_server_queued{server="100"} 3',
      'roundabout_server_busy_seconds_total{server="100"} 0.7',
    ])
    const buckets = text.split('\n').filter((line) => line.includes('_bucket'))
    expect(buckets.map((line) => Number(line.split(' ')[1]))).toEqual([
      0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2,
    ])
    expect(buckets.at(-1)).toContain('le="+Inf"')
  })

  it('count a time that equals a bound within it', () => {
    const totals = new PrometheusTotals()
    totals.apply(second([groupSecond({ of: 'policy', id: '111', whole: times(500, 1_000) })]))
    const text = totals.text()
    expect(text).toContain('_bucket{policy="111",le="0.25"} 0')
    expect(text).toContain('_bucket{policy="111",le="0.5"} 1')
    expect(text).toContain('_bucket{policy="111",le="1"} 2')
  })

  it('have each family once, with its help and its type before it', () => {
    const totals = new PrometheusTotals()
    totals.apply(second(['111', '222'].map((id) => groupSecond({ of: 'policy', id }))))
    const lines = totals.text().split('\n')
    expect(lines.slice(0, 4)).toEqual([
      '# HELP roundabout_messages_total Messages from clients.',
      '# TYPE roundabout_messages_total counter',
      'roundabout_messages_total{policy="111"} 0',
      'roundabout_messages_total{policy="222"} 0',
    ])
    const types = lines.filter((line) => line.startsWith('# TYPE'))
    expect(new Set(types).size).toBe(types.length)
  })

  it('escape what an id may have in it', () => {
    const totals = new PrometheusTotals()
    totals.apply(second([groupSecond({ of: 'policy', id: 'a"b\\c\nd' })]))
    expect(totals.text()).toContain('{policy="a\\"b\\\\c\\nd"} 0')
  })
})

// The figures of each second against the events of a whole run: what is in flight is counted here message by message, and Little's
// law holds over any seconds but for the messages at their edges.
import { expect } from 'vitest'
import { littlesLaw } from '../../src/renderer/src/charts/littles-law'
import { secondsOf } from '../../src/renderer/src/charts/seconds'
import { partsOfEvent } from '../../src/shared/carried'
import type { LabEvent } from '../../src/shared/events'
import { PROXY } from '../../src/shared/ids'
import { type Metrics, seriesKey } from '../../src/shared/metrics/series'
import { withSecond } from '../../src/shared/metrics/testing'
import type { Run } from './random-run'

/** A message in flight, or an attempt at a server. `counted`: when its time in flight was first counted. */
interface Stay {
  readonly group: string
  since: number
  readonly counted: number
  until: number
}

const SECOND_MS = 1000
/** Rows have whole milliseconds in flight. */
const ROUNDING_MS = 0.51

/** Checks each group, from one reset to the next. */
export function checkFigures({ events }: Pick<Run, 'events'>): void {
  const resets = events.flatMap((event, index) => (event.type === 'scenario.reset' ? [index] : []))
  let first = 0
  for (const end of [...resets, events.length]) {
    checkSession(events.slice(first, end), end < events.length)
    first = end
  }
}

function checkSession(events: readonly LabEvent[], isCut: boolean): void {
  let metrics: Metrics = new Map()
  let seconds = 0
  for (const event of events) {
    if (event.type !== 'metrics.second') continue
    metrics = withSecond(metrics, event.second, event.groups)
    seconds = event.second + 1
  }
  // The second in which a reset came has no figures, and neither has one that is not over.
  const stays = staysIn(events)
  for (const [key, series] of metrics) {
    const from = series.rows[0]?.[0] ?? 0
    const own = stays.filter(({ group }) => group === key)
    for (const [start, end] of windows(from, seconds)) {
      const law = littlesLaw(secondsOf(series, { from: start, to: end }))
      const expected = lawOf(own, start * SECOND_MS, end * SECOND_MS)
      const count = end - start
      const about = `${key}, seconds ${start} to ${end}${isCut ? ', before a reset' : ''}`
      expect(law.perSecond * count, about).toBeCloseTo(expected.left, 6)
      expect(law.inFlight, about).toEqual(expected.inFlight)
      near(law.l * count, expected.inFlightMs / SECOND_MS, count, about)
      near(law.w * law.perSecond * count, expected.leftMs / SECOND_MS, count, about)
      near(law.l, law.perSecond * law.w + law.atEdges, 1, about)
    }
  }
}

function near(seconds: number, expected: number, rows: number, about: string): void {
  expect(Math.abs(seconds - expected), about).toBeLessThan((rows * ROUNDING_MS) / SECOND_MS)
}

/** All of it, its halves, and each of its last seconds. */
function windows(from: number, to: number): (readonly [number, number])[] {
  const middle = Math.floor((from + to) / 2)
  const last = Array.from({ length: Math.min(5, to - from) }, (_, index) => to - 1 - index)
  const all: (readonly [number, number])[] = [
    [from, to],
    [from, middle],
    [middle, to],
  ]
  return [...all, ...last.map((second) => [second, second + 1] as const)].filter(
    ([start, end]) => end > start,
  )
}

function lawOf(stays: readonly Stay[], from: number, to: number) {
  let [left, leftMs, inFlightMs, before, after] = [0, 0, 0, 0, 0]
  for (const { since, counted, until } of stays) {
    if (until >= from && until < to) {
      left++
      leftMs += until - since
    }
    // The time before it was sent counts in the second in which it was.
    if (counted >= from && counted < to) inFlightMs += counted - since
    inFlightMs += Math.max(0, Math.min(to, until) - Math.max(from, counted))
    if (counted < from && until >= from) before++
    if (counted < to && until >= to) after++
  }
  return { left, leftMs, inFlightMs, inFlight: { before, after } }
}

/** The stays in everything together, and at each client, policy and server. */
function staysIn(events: readonly LabEvent[]): readonly Stay[] {
  const all: Stay[] = []
  const ofExchange = new Map<number, Stay[]>()
  const atServer = new Map<number, Stay>()
  const toProxy = new Map<number, number>()
  const begin = (group: string, since: number, counted: number): Stay => {
    const stay = { group, since, counted, until: Number.POSITIVE_INFINITY }
    all.push(stay)
    return stay
  }
  const leave = (exchange: number, at: number) => {
    const stay = atServer.get(exchange)
    if (stay) stay.until = at
    atServer.delete(exchange)
  }
  const clients = new Map<number, string>()
  for (const event of events.flatMap(partsOfEvent)) {
    const { at } = event
    switch (event.type) {
      case 'packet.sent':
        if (event.packet === event.exchange) {
          const groups = [
            seriesKey({ of: 'all', id: '' }),
            seriesKey({ of: 'client', id: event.from }),
          ]
          ofExchange.set(
            event.exchange,
            groups.map((group) => begin(group, at, at)),
          )
          clients.set(event.exchange, event.from)
        } else if (
          event.kind !== 0 &&
          event.to === PROXY &&
          event.from !== clients.get(event.exchange)
        ) {
          if (event.copyOf === null) toProxy.set(event.packet, event.exchange)
        }
        break
      case 'message.late':
        for (const stay of ofExchange.get(event.exchange) ?? []) stay.since -= event.lateMs
        break
      case 'packet.delivered':
        leave(toProxy.get(event.packet) ?? 0, at)
        break
      case 'exchange.queued':
      case 'decision.made': {
        const stays = ofExchange.get(event.exchange)
        const [first] = stays ?? []
        if (stays === undefined || first === undefined) break
        if (stays.length === 2)
          stays.push(begin(seriesKey({ of: 'policy', id: event.policy }), first.since, at))
        if (event.type === 'exchange.queued' || event.server === null) break
        atServer.set(event.exchange, begin(seriesKey({ of: 'server', id: event.server }), at, at))
        break
      }
      case 'upstream.failed':
      case 'upstream.left':
        if (atServer.get(event.exchange)?.group === seriesKey({ of: 'server', id: event.server }))
          leave(event.exchange, at)
        break
      case 'exchange.finished':
        leave(event.exchange, at)
        for (const stay of ofExchange.get(event.exchange) ?? []) stay.until = at
        ofExchange.delete(event.exchange)
    }
  }
  return all
}

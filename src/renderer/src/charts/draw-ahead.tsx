// Draws charts of made-up seconds where nobody sees them, one whenever the page is idle: code that has never run is slow, and the
// first hour of charts would take twice the time.
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { Histogram } from '../../../shared/metrics/histogram'
import type { GroupSecond } from '../../../shared/metrics/second'
import {
  EVERYTHING,
  figuresRow,
  type MetricsSeries,
  seriesKey,
} from '../../../shared/metrics/series'
import { CHART_NAMES } from '../choices/preferences'
import { useLab } from '../lab/lab'
import { ChartOf } from './ChartOf'
import type { Subject } from './subject'

/** As many that lines are drawn by columns of pixels. */
const SECONDS = 900
const SERVERS = ['1', '2', '3']
const SIZES = 'figure { width: 360px } .chart-canvas, .chart-drawing { height: 120px }'

/** Waits for the first figures: until then, nobody opens the charts. */
export function drawAheadOnce(): void {
  const hasFigures = () => useLab.getState().state.metrics.size > 0
  if (hasFigures()) return void drawAhead()
  const stop = useLab.subscribe(() => {
    if (!hasFigures()) return
    stop()
    void drawAhead()
  })
}

/** Resolves when all have been drawn. */
export async function drawAhead(): Promise<void> {
  const host = document.createElement('div')
  host.ariaHidden = 'true'
  host.inert = true
  Object.assign(host.style, {
    position: 'fixed',
    width: '0',
    height: '0',
    overflow: 'hidden',
    visibility: 'hidden',
    contain: 'strict',
  })
  // Nothing in it is found by the page's scripts and styles.
  const shadow = host.attachShadow({ mode: 'closed' })
  const styles = new CSSStyleSheet()
  styles.replaceSync(SIZES)
  shadow.adoptedStyleSheets = [styles]
  document.body.append(host)
  try {
    const subject = madeUp()
    for (const name of CHART_NAMES) {
      await idle()
      const place = document.createElement('div')
      shadow.append(place)
      const root = createRoot(place)
      flushSync(() => root.render(<ChartOf name={name} subject={subject} moment={undefined} />))
      await idle()
      root.unmount()
      place.remove()
    }
  } finally {
    host.remove()
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => requestIdleCallback(() => resolve()))
}

function madeUp(): Subject {
  const groups = [series('all', ''), ...SERVERS.map((id) => series('server', id))]
  return {
    metrics: new Map(groups.map((one) => [seriesKey(one), one])),
    group: EVERYTHING,
    latency: 'whole',
    span: { from: 0, to: SECONDS },
    policies: new Map(SERVERS.map((id) => [id, '1'])),
    servers: 'busiest',
    selected: undefined,
  }
}

function series(of: GroupSecond['of'], id: string): MetricsSeries {
  const rows = Array.from({ length: SECONDS }, (_, second) =>
    figuresRow(second, group(of, id, second)),
  )
  const { link, queue, service, whole } = group(of, id, 0)
  return {
    of,
    id,
    rows,
    reasons: Array.from({ length: SECONDS }, (_, second) => [second, 'SERVER_TIMEOUT', 1]),
    stretches: [{ from: 0, to: SECONDS, link, queue, service, whole }],
  }
}

function group(of: GroupSecond['of'], id: string, second: number): GroupSecond {
  const histogram = new Histogram()
  for (let place = 1; place <= 3; place++) histogram.add(place * (1 + (second % 17)))
  const { sparse, longest } = histogram
  return {
    of,
    id,
    begun: second % 7,
    answered: second % 5,
    refused: 0,
    lost: 1,
    inFlight: 1,
    queued: second % 3,
    inFlightMs: 1000,
    wholeMs: 100 * (second % 11),
    ...(of === 'server' && { utilisation: (second % 10) / 10, due: 1 / SERVERS.length }),
    reasons: [],
    link: sparse,
    queue: sparse,
    service: sparse,
    whole: sparse,
    longest: [longest, longest, longest, longest],
  }
}

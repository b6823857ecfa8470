// The bench's page: all charts of an hour, driven through `window.chartsBench`.
import { createRoot, type Root } from 'react-dom/client'
import { ChartsPanel } from '../../../../src/renderer/src/charts/ChartsPanel'
import { drawAhead } from '../../../../src/renderer/src/charts/draw-ahead'
import { CHART_NAMES } from '../../../../src/renderer/src/choices/preferences'
import { useUi } from '../../../../src/renderer/src/choices/ui'
import { useLab } from '../../../../src/renderer/src/lab/lab'
import { applyTheme } from '../../../../src/renderer/src/ui/theme/apply'
import { Histogram } from '../../../../src/shared/metrics/histogram'
import type { GroupSecond } from '../../../../src/shared/metrics/second'
import type { Metrics } from '../../../../src/shared/metrics/series'
import { withSecond } from '../../../../src/shared/metrics/testing'
import type { ChartsBench } from '../../charts/page-bench'
import '../../../../src/renderer/src/ui/theme/base.css'

const HOUR = 3_600
const SERVERS = 6
const PER_SECOND = 100

let metrics: Metrics = new Map()
let seconds = 0
let root: Root | undefined

function addSecond(): void {
  metrics = withSecond(metrics, seconds, groupsOf(seconds))
  seconds++
}

function groupsOf(second: number): GroupSecond[] {
  const of = (kind: GroupSecond['of'], id: string, begun: number): GroupSecond => {
    const histogram = new Histogram()
    const wave = 30 + 20 * Math.sin(second / 40)
    // The quantiles of an exponential distribution, so that all runs draw the same.
    for (let place = 0; place < begun; place++) {
      histogram.add(20 - wave * Math.log(1 - (place + 0.5) / begun))
    }
    const { sparse } = histogram
    return {
      of: kind,
      id,
      begun,
      answered: begun - 1,
      refused: 0,
      lost: 1,
      inFlight: 5,
      queued: second % 7,
      inFlightMs: 50 * begun,
      wholeMs: 50 * begun,
      ...(kind === 'server' && {
        utilisation: 0.5 + 0.4 * Math.sin(second / 40),
        due: 1 / SERVERS,
      }),
      reasons: [['SERVER_TIMEOUT', 1]],
      link: sparse,
      queue: sparse,
      service: sparse,
      whole: sparse,
      longest: [400, 400, 400, 400],
    }
  }
  const servers = Array.from({ length: SERVERS }, (_, index) =>
    of('server', String(100 * (index + 1)), Math.round(PER_SECOND / SERVERS)),
  )
  return [of('all', '', PER_SECOND), of('policy', '111', PER_SECOND), ...servers]
}

async function show(): Promise<void> {
  useLab.setState(({ state }) => ({ state: { ...state, metrics } }))
  await new Promise((resolve) => setTimeout(resolve, 200))
}

/** Milliseconds until everything that was begun is on the screen. */
async function untilDrawn(begin: () => void): Promise<number> {
  const begun = performance.now()
  begin()
  // The sizes are measured in one frame, and the charts are drawn into the next one.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => resolve()
    port2.postMessage(null)
  })
  return performance.now() - begun
}

const bench: ChartsBench = {
  async load() {
    applyTheme('light', false)
    useUi.setState({ chartStretch: HOUR, charts: [...CHART_NAMES] })
    while (seconds < HOUR) addSecond()
    await show()
    if (!location.search.includes('cold')) await drawAhead()
  },
  async draw() {
    root?.unmount()
    const element = document.querySelector('#root')
    if (element === null) throw new Error('The page has no place for the charts.')
    const fresh = createRoot(element)
    root = fresh
    return untilDrawn(() => fresh.render(<ChartsPanel />))
  },
  async drawSecond() {
    addSecond()
    return untilDrawn(() => useLab.setState(({ state }) => ({ state: { ...state, metrics } })))
  },
}
globalThis.chartsBench = bench

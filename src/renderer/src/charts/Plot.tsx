// The lines of a chart, drawn by uPlot on a canvas. It marks the second under the pointer in any chart, and the moment of the past
// that is shown; what came after that moment is faded.
import { memo, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import uPlot from 'uplot'
import { usePointedSecond } from '../choices/pointed-second'
import { appliedScheme, onAppliedScheme } from '../ui/theme/apply'
import type { LineChart } from './chart-lines'
import { columnsOf, drawColumns, isNoisy } from './dense-line'
import { timeLabel, valueLabel } from './drawing/axes'
import 'uplot/dist/uPlot.min.css'

interface PlotProps {
  chart: LineChart
  /** The moment that is looked back to, in seconds; undefined while live. */
  moment: number | undefined
}

/** Redraws for a new chart, once a second, and for a new moment. */
export const Plot = memo(function Plot({ chart, moment }: PlotProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  /** The chart and the moment that are drawn, so that an hour is not drawn twice. */
  const drawn = useRef<PlotProps>(undefined)
  const shown = useRef<PlotProps>({ chart, moment })
  shown.current = { chart, moment }
  // If the lines' names or colours change, the chart is made anew.
  const shape = JSON.stringify([
    chart.lines.map(({ label, colour, dash }) => [label, colour, dash]),
    chart.band?.label,
  ])
  const scheme = useSyncExternalStore(onAppliedScheme, appliedScheme)
  // If the font changes, too, because the sizes of the axes depend on it.
  const [font, setFont] = useState<string>()
  const looks = useRef<Looks>(undefined)
  // All charts are measured before the first of them is drawn: a drawing changes the page, and each measurement after it
  // would cost another layout.
  useLayoutEffect(() => {
    if (place.current !== null) looks.current = looksOf(place.current, shown.current.chart)
  }, [shape, scheme, font])
  useEffect(() => {
    const element = place.current
    if (element === null || looks.current === undefined) return
    const { font: madeWith } = looks.current
    const made = new uPlot(optionsOf(looks.current, shown), dataOf(shown.current.chart), element)
    plot.current = made
    drawn.current = shown.current
    const observer = new ResizeObserver(() => {
      const { width, height } = sizeOf(element)
      const now = fontOf(element)
      if (now !== madeWith) return setFont(now)
      if (width !== made.width || height !== made.height) made.setSize({ width, height })
    })
    observer.observe(element)
    const stopPointing = usePointedSecond.subscribe(({ time }) => markPointed(made, time))
    return () => {
      stopPointing()
      observer.disconnect()
      made.destroy()
      plot.current = undefined
    }
  }, [shape, scheme, font])
  useEffect(() => {
    const before = drawn.current
    drawn.current = { chart, moment }
    if (before?.chart !== chart) plot.current?.setData(dataOf(chart))
    else if (before.moment !== moment) plot.current?.redraw(false)
  }, [chart, moment])
  return <div className="chart-canvas" ref={place} />
})

/** The band comes first, so that lines are drawn over it. */
function dataOf({ times, lines, band }: LineChart): uPlot.AlignedData {
  const all = [...(band ? [band.high, band.low] : []), ...lines.map(({ values }) => values)]
  return [[...times], ...all.map((values) => [...values])]
}

/** What the page gives to a chart. */
interface Looks {
  readonly width: number
  readonly height: number
  readonly font: string
  readonly fontPx: number
  /** The colour that CSS gives for `var(--…)`. */
  colourOf(css: string): string
}

const OWN_COLOURS = ['var(--muted)', 'var(--line)', 'var(--panel)', 'var(--accent)']

function looksOf(element: HTMLElement, { lines, band }: LineChart): Looks {
  const style = getComputedStyle(element)
  const colours = new Map(
    [...OWN_COLOURS, ...[...lines, ...(band ? [band] : [])].map(({ colour }) => colour)].map(
      (css) => [
        css,
        css.startsWith('var(') ? style.getPropertyValue(css.slice(4, -1)).trim() : css,
      ],
    ),
  )
  return {
    ...sizeOf(element),
    font: fontOf(element),
    fontPx: Number.parseFloat(style.fontSize),
    colourOf: (css) => colours.get(css) ?? css,
  }
}

function fontOf(element: HTMLElement): string {
  const { fontSize, fontFamily } = getComputedStyle(element)
  return `${fontSize} ${fontFamily}`
}

function sizeOf(element: HTMLElement) {
  return { width: element.clientWidth, height: Math.max(40, element.clientHeight) }
}

/** Moves the line of the pointer to this time, even if the pointer is in another chart. */
function markPointed(plot: uPlot, time: number | undefined): void {
  const left = time === undefined ? -10 : plot.valToPos(time, 'x')
  if (Math.abs((plot.cursor.left ?? -10) - left) < 1) return
  plot.setCursor({ left, top: time === undefined ? -10 : 1 }, false)
}

/** A chart has room for at least this many seconds: a single one would be as wide as the chart. */
const LEAST_SECONDS = 10

function optionsOf(
  { width, height, font, fontPx, colourOf }: Looks,
  shown: { readonly current: PlotProps },
): uPlot.Options {
  const axis = {
    stroke: colourOf('var(--muted)'),
    font,
    grid: { stroke: colourOf('var(--line)'), width: 1 },
    ticks: { show: false },
    gap: 3,
  }
  const [panel, accent] = [colourOf('var(--panel)'), colourOf('var(--accent)')]
  return {
    width,
    height,
    padding: [fontPx * 0.5, fontPx * 2, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: (_, from, to) => [from, Math.max(to, from + LEAST_SECONDS)] },
      y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: fontPx * 1.7,
        space: fontPx * 5,
        values: (_, times) => times.map(timeLabel),
        incrs: [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200],
      },
      {
        ...axis,
        size: (_, values) => fontPx * (1 + 0.62 * longestOf(values)),
        space: fontPx * 2,
        values: (_, values) =>
          values.map((value) => valueLabel(value, shown.current.chart.isDuration)),
      },
    ],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    ...(shown.current.chart.band && {
      bands: [{ series: [1, 2], fill: faint(colourOf(shown.current.chart.band.colour)) }],
    }),
    hooks: {
      setCursor: [
        (plot) => {
          // Only the chart under the pointer reports the second.
          const { event, idx } = plot.cursor
          if (event === undefined || idx == null) return
          usePointedSecond.getState().point(shown.current.chart.times[idx])
        },
      ],
      draw: [(plot) => drawMoment(plot, shown.current.moment, panel, accent)],
    },
    series: [
      { label: 'Second' },
      ...bandSeries(shown.current.chart, colourOf),
      ...shown.current.chart.lines.map(({ label, colour, dash, isFaint }) => ({
        label,
        stroke: colourOf(colour),
        width: isFaint ? 1 : 2,
        dash: [...dash],
        paths: linePath(dash),
        points: {
          show: (plot: uPlot) => !isFaint && (plot.data[0]?.length ?? 0) < 3,
          size: 6,
        },
      })),
    ],
  }
}

function bandSeries({ band }: LineChart, colourOf: Looks['colourOf']): uPlot.Series[] {
  if (band === undefined) return []
  const edge = { stroke: faint(colourOf(band.colour)), width: 1, points: { show: false } }
  return [
    { ...edge, label: `${band.label}, most` },
    { ...edge, label: `${band.label}, least` },
  ]
}

function faint(colour: string): string {
  return `color-mix(in srgb, ${colour} 30%, transparent)`
}

/** Characters; null until there is a range. */
function longestOf(labels: readonly string[] | null): number {
  return Math.max(2, ...(labels ?? []).map(({ length }) => length))
}

/** From this many seconds per pixel on, a line is drawn by columns of pixels. */
const DENSE = 1.2

const sparsePath = uPlot.paths.linear?.()

function linePath(dash: readonly number[]): uPlot.Series.PathBuilder {
  return (plot, seriesIndex, from, to) => {
    const isDense = to - from > DENSE * plot.bbox.width
    const dashAlongLine = (isAlong: boolean) => {
      const series = plot.series[seriesIndex]
      if (series) series.dash = isAlong ? [...dash] : []
    }
    if (!isDense) {
      dashAlongLine(true)
      return sparsePath?.(plot, seriesIndex, from, to) ?? null
    }
    const [times = []] = plot.data
    const begin = plot.valToPos(times[from] ?? 0, 'x', true)
    const perSecond = (plot.valToPos(times[to] ?? 0, 'x', true) - begin) / (to - from)
    const columns = columnsOf(
      plot.data[seriesIndex] ?? [],
      { from, to },
      (index) => begin + (index - from) * perSecond,
    )
    const yOf = (value: number) => plot.valToPos(value, 'y', true)
    const noisy = isNoisy(columns, yOf)
    dashAlongLine(!noisy)
    const stroke = new Path2D()
    drawColumns(stroke, columns, noisy ? dash.map((length) => length * devicePixelRatio) : [], yOf)
    return { stroke }
  }
}

function drawMoment(
  { ctx, bbox, valToPos }: uPlot,
  moment: number | undefined,
  panel: string,
  accent: string,
): void {
  if (moment === undefined) return
  const end = bbox.left + bbox.width
  const at = Math.min(end, Math.max(bbox.left, valToPos(moment, 'x', true)))
  ctx.save()
  ctx.globalAlpha = 0.72
  ctx.fillStyle = panel
  ctx.fillRect(at, bbox.top, end - at, bbox.height)
  ctx.globalAlpha = 1
  ctx.strokeStyle = accent
  ctx.lineWidth = 2 * devicePixelRatio
  ctx.setLineDash([])
  ctx.beginPath()
  ctx.moveTo(at, bbox.top)
  ctx.lineTo(at, bbox.top + bbox.height)
  ctx.stroke()
  ctx.restore()
}

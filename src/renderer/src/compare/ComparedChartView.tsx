// One chart of all labs' lines on one clock. Its legend has the values of the shown second; a press goes to a second.

import { memo } from 'react'
import {
  CHART_DASHES,
  CHART_HEIGHT,
  CHART_WIDTH,
  type ComparedChart,
  linePath,
  topOf,
  valueWords,
} from '../../../shared/compare/charts'
import { LabSwatch } from './LabSwatch'
import { seek } from './playback'

interface ChartProps {
  chart: ComparedChart
  /** The shown second. */
  second: number
}

export const ComparedChartView = memo(function ComparedChartView({ chart, second }: ChartProps) {
  const top = topOf(chart)
  const last = (chart.lines[0]?.values.length ?? 1) - 1
  const x = (CHART_WIDTH * Math.min(second, last)) / Math.max(1, last)
  return (
    <figure className="compared-chart">
      <figcaption>
        <strong>{chart.title}</strong> {chart.unit && <span className="muted">{chart.unit}</span>}
        <span className="compared-legend">
          {chart.lines.map(({ name, values }, lab) => (
            <span key={name} data-lab={lab} title={name}>
              <LabSwatch lab={lab} /> {valueWords(chart, values[second] ?? null)}
            </span>
          ))}
        </span>
      </figcaption>
      {/* The slider does the same from the keyboard; the table has the figures. */}
      <svg
        viewBox={`-46 -8 ${CHART_WIDTH + 54} ${CHART_HEIGHT + 28}`}
        aria-hidden="true"
        onPointerDown={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect()
          const inside = ((event.clientX - left) / width) * (CHART_WIDTH + 54) - 46
          seek((inside / CHART_WIDTH) * last * 1000)
        }}
      >
        <path className="frame" d={`M0 0V${CHART_HEIGHT}H${CHART_WIDTH}`} />
        <text x={-6} y={6} textAnchor="end">
          {valueWords(chart, top)}
        </text>
        <text x={-6} y={CHART_HEIGHT} textAnchor="end">
          0
        </text>
        <text x={0} y={CHART_HEIGHT + 15}>
          0 s
        </text>
        <text x={CHART_WIDTH} y={CHART_HEIGHT + 15} textAnchor="end">
          {last} s
        </text>
        <Lines chart={chart} top={top} />
        <line className="now" x1={x} x2={x} y1={0} y2={CHART_HEIGHT} />
      </svg>
    </figure>
  )
})

/** An hour's lines are made once, not for each moment that is shown. */
const Lines = memo(function Lines({ chart, top }: { chart: ComparedChart; top: number }) {
  return chart.lines.map(({ name, values }, lab) => (
    <path
      key={name}
      data-lab={lab}
      strokeDasharray={CHART_DASHES[lab] ?? 'none'}
      d={linePath(values, top)}
    />
  ))
})

// One chart of all labs' lines on one clock. Its legend has the values of the shown second; a press goes to a second.
import { memo, useMemo } from 'react'
import { lineShapes } from '../../../shared/compare/chart-shapes'
import { lineTable } from '../../../shared/compare/chart-tables'
import {
  CHART_HEIGHT,
  CHART_WIDTH,
  type ComparedChart,
  valueWords,
} from '../../../shared/compare/charts'
import { ComparedFigure, drawn } from './ComparedFigure'
import { LabSwatch } from './LabSwatch'
import { seek } from './playback'

interface ChartProps {
  chart: ComparedChart
  /** The shown second. */
  second: number
}

export const ComparedChartView = memo(function ComparedChartView({ chart, second }: ChartProps) {
  const drawing = useMemo(() => drawn(lineShapes(chart)), [chart])
  const table = useMemo(() => lineTable(chart), [chart])
  const last = (chart.lines[0]?.values.length ?? 1) - 1
  const x = (CHART_WIDTH * Math.min(second, last)) / Math.max(1, last)
  return (
    <ComparedFigure
      title={chart.title}
      unit={chart.unit}
      legend={chart.lines.map(({ name, values }, lab) => (
        <span key={name} data-lab={lab} title={name}>
          <LabSwatch lab={lab} /> {valueWords(chart, values[second] ?? null)}
        </span>
      ))}
      drawing={drawing}
      table={table}
      onPress={(part) => seek(part * last * 1000)}
    >
      <line className="now" x1={x} x2={x} y1={0} y2={CHART_HEIGHT} />
    </ComparedFigure>
  )
})

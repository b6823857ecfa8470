// The charts as one picture for a file, always in the colours of the light scheme.
import type { ReactNode } from 'react'
import { formatClock, formatLatency } from '../../../../shared/format'
import type { ChartName } from '../../choices/preferences'
import { cssVariables } from '../../ui/theme/tokens'
import { besideTitle, isDue, type LineChart } from '../chart-lines'
import { latencyHistogram } from '../histogram'
import { kneeOf } from '../knee'
import { LATENCY_WORDS, lineChart } from '../line-charts'
import { NO_UTILISATION } from '../server-charts'
import { groupLabel, type Subject } from '../subject'
import { HistogramDrawing } from './HistogramDrawing'
import { KneeDrawing } from './KneeDrawing'
import { LinesDrawing } from './LinesDrawing'

const CHART = { width: 560, height: 250 }
const GAP = 20
const TITLE = 40
/** Above the drawing of a chart: its title and its legend. */
const CAPTION = 46
const FONT_SIZE = 13
const LIGHT = cssVariables('light')
const paint = (colour: string) => LIGHT[colour.replace(/^var\((.*)\)$/, '$1')] ?? colour
const SHEET = { width: CHART.width, height: CHART.height - CAPTION, fontSize: FONT_SIZE, paint }

const columnsOf = (charts: number) => Math.min(2, charts)

export function chartsPictureSize(charts: number): { width: number; height: number } {
  const columns = columnsOf(charts)
  const rows = Math.ceil(charts / columns)
  return {
    width: columns * CHART.width + (columns + 1) * GAP,
    height: TITLE + rows * (CHART.height + GAP),
  }
}

export function ChartsPicture({
  subject,
  charts,
}: {
  subject: Subject
  charts: readonly ChartName[]
}) {
  const { width, height } = chartsPictureSize(charts.length)
  const { metrics, group, span } = subject
  const title = `${groupLabel(metrics.get(group))}, ${formatClock(span.from * 1000)} to ${formatClock(span.to * 1000)}`
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      fontFamily="system-ui, sans-serif"
      fontSize={FONT_SIZE}
    >
      <title>{title}</title>
      <rect width={width} height={height} fill={paint('var(--panel)')} />
      <text x={GAP} y={27} fontSize={17} fontWeight={600} fill={paint('var(--ink)')}>
        {title}
      </text>
      {charts.map((name, index) => {
        const x = GAP + (index % columnsOf(charts.length)) * (CHART.width + GAP)
        const y = TITLE + Math.floor(index / columnsOf(charts.length)) * (CHART.height + GAP)
        return (
          <g key={name} transform={`translate(${x} ${y})`}>
            <Part name={name} subject={subject} />
          </g>
        )
      })}
    </svg>
  )
}

function Part({ name, subject }: { name: ChartName; subject: Subject }) {
  const words = LATENCY_WORDS[subject.latency]
  switch (name) {
    case 'histogram': {
      const shown = latencyHistogram(subject)
      const legend = shown?.marks.map(({ label, ms }) => ({
        label: `${label} ${formatLatency(ms)}`,
      }))
      return (
        <Captioned title="Latencies" unit={words} legend={legend ?? []}>
          {shown ? <HistogramDrawing shown={shown} sheet={SHEET} /> : <Empty>No answers</Empty>}
        </Captioned>
      )
    }
    case 'knee': {
      const shown = kneeOf(subject)
      return (
        <Captioned
          title="Utilisation against latency"
          unit={`${shown.words}, ${words}`}
          legend={[{ label: 'a point a second; line: mean at each tenth of utilisation' }]}
        >
          {shown.points.length > 0 ? (
            <KneeDrawing shown={shown} sheet={SHEET} />
          ) : (
            <Empty>{NO_UTILISATION}</Empty>
          )}
        </Captioned>
      )
    }
    default: {
      const shown = lineChart(name, subject)
      return (
        <Captioned title={shown.title} unit={besideTitle(shown)} legend={legendOf(shown)}>
          {shown.empty ? (
            <Empty>{shown.empty}</Empty>
          ) : (
            <LinesDrawing shown={shown} sheet={SHEET} />
          )}
        </Captioned>
      )
    }
  }
}

function legendOf({ lines, band }: LineChart): CaptionedProps['legend'] {
  const due = lines.find(isDue)
  return [
    ...lines.filter((line) => !isDue(line)),
    ...(due ? [{ ...due, label: 'due', colour: 'var(--ink)' }] : []),
    ...(band ? [{ label: `grey: ${band.label}` }] : []),
  ]
}

interface CaptionedProps {
  title: string
  unit: string
  legend: readonly { label: string; colour?: string; dash?: readonly number[] }[]
  children: ReactNode
}

function Captioned({ title, unit, legend, children }: CaptionedProps) {
  let x = 0
  return (
    <>
      <text y={14} fill={paint('var(--ink)')}>
        <tspan fontWeight={600}>{title}</tspan> <tspan fill={paint('var(--muted)')}>{unit}</tspan>
      </text>
      {legend.map(({ label, colour, dash }) => {
        const at = x
        x += label.length * FONT_SIZE * 0.55 + 40
        if (x > CHART.width + 40) return null
        return (
          <g key={label} transform={`translate(${at} 34)`}>
            {colour && (
              <path
                d="M0 -4H20"
                stroke={paint(colour)}
                strokeWidth={2}
                strokeDasharray={dash?.join(' ') || undefined}
              />
            )}
            <text x={colour ? 25 : 0} fill={paint('var(--ink)')}>
              {label}
            </text>
          </g>
        )
      })}
      <g transform={`translate(0 ${CAPTION})`}>{children}</g>
    </>
  )
}

function Empty({ children }: { children: ReactNode }) {
  return (
    <text y={40} fill={paint('var(--muted)')}>
      {children}
    </text>
  )
}

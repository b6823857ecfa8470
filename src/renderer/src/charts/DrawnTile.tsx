// The charts that are not by second: the histogram, and utilisation against latency. They are drawn as SVG at the size that they
// have on the screen.
import { memo, type ReactNode, useRef } from 'react'
import { formatClock, formatCount, formatLatency } from '../../../shared/format'
import { useContentSize } from './content-size'
import type { ChartSheet } from './drawing/frame'
import { binWords, HistogramDrawing } from './drawing/HistogramDrawing'
import { KneeDrawing } from './drawing/KneeDrawing'
import type { LatencyHistogram } from './histogram'
import type { Knee } from './knee'
import { LATENCY_WORDS } from './line-charts'
import { NO_UTILISATION } from './server-charts'
import { ChartTable, Tile } from './Tile'

interface HistogramTileProps {
  /** What is measured, in words. */
  words: string
  shown: LatencyHistogram | undefined
}

export const HistogramTile = memo(function HistogramTile({ words, shown }: HistogramTileProps) {
  return (
    <Tile
      title="Latencies"
      unit={words}
      empty={shown ? undefined : 'No message has been answered in this time.'}
      legend={shown && <HistogramLegend shown={shown} />}
    >
      {shown && (
        <>
          <Drawing>{(sheet) => <HistogramDrawing shown={shown} sheet={sheet} />}</Drawing>
          <ChartTable
            caption={`Latencies, ${words}: ${histogramWords(shown)}`}
            columns={['Latency', 'Messages']}
            rows={[
              ...(shown.none > 0 ? [{ head: 'no time', cells: [formatCount(shown.none)] }] : []),
              ...shown.bins.map((bin) => ({
                head: binWords(bin),
                cells: [formatCount(bin.count)],
              })),
            ]}
          />
        </>
      )}
    </Tile>
  )
})

function HistogramLegend({ shown }: { shown: LatencyHistogram }) {
  return (
    <ul className="chart-legend" aria-hidden="true" title={histogramWords(shown)}>
      {shown.marks.map(({ label, ms }) => (
        <li key={label}>
          {label} <b>{formatLatency(ms)}</b>
        </li>
      ))}
      <li className="muted">
        n = {formatCount(shown.count)}, {spanWords(shown)}
      </li>
    </ul>
  )
}

/** `120 messages from 0:04 to 1:20; p50 40 ms, …`. */
function histogramWords(shown: LatencyHistogram): string {
  const marks = shown.marks.map(({ label, ms }) => `${label} ${formatLatency(ms)}`)
  return `${formatCount(shown.count)} messages, ${spanWords(shown)}; ${marks.join(', ')}`
}

function spanWords({ from, to }: { from: number; to: number }): string {
  return `${formatClock(from * 1000)} to ${formatClock(to * 1000)}`
}

interface KneeTileProps {
  words: string
  shown: Knee
}

export const KneeTile = memo(function KneeTile({ words, shown }: KneeTileProps) {
  const { points, means } = shown
  return (
    <Tile
      title="Utilisation against latency"
      unit={words === LATENCY_WORDS.whole ? shown.words : `${shown.words}, ${words}`}
      empty={points.length > 0 ? undefined : NO_UTILISATION}
      legend={
        <ul className="chart-legend" aria-hidden="true">
          {means.length > 1 && <li className="muted">line: mean at each tenth</li>}
        </ul>
      }
    >
      <Drawing>{(sheet) => <KneeDrawing shown={shown} sheet={sheet} />}</Drawing>
      <ChartTable
        caption="Utilisation against latency: the means at each tenth of utilisation"
        columns={['Utilisation', 'Latency']}
        rows={means.map(({ utilisation, ms }) => ({
          head: `${Math.round(100 * utilisation)} %`,
          cells: [formatLatency(ms)],
        }))}
      />
    </Tile>
  )
})

const onScreen = (colour: string) => colour

function Drawing({ children }: { children: (sheet: ChartSheet) => ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const size = useContentSize(place)
  return (
    <div className="chart-drawing" ref={place} aria-hidden="true">
      {size && (
        <svg width={size.width} height={size.height} aria-hidden="true">
          {children({ ...size, paint: onScreen })}
        </svg>
      )}
    </div>
  )
}

// A chart by second: its legend has the figures of the second under the pointer, or else of the moment shown. A click, or Enter,
// looks back to the second.
import { type KeyboardEvent, memo } from 'react'
import { usePointedSecond } from '../choices/pointed-second'
import { pastView } from '../past/past'
import { besideTitle, type ChartBand, isDue, type LineChart } from './chart-lines'
import { figureLabel, timeLabel } from './drawing/axes'
import { LineSample } from './LineSample'
import { Plot } from './Plot'
import { ServersMenu } from './ServersMenu'
import { ChartTable, Tile } from './Tile'

/** Seconds in the table: more would take too long to hear. */
const TABLE_SECONDS = 20

interface LineTileProps {
  chart: LineChart
  /** The moment that is looked back to, in seconds; undefined while live. */
  moment: number | undefined
}

export const LineTile = memo(function LineTile({ chart, moment }: LineTileProps) {
  const { title, lines, band, empty, isDuration } = chart
  return (
    <Tile
      title={title}
      unit={besideTitle(chart)}
      empty={empty}
      legend={<Legend chart={chart} moment={moment} />}
      tools={band && <ServersMenu />}
    >
      <Pointed chart={chart} moment={moment} />
      <ChartTable
        caption={`${title}: the last seconds`}
        columns={['Second', ...lines.map(({ label }) => label), ...(band ? [band.label] : [])]}
        rows={chart.times.slice(-TABLE_SECONDS).map((time, index, shown) => {
          const place = chart.times.length - shown.length + index
          const cells = lines.map(({ values }) => figureLabel(values[place], isDuration))
          return { head: String(time), cells: band ? [...cells, bandLabel(band, place)] : cells }
        })}
      />
    </Tile>
  )
})

function Legend({ chart, moment }: LineTileProps) {
  const index = useShownIndex(chart, moment)
  const due = chart.lines.find(isDue)
  return (
    <ul className="chart-legend" aria-hidden="true">
      {chart.band && (
        <li>
          <i className="band-sample" />
          {chart.band.label} <b>{bandLabel(chart.band, index)}</b>
        </li>
      )}
      {chart.lines.map(({ label, colour, dash, values, isFaint }) => (
        <li key={label} hidden={isDue({ label, isFaint })}>
          <LineSample colour={colour} dash={dash} />
          {label} <b>{figureLabel(values[index], chart.isDuration)}</b>
        </li>
      ))}
      {due && (
        <li>
          <LineSample colour="var(--ink)" dash={due.dash} />
          due
        </li>
      )}
    </ul>
  )
}

/** `1.2–5.6`. */
function bandLabel({ low, high }: ChartBand, index: number): string {
  return `${figureLabel(low[index])}–${figureLabel(high[index])}`
}

/** The index of the second whose figures the legend shows. */
function useShownIndex({ times }: LineChart, moment: number | undefined): number {
  const pointed = usePointedSecond(({ time }) => time)
  const time = pointed ?? (moment === undefined ? undefined : Math.ceil(moment))
  const last = times.length - 1
  return time === undefined ? last : Math.min(last, Math.max(0, time - (times[0] ?? 0)))
}

/** A slider over the chart's seconds. */
function Pointed({ chart, moment }: LineTileProps) {
  const { title, times, lines, band, isDuration } = chart
  const index = useShownIndex(chart, moment)
  const time = times[index] ?? 0
  const { point } = usePointedSecond.getState()

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') void pastView().seek({ at: time * 1000 })
    else {
      const to = movedIndex(event.key, index, times.length)
      if (to === undefined) return
      point(times[to])
    }
    event.preventDefault()
    event.stopPropagation()
  }

  const words = lines.map(
    ({ label, values }) => `${label} ${figureLabel(values[index], isDuration)}`,
  )
  if (band) words.push(`${band.label} ${bandLabel(band, index)}`)
  return (
    <div
      className="chart-plot"
      role="slider"
      tabIndex={0}
      aria-label={`${title} by second`}
      aria-valuemin={times[0] ?? 0}
      aria-valuemax={times.at(-1) ?? 0}
      aria-valuenow={time}
      aria-valuetext={`${timeLabel(time)}: ${words.join(', ')}`}
      aria-description="Arrow keys go from second to second; Enter looks back to it."
      onKeyDown={onKeyDown}
      onBlur={() => point(undefined)}
      onPointerLeave={() => point(undefined)}
      onClick={() => void pastView().seek({ at: time * 1000 })}
    >
      <Plot chart={chart} moment={moment} />
    </div>
  )
}

function movedIndex(key: string, index: number, count: number): number | undefined {
  const page = Math.max(1, Math.round(count / 10))
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    PageDown: index - page,
    PageUp: index + page,
    Home: 0,
    End: count - 1,
  }
  const to = moves[key]
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to))
}

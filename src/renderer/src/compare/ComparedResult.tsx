// The result of a comparison: the first difference in words, the labs at one moment above one another, charts and a table.
import { Download, Pause, Play, StepForward, TriangleAlert } from 'lucide-react'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { comparedCharts } from '../../../shared/compare/charts'
import { figureRows } from '../../../shared/compare/figures'
import { comparisonReport } from '../../../shared/compare/report'
import { comparedShares } from '../../../shared/compare/shares'
import { differenceWords, stoppedWords } from '../../../shared/compare/words'
import { formatDuration } from '../../../shared/format'
import { fileName, saveFile } from '../ui/save-file'
import { ComparedChartView } from './ComparedChartView'
import { ComparedSharesView } from './ComparedSharesView'
import { LabPicture } from './LabPicture'
import { LabSwatch } from './LabSwatch'
import { play, seek, step, togglePlaying } from './playback'
import { type Compared, useComparison } from './run'
import './compared-charts.css'

const SPEEDS = [0.1, 0.5, 1, 5, 20, 100]

interface ResultProps {
  compared: Compared
  /** The form has other settings now. */
  isOld: boolean
}

export function ComparedResult({ compared, isOld }: ResultProps) {
  const { comparison } = compared
  const { labs, difference } = comparison
  const atMs = useComparison((state) => state.atMs)
  const charts = useMemo(() => comparedCharts(comparison), [comparison])
  const shares = useMemo(() => comparedShares(comparison), [comparison])
  const names = useMemo(() => labs.map(({ name }) => name), [labs])
  const pictured = Math.min(...labs.map(({ picturedMs }) => picturedMs))
  const summary = useRef<HTMLDivElement>(null)
  // The form above it is as high as a window.
  useEffect(() => {
    if (comparison.labs.length > 0) summary.current?.scrollIntoView({ block: 'start' })
  }, [comparison])
  return (
    <>
      <div ref={summary} className="compare-summary">
        {isOld && (
          <p className="compare-old">
            <TriangleAlert size={16} aria-hidden="true" /> Result of the settings before. Compare
            again.
          </p>
        )}
        {comparison.stopped && (
          <p className="compare-old" role="status">
            <TriangleAlert size={16} aria-hidden="true" /> {stoppedWords(comparison.stopped)}
          </p>
        )}
        <p className="compare-difference" role="status">
          {differenceWords(comparison)}{' '}
          {difference && (
            <button type="button" className="link" onClick={() => seek(firstAt(compared))}>
              Go there
            </button>
          )}
        </p>
      </div>
      <Clock compared={compared} />
      <div className="lab-pictures">
        {labs.map((lab, index) => (
          <LabPicture key={lab.name} lab={lab} index={index} atMs={Math.min(atMs, pictured)} />
        ))}
        <p className="muted">
          Beside each server: messages that it has now, and its share so far.
          {atMs > pictured &&
            ` The pictures end at ${formatDuration(pictured)}: charts and figures are of the whole time.`}
        </p>
      </div>
      <div className="compared-charts">
        <ComparedSharesView shares={shares} labs={names} />
        {charts.map((chart) => (
          <ComparedChartView key={chart.title} chart={chart} second={Math.floor(atMs / 1000)} />
        ))}
      </div>
      <Figures comparison={comparison} />
    </>
  )
}

function firstAt({ comparison: { difference } }: Compared): number {
  return Math.min(...(difference?.sides ?? []).map(({ at }) => at))
}

function Clock({ compared }: { compared: Compared }) {
  const { atMs, playing } = useComparison()
  const [speed, setSpeed] = useState(1)
  useEffect(() => (playing ? play(speed) : undefined), [playing, speed])
  return (
    <div className="compare-clock">
      <button
        type="button"
        className="icon-button"
        aria-label={playing ? 'Pause' : 'Play'}
        onClick={togglePlaying}
      >
        {playing ? <Pause size={18} aria-hidden="true" /> : <Play size={18} aria-hidden="true" />}
      </button>
      <button type="button" className="icon-button" aria-label="Step" onClick={step}>
        <StepForward size={18} aria-hidden="true" />
      </button>
      <select
        className="compare-input"
        aria-label="Speed"
        value={speed}
        onChange={(event) => setSpeed(Number(event.target.value))}
      >
        {SPEEDS.map((value) => (
          <option key={value} value={value}>
            {value}×
          </option>
        ))}
      </select>
      <input
        type="range"
        aria-label="Time"
        aria-valuetext={formatDuration(atMs)}
        min={0}
        max={compared.endMs}
        step="any"
        value={atMs}
        onChange={(event) => seek(Number(event.target.value))}
      />
      <span className="compare-time">{(atMs / 1000).toFixed(2)} s</span>
      <button type="button" className="button" onClick={() => saveReport(compared)}>
        <Download size={16} aria-hidden="true" /> Save as a report
      </button>
    </div>
  )
}

function saveReport({ comparison, scenario, source }: Compared): void {
  const report = comparisonReport(comparison, scenario, source)
  saveFile(fileName('html'), new Blob([report], { type: 'text/html;charset=utf-8' }))
}

const Figures = memo(function Figures({ comparison }: Pick<Compared, 'comparison'>) {
  const rows = figureRows(comparison)
  return (
    <table className="compare-table">
      <caption className="visually-hidden">
        The labs’ figures, and their ratios to the first
      </caption>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          {comparison.labs.map(({ name }, lab) => (
            <th key={name} scope="col" data-lab={lab}>
              <LabSwatch lab={lab} /> {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, values, ratios }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {values.map((value, lab) => (
              <td key={comparison.labs[lab]?.name}>
                {value} {lab > 0 && <small className="muted">{ratios[lab]}</small>}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
})

// The bar above the charts: chooses the charts and their messages, shows Little's law, and saves the charts.
import { ChartLine, ChevronLeft, ChevronRight, Download } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { memo, useMemo } from 'react'
import { LATENCIES, type Latency } from '../../../shared/metrics/second'
import { EVERYTHING } from '../../../shared/metrics/series'
import {
  CHART_NAMES,
  CHART_STRETCHES,
  type ChartName,
  type ChartStretch,
} from '../choices/preferences'
import { useUi } from '../choices/ui'
import { ButtonMenu } from '../ui/ButtonMenu'
import { ShownMenu } from '../ui/ShownMenu'
import { useChartChoice } from './choice'
import { LittlesLaw } from './LittlesLaw'
import { LATENCY_WORDS } from './line-charts'
import { saveCsv, savePicture } from './save'
import { groupsOf, type Subject } from './subject'
import { upTo } from './up-to'

const STRETCH_WORDS: Readonly<Record<ChartStretch, string>> = {
  60: '1 min',
  300: '5 min',
  900: '15 min',
  3600: '1 hour',
}

const CHART_WORDS: Readonly<Record<ChartName, string>> = {
  messages: 'Messages a second',
  latency: 'Latency by second',
  inFlight: 'In flight and queued',
  shares: 'Share by server',
  histogram: 'Histogram of latencies',
  utilisation: 'Utilisation by server',
  knee: 'Utilisation against latency',
  errors: 'Errors by reason',
}

interface ChartsBarProps {
  subject: Subject
  /** The moment that is looked back to, in seconds; undefined while live. */
  moment: number | undefined
  shown: readonly ChartName[]
  page: PagerProps
}

export const ChartsBar = memo(function ChartsBar({ subject, moment, shown, page }: ChartsBarProps) {
  return (
    <div className="charts-bar">
      <GroupChoice subject={subject} />
      <LatencyChoice latency={subject.latency} />
      <StretchChoice />
      <LittlesLaw subject={subject} to={upTo(moment, subject).span.to} />
      {page.count < page.of && <Pager {...page} />}
      <ChartsMenu />
      <SaveMenu subject={upTo(moment, subject)} shown={shown} />
    </div>
  )
})

function GroupChoice({ subject: { metrics, group } }: { subject: Subject }) {
  const headings = useMemo(() => groupsOf(metrics), [metrics])
  return (
    <select
      className="charts-select"
      aria-label="Messages of"
      value={group}
      onChange={(event) => useChartChoice.setState({ group: event.target.value })}
    >
      <option value={EVERYTHING}>Everything</option>
      {headings.map(({ heading, groups }) => (
        <optgroup key={heading} label={heading}>
          {groups.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  )
}

function LatencyChoice({ latency }: { latency: Latency }) {
  return (
    <select
      className="charts-select"
      aria-label="Latency"
      value={latency}
      onChange={(event) => {
        const chosen = LATENCIES.find((name) => name === event.target.value)
        if (chosen) useChartChoice.setState({ latency: chosen })
      }}
    >
      {(['whole', 'link', 'queue', 'service'] as const).map((name) => (
        <option key={name} value={name}>
          {name === 'whole' ? 'whole latency' : LATENCY_WORDS[name]}
        </option>
      ))}
    </select>
  )
}

function StretchChoice() {
  const stretch = useUi((ui) => ui.chartStretch)
  return (
    <select
      className="charts-select"
      aria-label="Time shown"
      value={stretch}
      onChange={(event) => {
        const chosen = CHART_STRETCHES.find((seconds) => String(seconds) === event.target.value)
        if (chosen) useUi.getState().setChartStretch(chosen)
      }}
    >
      {CHART_STRETCHES.map((seconds) => (
        <option key={seconds} value={seconds}>
          {STRETCH_WORDS[seconds]}
        </option>
      ))}
    </select>
  )
}

interface PagerProps {
  first: number
  count: number
  of: number
  fitting: number
  show(first: number): void
}

function Pager({ first, count, of, fitting, show }: PagerProps) {
  return (
    <div className="charts-pager">
      <button
        type="button"
        className="icon-button"
        aria-label="Charts before"
        title="Charts before"
        disabled={first === 0}
        onClick={() => show(Math.max(0, first - fitting))}
      >
        <ChevronLeft size={16} aria-hidden="true" />
      </button>
      <span aria-live="polite">
        {count === 1 ? first + 1 : `${first + 1}–${first + count}`} of {of}
      </span>
      <button
        type="button"
        className="icon-button"
        aria-label="More charts"
        title="More charts"
        disabled={first + count >= of}
        onClick={() => show(first + fitting)}
      >
        <ChevronRight size={16} aria-hidden="true" />
      </button>
    </div>
  )
}

function ChartsMenu() {
  const shown = useUi((ui) => ui.charts)
  return (
    <ShownMenu
      name="Choose the charts"
      icon={<ChartLine size={16} aria-hidden="true" />}
      heading="Charts"
      items={CHART_NAMES}
      shown={shown}
      wordsOf={(name) => CHART_WORDS[name]}
      onChange={useUi.getState().setCharts}
    />
  )
}

function SaveMenu({ subject, shown }: { subject: Subject; shown: readonly ChartName[] }) {
  return (
    <ButtonMenu
      name="Save the charts"
      icon={<Download size={16} aria-hidden="true" />}
      heading="Save what is shown"
    >
      <DropdownMenu.Item
        className="menu-item"
        onSelect={() => void savePicture('png', subject, shown)}
      >
        As PNG
      </DropdownMenu.Item>
      <DropdownMenu.Item
        className="menu-item"
        onSelect={() => void savePicture('svg', subject, shown)}
      >
        As SVG
      </DropdownMenu.Item>
      <DropdownMenu.Item className="menu-item" onSelect={() => saveCsv(subject)}>
        All seconds as CSV
      </DropdownMenu.Item>
    </ButtonMenu>
  )
}

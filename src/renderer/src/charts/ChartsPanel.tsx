// Charts of each second: rates, errors, latencies, what is in flight, the servers' shares and utilisation. In the past they mark the
// moment that is shown, and move with it.
import { useMemo, useRef, useState } from 'react'
import { formatClock } from '../../../shared/format'
import { useUi } from '../choices/ui'
import { ChartOf } from './ChartOf'
import { ChartsBar } from './ChartsBar'
import { useContentSize } from './content-size'
import { fitOf } from './fit'
import { singlesKeptSince } from './kept-since'
import type { Subject } from './subject'
import { useSubject } from './use-subject'
import './charts.css'

export function ChartsPanel() {
  const { subject, moment } = useSubject()
  if (subject === undefined) return <NoFigures />
  return <Charts subject={subject} moment={moment} />
}

interface ChartsProps {
  subject: Subject
  moment: number | undefined
}

function Charts({ subject, moment }: ChartsProps) {
  const chosen = useUi((ui) => ui.charts)
  const grid = useRef<HTMLDivElement>(null)
  const size = useContentSize(grid)
  const [firstShown, setFirstShown] = useState(0)
  const { columns, rows } = size ? fitOf(chosen.length, size) : { columns: 1, rows: 1 }
  const fitting = columns * rows
  const first = Math.min(firstShown, Math.floor((chosen.length - 1) / fitting) * fitting)
  const shown = chosen.slice(first, first + fitting)
  return (
    <div className="charts">
      <ChartsBar
        subject={subject}
        moment={moment}
        shown={shown}
        page={{ first, count: shown.length, of: chosen.length, fitting, show: setFirstShown }}
      />
      <KeptNote subject={subject} />
      <div
        className="charts-grid"
        ref={grid}
        style={{
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
        }}
      >
        {(size ? shown : []).map((name) => (
          <ChartOf key={name} name={name} subject={subject} moment={moment} />
        ))}
      </div>
    </div>
  )
}

/** Says what is missing, if the time that is shown begins before it. */
function KeptNote({ subject: { metrics, span } }: { subject: Subject }) {
  const since = useMemo(() => singlesKeptSince(metrics), [metrics])
  if (since === undefined || since <= span.from) return null
  return (
    <p className="charts-note muted">
      {`Figures of single policies, servers and clients are kept since ${formatClock(since * 1000)}; those of everything together for the whole hour. The recording has all: look back to see earlier ones.`}
    </p>
  )
}

function NoFigures() {
  return (
    <div className="empty">
      <p>There is no second to show yet.</p>
      <p className="muted">
        Send messages, or press <kbd>X</kbd> for traffic: after each second of the lab’s time, its
        rates, latencies and shares appear here. A click on a chart looks back to that second.
      </p>
    </div>
  )
}

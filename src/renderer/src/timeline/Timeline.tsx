// The whole session as a line under the canvas: the moment on the screen, the marks, and whether time runs.
import { History, Lock, Pause } from 'lucide-react'
import { useLab } from '../lab/lab'
import { usePast } from '../past/past'
import { Scrubber } from './Scrubber'
import './timeline.css'
import { formatMoment, formatStart, type Status, timeStatus } from './words'

export function Timeline() {
  const past = usePast()
  const { view, extent } = past
  return (
    <section className="timeline" data-view={view} aria-label="Timeline">
      <span className="timeline-time muted" aria-hidden="true">
        {formatStart(extent.from)}
      </span>
      <Scrubber place={past} />
      <time className="timeline-time">{formatMoment(past.at)}</time>
      <StatusWord />
    </section>
  )
}

/** Whether the screen is live, and whether the lab's time runs. */
function StatusWord() {
  const view = usePast((past) => past.view)
  const idle = usePast((past) => past.atRest)
  const paused = useLab(({ live }) => live.clock.paused)
  const connected = useLab((lab) => lab.connected)
  const status = timeStatus({ view, connected, paused, idle })
  return (
    <span
      className="timeline-status"
      data-status={status}
      title={status === 'Idle' ? 'Nothing has been in flight since the time shown' : undefined}
    >
      <StatusIcon status={status} />
      {status}
    </span>
  )
}

function StatusIcon({ status }: { status: Status }) {
  switch (status) {
    case 'Past':
      return <History size={14} aria-hidden="true" />
    case 'Recording':
      return <Lock size={13} aria-hidden="true" />
    case 'Paused':
      return <Pause size={13} fill="currentColor" aria-hidden="true" />
    case 'Live':
    case 'Idle':
    case 'Offline':
      return <span className="timeline-dot" aria-hidden="true" />
  }
}

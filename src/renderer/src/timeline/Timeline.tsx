// The whole session as a line under the canvas: the moment on the screen, the marks, and whether time runs.
import { History, Lock, Pause } from 'lucide-react'
import { useHeldQueues } from '../lab/held-packets'
import { useLab } from '../lab/lab'
import { usePast } from '../past/past'
import { Scrubber } from './Scrubber'
import './timeline.css'
import { formatMoment, formatStart, type Status, statusWords, timeStatus } from './words'

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
  const held = useHeldQueues().reduce((sum, { packets }) => sum + packets.length, 0)
  const status = timeStatus({ view, connected, paused, idle, held })
  return (
    <span className="timeline-status" data-status={status} title={TITLES[status]}>
      <StatusIcon status={status} />
      {statusWords(status, held)}
    </span>
  )
}

const TITLES: Partial<Record<Status, string>> = {
  Idle: 'Nothing has happened since the time shown',
  Held: 'Only held packets are in flight: release them to go on',
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
    case 'Held':
    case 'Offline':
      return <span className="timeline-dot" aria-hidden="true" />
  }
}

// Offers the recordings of sessions that ended without being closed.
import { History, X } from 'lucide-react'
import type { RecoveredSession } from '../../../shared/contract'
import { formatBytes } from '../../../shared/format'
import { usePast } from '../past/past'
import { discardRecovered, hide, openRecovered, useRecovered } from '../past/recovered'

export function RecoveredNotice() {
  const session = useRecovered(({ sessions }) => sessions[0])
  const live = usePast(({ view }) => view === 'now')
  if (!session || !live) return null
  return (
    <div className="notice recovered" role="alert">
      <History size={18} aria-hidden="true" />
      <div className="recovered-body">
        <p>
          Roundabout ended unexpectedly {whenOf(session)}. Its session was recorded up to the last
          second.
        </p>
        <div className="recovered-actions">
          <button
            type="button"
            className="button primary"
            onClick={() => void openRecovered(session)}
          >
            Open
          </button>
          <button type="button" className="button" onClick={() => discardRecovered(session)}>
            Discard
          </button>
          <small>{formatBytes(session.bytes)}</small>
        </div>
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label="Not now"
        title="Not now: it is offered again at the next start"
        onClick={() => hide(session.name)}
      >
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  )
}

/** `at 14:03`, with the date if it was not today. */
function whenOf({ endedAt }: RecoveredSession): string {
  const ended = new Date(endedAt)
  const time = ended.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  if (ended.toDateString() === new Date().toDateString()) return `at ${time}`
  return `on ${ended.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })} at ${time}`
}

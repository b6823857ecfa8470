// Offers the sessions whose process ended without closing them.
import { History, X } from 'lucide-react'
import { formatBytes } from '../../../shared/format'
import { sessionWords, whenWords } from '../../../shared/session-words'
import { discardSession, hide, openSession, useKeptSessions } from '../past/kept-sessions'
import { usePast } from '../past/past'

export function RecoveredNotice() {
  const session = useKeptSessions(({ sessions, hidden }) =>
    sessions.find(({ name, crashed }) => crashed && !hidden.has(name)),
  )
  const live = usePast(({ view }) => view === 'now')
  if (!session || !live) return null
  return (
    <div className="notice recovered" role="alert">
      <History size={18} aria-hidden="true" />
      <div className="recovered-body">
        <p>
          Roundabout ended unexpectedly: {whenWords(session.endedAt, Date.now())}. Its session was
          kept up to the last second.
        </p>
        <div className="recovered-actions">
          <button
            type="button"
            className="button primary"
            onClick={() => void openSession(session)}
          >
            Open
          </button>
          <button type="button" className="button" onClick={() => discardSession(session)}>
            Discard
          </button>
          <small>
            {sessionWords(session, Date.now())} · {formatBytes(session.bytes)}
          </small>
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

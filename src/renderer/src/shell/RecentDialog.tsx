// The list of kept sessions: each can be opened as a recording, or discarded.
import { Trash2 } from 'lucide-react'
import type { KeptSession } from '../../../shared/contract'
import { counted, formatBytes } from '../../../shared/format'
import { MAX_KEPT_SESSIONS } from '../../../shared/limits'
import { durationWords, whenWords } from '../../../shared/session-words'
import { useUi } from '../choices/ui'
import { discardSession, openSession, useKeptSessions } from '../past/kept-sessions'
import { Modal } from '../ui/Modal'
import './recent.css'

export function RecentDialog() {
  const sessions = useKeptSessions((kept) => kept.sessions)
  const { setRecentOpen } = useUi.getState()
  const close = () => setRecentOpen(false)
  return (
    <Modal title="Open recent" onClose={close}>
      {sessions.length === 0 ? (
        <p>No earlier session is kept yet.</p>
      ) : (
        <ul className="recent">
          {sessions.map((session) => (
            <RecentSession key={session.name} session={session} onOpen={close} />
          ))}
        </ul>
      )}
      <p className="muted">
        The last {MAX_KEPT_SESSIONS} sessions in which something happened are kept on this machine.
        To keep one for longer, open it and save the recording.
      </p>
    </Modal>
  )
}

interface RecentSessionProps {
  session: KeptSession
  onOpen(): void
}

function RecentSession({ session, onOpen }: RecentSessionProps) {
  const { startedAt, messages, scenario, bytes, crashed } = session
  const when = whenWords(startedAt, Date.now())
  function open() {
    onOpen()
    void openSession(session)
  }
  return (
    <li>
      <button type="button" className="recent-open" data-first-focus onClick={open}>
        <strong>{when}</strong>
        <span>
          {[
            durationWords(session),
            ...(messages === null ? [] : [counted(messages, 'message')]),
            ...(scenario === null ? [] : [scenario]),
          ].join(' · ')}
        </span>
        <small>
          {formatBytes(bytes)}
          {crashed && ' · ended unexpectedly'}
        </small>
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`Discard the session of ${when}`}
        title="Discard"
        onClick={() => discardSession(session)}
      >
        <Trash2 size={16} aria-hidden="true" />
      </button>
    </li>
  )
}

// The notices so far, in a dialog.
import { useUi } from '../choices/ui'
import { Modal } from '../ui/Modal'

export function NoticeLog() {
  const log = useUi((ui) => ui.noticeLog)
  const { setNoticeLogOpen } = useUi.getState()
  return (
    <Modal title="Earlier notices" onClose={() => setNoticeLogOpen(false)}>
      {log.length === 0 && <p className="muted">No notices so far.</p>}
      <ol className="notice-log">
        {log.map(({ id, level, text, at }) => (
          <li key={id}>
            <time className="muted">{new Date(at).toLocaleTimeString('en-GB')}</time>
            <span>
              {level === 'error' && <b>Error: </b>}
              {text}
            </span>
          </li>
        ))}
      </ol>
    </Modal>
  )
}

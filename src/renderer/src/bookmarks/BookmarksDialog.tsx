// The bookmarks of the session or of the recording: each can be gone to and, by an operator of the running lab, named and
// removed.
import { Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Bookmark } from '../../../shared/bookmark'
import { MAX_CAPTION_CHARS } from '../../../shared/limits'
import { momentHere } from '../actions/bookmarks'
import { run } from '../actions/run'
import { shortcutOf } from '../actions/shortcuts'
import { useUi } from '../choices/ui'
import { useLine } from '../line/line'
import { useBookmarks } from '../past/bookmarks'
import { pastView, usePast } from '../past/past'
import { formatMoment } from '../timeline'
import { Modal } from '../ui/Modal'
import './bookmarks.css'

export function BookmarksDialog() {
  const bookmarks = useBookmarks()
  const isRecording = usePast(({ view }) => view === 'recording')
  const isOperator = useLine(({ role }) => role === 'operator')
  const canChange = isOperator && !isRecording
  const close = () => useUi.getState().setBookmarksOpen(false)
  return (
    <Modal title="Bookmarks" onClose={close}>
      {canChange && <NewBookmark onAdded={close} />}
      {bookmarks.length === 0 ? (
        <p>{canChange ? 'No moment has a bookmark yet.' : 'Nobody has set a bookmark.'}</p>
      ) : (
        <ul className="bookmarks">
          {bookmarks.map((bookmark) => (
            <Row key={bookmark.id} bookmark={bookmark} canChange={canChange} onOpen={close} />
          ))}
        </ul>
      )}
      <p className="muted">
        {shortcutOf('previousBookmark')} and {shortcutOf('nextBookmark')} go from bookmark to
        bookmark. They are kept in the session’s recording.
      </p>
    </Modal>
  )
}

function NewBookmark({ onAdded }: { onAdded: () => void }) {
  const [caption, setCaption] = useState('')
  // The lab runs on while the caption is being written.
  const [moment] = useState(momentHere)
  async function add(event: FormEvent) {
    event.preventDefault()
    if (caption.trim() === '') return
    const { ok } = await run({ type: 'setBookmark', caption, moment })
    if (ok) onAdded()
  }
  return (
    <form className="bookmark-new" onSubmit={(event) => void add(event)}>
      <label>
        <span>A caption for {formatMoment(moment.at)}</span>
        <input
          type="text"
          value={caption}
          maxLength={MAX_CAPTION_CHARS}
          data-first-focus
          onChange={(event) => setCaption(event.target.value)}
        />
      </label>
      <button type="submit" className="button primary" disabled={caption.trim() === ''}>
        Bookmark this moment
      </button>
    </form>
  )
}

interface RowProps {
  bookmark: Bookmark
  canChange: boolean
  onOpen(): void
}

function Row({ bookmark, canChange, onOpen }: RowProps) {
  const { id, at, seq, caption } = bookmark
  function open() {
    onOpen()
    void pastView().seek({ seq })
  }
  return (
    <li>
      <button type="button" className="bookmark-open" onClick={open}>
        <time>{formatMoment(at)}</time>
        <strong>{caption}</strong>
      </button>
      {canChange && (
        <button
          type="button"
          className="icon-button"
          aria-label={`Remove the bookmark “${caption}”`}
          title="Remove"
          onClick={() => void run({ type: 'removeBookmark', id })}
        >
          <Trash2 size={16} aria-hidden="true" />
        </button>
      )}
    </li>
  )
}

// A note about a message: a fault, a warning, or information.
import { Info, TriangleAlert } from 'lucide-react'
import type { Remark } from '../../../shared/diagnosis/message-notes'
import { withVisibleControls } from '../../../shared/visible-controls'

export function NoteLine({ level, text }: Remark) {
  const Icon = level === 'info' ? Info : TriangleAlert
  return (
    <p className={level === 'info' ? 'note is-info' : 'note'}>
      <Icon size={15} aria-hidden="true" />
      <span>{withVisibleControls(text)}</span>
    </p>
  )
}

export function NoteList({ notes }: { notes: readonly Remark[] }) {
  return notes.map((note) => <NoteLine key={note.text} {...note} />)
}

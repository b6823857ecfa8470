// The dialogs: the list of shortcuts, kept sessions, the questions before the lab is replaced, and the progress of long work.
import { keyLabel, SHORTCUTS, titleOf } from '../actions/shortcuts'
import { BookmarksDialog } from '../bookmarks'
import { CheckDialog } from '../checking'
import { useUi } from '../choices/ui'
import { CompareView } from '../compare'
import { ExportDialog } from '../exporting'
import { LessonsDialog } from '../lessons'
import { RoomDialog } from '../room'
import { SwapDialog } from '../swapping'
import { Modal } from '../ui/Modal'
import { AnewDialog } from './AnewDialog'
import './dialogs.css'
import { ExamplesDialog } from './ExamplesDialog'
import { NewSessionDialog } from './NewSessionDialog'
import { NoticeLog } from './NoticeLog'
import { ProgressDialog } from './ProgressDialog'
import { RecentDialog } from './RecentDialog'

export function Dialogs() {
  const shortcutsOpen = useUi((ui) => ui.shortcutsOpen)
  const anewAsked = useUi((ui) => ui.anewAsked)
  const noticeLogOpen = useUi((ui) => ui.noticeLogOpen)
  const comparing = useUi((ui) => ui.comparing)
  const recentOpen = useUi((ui) => ui.recentOpen)
  const examplesOpen = useUi((ui) => ui.examplesOpen)
  const lessonsOpen = useUi((ui) => ui.lessonsOpen)
  const checkOpen = useUi((ui) => ui.checkOpen)
  const bookmarksOpen = useUi((ui) => ui.bookmarksOpen)
  const exportOpen = useUi((ui) => ui.exportOpen)
  const swapOpen = useUi((ui) => ui.swapOpen)
  const roomOpen = useUi((ui) => ui.roomOpen)
  return (
    <>
      {shortcutsOpen && <ShortcutsDialog />}
      {noticeLogOpen && <NoticeLog />}
      {comparing && <CompareView />}
      {recentOpen && <RecentDialog />}
      {examplesOpen && <ExamplesDialog />}
      {bookmarksOpen && <BookmarksDialog />}
      {lessonsOpen && <LessonsDialog />}
      {exportOpen && <ExportDialog />}
      {checkOpen && <CheckDialog />}
      {swapOpen && <SwapDialog />}
      {roomOpen && <RoomDialog />}
      {anewAsked === 'newSession' && <NewSessionDialog />}
      {anewAsked && anewAsked !== 'newSession' && <AnewDialog about={anewAsked} />}
      <ProgressDialog />
    </>
  )
}

const GROUPS = [...new Set(SHORTCUTS.map((shortcut) => shortcut.group))]

function ShortcutsDialog() {
  const { setShortcutsOpen } = useUi.getState()
  return (
    <Modal title="Keyboard shortcuts" onClose={() => setShortcutsOpen(false)}>
      <div className="shortcut-groups">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {SHORTCUTS.filter(
                (shortcut) => shortcut.group === group && shortcut.keys.length > 0,
              ).map(({ action, keys }) => (
                <div key={action}>
                  <dt>{titleOf(action)}</dt>
                  <dd>
                    {keys.map((key) => (
                      <kbd key={key}>{keyLabel(key)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="shortcut-notes muted">
        On the canvas, the arrow keys go from node to node and over links, Enter selects (and opens
        a selected policy’s algorithms) and Delete removes. In lists, the arrow keys select; on the
        timeline, they go from event to event and, with Shift, from mark to mark. Single keys do
        nothing while you type.
      </p>
    </Modal>
  )
}

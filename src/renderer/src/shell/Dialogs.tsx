// The dialogs: the list of shortcuts, the question before a reset, and the progress of long work.
import type { Scenario } from '../../../shared/scenario'
import { run } from '../actions/actions'
import { saveRecording } from '../actions/files'
import { beginScenario } from '../actions/scenario'
import { keyLabel, SHORTCUTS, titleOf } from '../actions/shortcuts'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { Modal } from '../ui/Modal'
import { scenarioName } from '../ui/names'
import { NoticeLog } from './NoticeLog'
import { ProgressDialog } from './ProgressDialog'

export function Dialogs() {
  const shortcutsOpen = useUi((ui) => ui.shortcutsOpen)
  const anewAsked = useUi((ui) => ui.anewAsked)
  const noticeLogOpen = useUi((ui) => ui.noticeLogOpen)
  return (
    <>
      {shortcutsOpen && <ShortcutsDialog />}
      {noticeLogOpen && <NoticeLog />}
      {anewAsked && <AnewDialog about={anewAsked} />}
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
      <p className="muted">
        On the canvas, the arrow keys go from node to node, Enter selects and Delete removes. In
        lists, the arrow keys select; on the timeline, they go from event to event and, with Shift,
        from mark to mark. Single keys do nothing while you type.
      </p>
    </Modal>
  )
}

interface AnewDialogProps {
  about: 'reset' | Scenario
}

function AnewDialog({ about }: AnewDialogProps) {
  const current = useLab(({ live }) => live.scenario)
  const { askAnew, select } = useUi.getState()
  async function begin() {
    askAnew(null)
    if (about !== 'reset') return beginScenario(about)
    const result = await run({ type: 'reset' })
    if (result.ok) select(null)
  }
  const opens = about !== 'reset'
  const name = scenarioName(opens ? about.name : current)
  return (
    <Modal title={opens ? `Open ${name}?` : 'Reset the lab?'} onClose={() => askAnew(null)}>
      <p>
        This removes the servers, clients, packets and counters on the screen and starts {name}
        {opens ? '' : ' again'}. Outside programs have to join again.
      </p>
      <div className="modal-actions">
        <button type="button" className="button" onClick={() => askAnew(null)}>
          Cancel
        </button>
        <button type="button" className="button" onClick={() => void saveRecording()}>
          Save the recording first…
        </button>
        <button type="button" className="button primary" onClick={() => void begin()}>
          {opens ? 'Open' : 'Reset'}
        </button>
      </div>
    </Modal>
  )
}

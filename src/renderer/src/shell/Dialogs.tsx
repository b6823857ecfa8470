// The dialogs: every shortcut on one page, the question before everything is thrown away, and long work.
import { useUi } from '../store/ui'
import { run } from './actions'
import { Modal } from './Modal'
import { ProgressDialog } from './ProgressDialog'
import { keyLabel, SHORTCUTS } from './shortcuts'

export function Dialogs() {
  const shortcutsOpen = useUi((ui) => ui.shortcutsOpen)
  const resetAsked = useUi((ui) => ui.resetAsked)
  return (
    <>
      {shortcutsOpen && <ShortcutsDialog />}
      {resetAsked && <ResetDialog />}
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
              ).map(({ action, title, keys }) => (
                <div key={action}>
                  <dt>{title}</dt>
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
        from mark to mark. Keys rest while you type.
      </p>
    </Modal>
  )
}

function ResetDialog() {
  const { setResetAsked, select } = useUi.getState()
  async function reset() {
    setResetAsked(false)
    const result = await run({ type: 'reset' })
    if (result.ok) select(null)
  }
  return (
    <Modal title="Start again?" onClose={() => setResetAsked(false)}>
      <p>
        The servers, clients, packets and counters on the screen go, and the pool that this lab
        started with comes back. Outside programs have to join again.
      </p>
      <div className="modal-actions">
        <button type="button" className="button" onClick={() => setResetAsked(false)}>
          Cancel
        </button>
        <button type="button" className="button primary" onClick={() => void reset()}>
          Reset
        </button>
      </div>
    </Modal>
  )
}

// The question before the lab begins again within its session: by a reset, or with another scenario.
import type { Scenario } from '../../../shared/scenario'
import { run } from '../actions/actions'
import { saveRecording } from '../actions/files'
import { beginAsked } from '../actions/scenario'
import { noteChange } from '../actions/undo'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { Modal } from '../ui/Modal'
import { scenarioName } from '../ui/names'

interface AnewDialogProps {
  about: 'reset' | Scenario
}

export function AnewDialog({ about }: AnewDialogProps) {
  const current = useLab(({ live }) => live.scenario)
  const { askAnew, select } = useUi.getState()
  const opens = about !== 'reset'
  const name = scenarioName(opens ? about.name : current)
  async function begin() {
    askAnew(null)
    if (opens) return beginAsked(about)
    const result = await run({ type: 'reset' })
    if (!result.ok) return
    noteChange('The lab was reset.', result)
    select(null)
  }
  return (
    <Modal title={opens ? `Open ${name}?` : 'Reset the lab?'} onClose={() => askAnew(null)}>
      <p>
        This removes the servers, clients, packets and counters on the screen and starts {name}
        {opens ? '' : ' again'}. Outside programs have to join again.
      </p>
      <p className="muted">
        It stays the same session: its timeline and packet numbers go on, and you can still look
        back. For another class, begin a new session{opens ? ' first' : ' instead'}.
      </p>
      <div className="modal-actions">
        <button type="button" className="button" onClick={() => askAnew(null)}>
          Cancel
        </button>
        {opens ? (
          <button type="button" className="button" onClick={() => void saveRecording()}>
            Save the recording first…
          </button>
        ) : (
          <button type="button" className="button" onClick={() => askAnew('newSession')}>
            New session…
          </button>
        )}
        <button
          type="button"
          className="button primary"
          data-first-focus
          onClick={() => void begin()}
        >
          {opens ? 'Open' : 'Reset'}
        </button>
      </div>
    </Modal>
  )
}

// The question before a new session: what it begins with.
import { useState } from 'react'
import type { CommandOf } from '../../../shared/commands'
import { run } from '../actions/actions'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { Modal } from '../ui/Modal'
import { scenarioName } from '../ui/names'

export function NewSessionDialog() {
  const scenario = useLab(({ live }) => live.scenario)
  const [pool, setPool] = useState<CommandOf<'newSession'>['pool']>('asItIs')
  const { askAnew } = useUi.getState()
  const choices = [
    { value: 'asItIs', label: 'The servers, clients and settings as they are now' },
    { value: 'asOpened', label: `As after a reset: ${scenarioName(scenario)}` },
  ] as const
  function begin() {
    askAnew(null)
    void run({ type: 'newSession', pool })
  }
  return (
    <Modal title="Begin a new session?" onClose={() => askAnew(null)}>
      <p>
        For another class, say: the timeline, packet numbers and counters begin at 0. This session
        is kept under “Open recent”. Outside programs have to join again.
      </p>
      <fieldset className="choices">
        <legend>It begins with</legend>
        {choices.map(({ value, label }) => (
          <label key={value}>
            <input
              type="radio"
              name="pool"
              checked={pool === value}
              onChange={() => setPool(value)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <div className="modal-actions">
        <button type="button" className="button" onClick={() => askAnew(null)}>
          Cancel
        </button>
        <button type="button" className="button primary" data-first-focus onClick={begin}>
          New session
        </button>
      </div>
    </Modal>
  )
}

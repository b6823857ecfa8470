// Says that outside programs have taken over ids of the lab's own servers, and offers these others.
import { CircleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { freeId } from '../../../shared/chosen-ids'
import { serversWithTakenId, takenIdsWords } from '../../../shared/state/taken-ids'
import { giveNewIds } from '../actions/new-ids'
import { usePacedState } from '../lab/paced'
import { usePast, useRefusal } from '../past/past'

export function TakenIdsNotice() {
  const state = usePacedState()
  const live = usePast(({ view }) => view === 'now')
  const refusal = useRefusal()
  const [dismissed, setDismissed] = useState('')
  const [busy, setBusy] = useState(false)
  const servers = serversWithTakenId(state)
  const nodes = servers.map(({ id }) => id)
  const key = nodes.join(' ')
  if (servers.length === 0 || !live || key === dismissed) return null

  async function giveOthers(): Promise<void> {
    setBusy(true)
    await giveNewIds(nodes)
    setBusy(false)
  }

  return (
    <div className="notice error" role="alert">
      <CircleAlert size={18} aria-hidden="true" />
      <div className="notice-body">
        <p>{takenIdsWords(servers)}</p>
        {refusal === undefined && (
          <div className="notice-actions">
            <button
              type="button"
              className="button primary"
              disabled={busy}
              onClick={() => void giveOthers()}
            >
              {servers.length === 1
                ? `Give the lab’s server the id ${freeId('server', state)}`
                : 'Give the lab’s servers other ids'}
            </button>
          </div>
        )}
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label="Dismiss"
        onClick={() => setDismissed(key)}
      >
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  )
}

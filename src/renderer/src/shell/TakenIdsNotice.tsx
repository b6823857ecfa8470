// Says that outside programs have the ids of the lab's own servers or clients, and offers these others.
import { CircleAlert, Info } from 'lucide-react'
import { useState } from 'react'
import { freeId } from '../../../shared/chosen-ids'
import type { NodeState, State } from '../../../shared/state/state'
import {
  clientsWithSharedId,
  serversWithTakenId,
  sharedIdsWords,
  takenIdsWords,
} from '../../../shared/state/taken-ids'
import { giveNewIds } from '../actions/new-ids'
import { usePacedState } from '../lab/paced'
import { usePast, useRefusal } from '../past/past'
import { DismissButton } from './DismissButton'

export function TakenIdsNotice() {
  const state = usePacedState()
  const live = usePast(({ view }) => view === 'now')
  if (!live) return null
  return (
    <>
      <SharedIdNotice kind="server" nodes={serversWithTakenId(state)} state={state} />
      <SharedIdNotice kind="client" nodes={clientsWithSharedId(state)} state={state} />
    </>
  )
}

interface SharedIdNoticeProps {
  kind: 'server' | 'client'
  nodes: readonly NodeState[]
  state: Pick<State, 'nodes' | 'rows'>
}

/** A server without its id is an error: it gets no messages. Clients with one id only look alike. */
function SharedIdNotice({ kind, nodes, state }: SharedIdNoticeProps) {
  const refusal = useRefusal()
  const [dismissed, setDismissed] = useState('')
  const [busy, setBusy] = useState(false)
  const ids = nodes.map(({ id }) => id)
  const key = ids.join(' ')
  if (nodes.length === 0 || key === dismissed) return null
  const isError = kind === 'server'
  const Icon = isError ? CircleAlert : Info

  async function giveOthers(): Promise<void> {
    setBusy(true)
    await giveNewIds(kind, ids)
    setBusy(false)
  }

  return (
    <div className={isError ? 'notice error' : 'notice info'} role={isError ? 'alert' : 'status'}>
      <Icon size={18} aria-hidden="true" />
      <div className="notice-body">
        <p>{isError ? takenIdsWords(nodes) : sharedIdsWords(nodes)}</p>
        {refusal === undefined && (
          <div className="notice-actions">
            <button
              type="button"
              className="button primary"
              disabled={busy}
              onClick={() => void giveOthers()}
            >
              {nodes.length === 1
                ? `Give the lab’s ${kind} the id ${freeId(kind, state)}`
                : `Give the lab’s ${kind}s other ids`}
            </button>
          </div>
        )}
      </div>
      <DismissButton onDismiss={() => setDismissed(key)} />
    </div>
  )
}

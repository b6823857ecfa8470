// Edits an inside client: its id, the policy that it asks for, and what it sends.
import { useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { NodeState } from '../../../shared/state/state'
import { useLab } from '../store/lab'
import { useCommandForm } from './command-form'
import { Field } from './Field'
import { FormFrame } from './FormFrame'

const FIELDS = ['id', 'policy', 'payload'] as const

export interface ActorFormProps {
  node: NodeState
  /** Saved; `node` is the id that the node has now. */
  onDone(node: string | undefined): void
  onCancel?: () => void
  autoFocus?: boolean
}

/** Mount it anew (`key={node.id}`) for another node: it starts from the node's values and then keeps its own. */
export function ClientForm({ node, onDone, onCancel, autoFocus = false }: ActorFormProps) {
  const [id, setId] = useState(node.protocolId ?? '')
  const [policy, setPolicy] = useState(node.policy ?? '')
  const [payload, setPayload] = useState(node.payload ?? '')
  const policies = useLab(useShallow(({ state }) => [...state.next.keys()]))
  const { error, busy, submit } = useCommandForm(FIELDS, onDone)
  const wordsFor = (field: (typeof FIELDS)[number] | null) =>
    error?.field === field ? error.text : undefined
  return (
    <FormFrame
      name={`Edit client ${node.protocolId}`}
      error={wordsFor(null)}
      busy={busy}
      onCancel={onCancel}
      onSubmit={() => submit({ type: 'updateClient', node: node.id, id, policy, payload })}
    >
      <Field label="Id" value={id} onChange={setId} error={wordsFor('id')} autoFocus={autoFocus} />
      <Field
        label="Privacy policy"
        value={policy}
        onChange={setPolicy}
        error={wordsFor('policy')}
        list={policies}
      />
      <Field label="Payload" value={payload} onChange={setPayload} error={wordsFor('payload')} />
    </FormFrame>
  )
}

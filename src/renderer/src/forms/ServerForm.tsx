// Edits an inside server: its id, the policy that it serves, and whether the proxy keeps its connection open.
import { useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useLab } from '../store/lab'
import type { ActorFormProps } from './ClientForm'
import { useCommandForm } from './command-form'
import { Field } from './Field'
import { FormFrame } from './FormFrame'

const FIELDS = ['id', 'policy', 'keepConnection'] as const

/** Mount it anew (`key={node.id}`) for another node: it starts from the node's values and then keeps its own. */
export function ServerForm({ node, onDone, onCancel, autoFocus = false }: ActorFormProps) {
  const [id, setId] = useState(node.protocolId ?? '')
  const [policy, setPolicy] = useState(node.policy ?? '')
  const [keepConnection, setKeepConnection] = useState(node.keepConnection ?? false)
  const policies = useLab(useShallow(({ state }) => [...state.next.keys()]))
  const { error, busy, submit } = useCommandForm(FIELDS, onDone)
  const wordsFor = (field: (typeof FIELDS)[number] | null) =>
    error?.field === field ? error.text : undefined
  return (
    <FormFrame
      name={`Edit server ${node.protocolId}`}
      error={wordsFor(null) ?? wordsFor('keepConnection')}
      busy={busy}
      onCancel={onCancel}
      onSubmit={() => submit({ type: 'updateServer', node: node.id, id, policy, keepConnection })}
    >
      <Field label="Id" value={id} onChange={setId} error={wordsFor('id')} autoFocus={autoFocus} />
      <Field
        label="Privacy policy"
        value={policy}
        onChange={setPolicy}
        error={wordsFor('policy')}
        list={policies}
      />
      <label className="field-check">
        <input
          type="checkbox"
          checked={keepConnection}
          onChange={(event) => setKeepConnection(event.target.checked)}
        />
        Keep the connection from the proxy open
      </label>
    </FormFrame>
  )
}

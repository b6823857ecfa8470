// Edits an inside server: its id, the policy that it serves, and whether the proxy keeps its connection open.
import { useState } from 'react'
import { FormFrame } from './FormFrame'
import { IdAndPolicy } from './IdAndPolicy'
import { type ActorFormProps, useActorForm } from './use-actor-form'

/** Mount it anew (`key={node.id}`) for another node. */
export function ServerForm(props: ActorFormProps) {
  const { node, onCancel, autoFocus } = props
  const form = useActorForm(props, ['id', 'policy', 'keepConnection'])
  const { id, policy, busy, submit, wordsFor } = form
  const [keepConnection, setKeepConnection] = useState(node.keepConnection ?? false)
  return (
    <FormFrame
      name={`Edit server ${node.protocolId}`}
      error={wordsFor(null) ?? wordsFor('keepConnection')}
      busy={busy}
      onCancel={onCancel}
      onSubmit={() => submit({ type: 'updateServer', node: node.id, id, policy, keepConnection })}
    >
      <IdAndPolicy form={form} autoFocus={autoFocus} />
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

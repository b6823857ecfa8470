// Edits an inside client: its id, the policy that it asks for, and what it sends.
import { useState } from 'react'
import { Field } from './Field'
import { FormFrame } from './FormFrame'
import { IdAndPolicy } from './IdAndPolicy'
import { type ActorFormProps, useActorForm } from './use-actor-form'

/** Mount it anew (`key={node.id}`) for another node. */
export function ClientForm(props: ActorFormProps) {
  const { node, onCancel, autoFocus } = props
  const form = useActorForm(props, ['id', 'policy', 'payload'])
  const { id, policy, busy, submit, wordsFor } = form
  const [payload, setPayload] = useState(node.payload ?? '')
  return (
    <FormFrame
      name={`Edit client ${node.protocolId}`}
      error={wordsFor(null)}
      busy={busy}
      onCancel={onCancel}
      onSubmit={() => submit({ type: 'updateClient', node: node.id, id, policy, payload })}
    >
      <IdAndPolicy form={form} autoFocus={autoFocus} />
      <Field label="Payload" value={payload} onChange={setPayload} error={wordsFor('payload')} />
    </FormFrame>
  )
}

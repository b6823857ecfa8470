// Edits a client or a server: its id, its policy and its settings. For an outside program, only the lab's settings: its
// id and policy come from its own messages.
import { useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { editableSettings } from '../../../shared/settings/registry'
import type { NodeState } from '../../../shared/state/state'
import { useLab } from '../lab/lab'
import { inSentence, nameOfNode } from '../ui/names'
import { useCommandForm } from './command-form'
import { Field } from './Field'
import { FormFrame } from './FormFrame'
import { SettingField } from './SettingField'
import { draftOf, valuesOf } from './setting-values'

interface NodeFormProps {
  node: NodeState
  /** Called after saving; `node` is the node's id from now on. */
  onDone(node: string | undefined): void
  onCancel?: () => void
  autoFocus?: boolean
}

/** Starts with the node's values and then keeps its own. For another node, mount another form (`key={node.id}`). */
export function NodeForm({ node, onDone, onCancel, autoFocus = false }: NodeFormProps) {
  const settings = editableSettings(node)
  const isInside = node.origin === 'inside'
  const policies = useLab(useShallow(({ state }) => [...state.next.keys()]))
  const [id, setId] = useState(node.protocolId ?? '')
  const [policy, setPolicy] = useState(node.policy ?? '')
  const [draft, setDraft] = useState(() => draftOf(settings, node))
  const form = useCommandForm(['id', 'policy', ...Object.keys(settings)], onDone)
  const wordsFor = (field: string | null) =>
    form.error?.field === field ? form.error.text : undefined
  const submit = () =>
    form.submit({
      type: node.role === 'client' ? 'updateClient' : 'updateServer',
      node: node.id,
      ...(isInside ? { id, policy } : {}),
      ...valuesOf(settings, draft),
    })
  return (
    <FormFrame
      name={`Edit ${inSentence(nameOfNode(node))}`}
      error={wordsFor(null)}
      busy={form.busy}
      onCancel={onCancel}
      onSubmit={() => void submit()}
    >
      {isInside && (
        <>
          <Field
            label="Id"
            value={id}
            onChange={setId}
            error={wordsFor('id')}
            autoFocus={autoFocus}
          />
          <Field
            label="Privacy policy"
            value={policy}
            onChange={setPolicy}
            error={wordsFor('policy')}
            list={policies}
          />
        </>
      )}
      {Object.entries(settings).map(([name, setting]) => (
        <SettingField
          key={name}
          setting={setting}
          value={draft[name]}
          error={wordsFor(name)}
          onChange={(value) => setDraft({ ...draft, [name]: value })}
        />
      ))}
    </FormFrame>
  )
}

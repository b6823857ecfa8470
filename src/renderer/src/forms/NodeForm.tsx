// Edits a client or a server: its id, its policy and its settings. For an outside program, only the lab's settings: its
// id and policy come from its own messages.
import { useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { Settings } from '../../../shared/settings/derive'
import { editableSettings, scalarsIn } from '../../../shared/settings/registry'
import type { NodeState } from '../../../shared/state/state'
import { useLab } from '../lab/lab'
import { inSentence, nameOfNode } from '../ui/names'
import { type Saved, useCommandForm } from './command-form'
import { FeatureField } from './FeatureField'
import { Field } from './Field'
import { FormFrame } from './FormFrame'
import { SettingField } from './SettingField'
import { type Draft, draftOf, type Entered, valuesOf } from './setting-values'

interface Identity {
  id?: string
  policy?: string
}

interface NodeFormProps {
  node: NodeState
  /** Called after saving. */
  onDone(saved: Saved): void
  onCancel?: () => void
  autoFocus?: boolean
  /** Shows the node's values alone; the changes are kept. */
  readOnly?: boolean
}

/**
 * Shows the node's values and, over them, what the person has changed here. Only that is sent: others may have changed
 * the rest since. For another node, mount another form (`key={node.id}`).
 */
export function NodeForm({
  node,
  onDone,
  onCancel,
  autoFocus = false,
  readOnly = false,
}: NodeFormProps) {
  const editable = editableSettings(node)
  // A client's traffic and a server's misbehaviour have parts of their own in the inspector, where they take effect at once.
  const { behaviour: _behaviour, ...ofServer } = editable
  const settings: Settings = node.role === 'client' ? scalarsIn(editable) : ofServer
  const isInside = node.origin === 'inside'
  const policies = useLab(useShallow(({ state }) => [...state.next.keys()]))
  const [identity, setIdentity] = useState<Identity>({})
  const [changes, setChanges] = useState<Draft>({})
  const { id = node.protocolId ?? '', policy = node.policy ?? '' } = readOnly ? {} : identity
  const draft = { ...draftOf(settings, node), ...(readOnly ? {} : changes) }
  const form = useCommandForm(['id', 'policy', ...Object.keys(settings)], (changed) => {
    setIdentity({})
    setChanges({})
    onDone(changed)
  })
  const allAbout = (field: string | null) =>
    form.errors.filter((error) => error.field === field).map(({ text }) => text)
  const wordsFor = (field: string | null) => allAbout(field)[0]
  const submit = () =>
    form.submit({
      type: node.role === 'client' ? 'updateClient' : 'updateServer',
      node: node.id,
      ...identity,
      ...valuesOf(settings, changes),
    })
  return (
    <FormFrame
      name={`${onCancel ? 'Edit' : 'Settings of'} ${inSentence(nameOfNode(node))}`}
      error={wordsFor(null)}
      refusals={form.errors}
      busy={form.busy}
      onCancel={onCancel}
      onSubmit={() => void submit()}
    >
      {isInside && (
        <>
          <Field
            label="Id"
            value={id}
            onChange={(changed) => setIdentity({ ...identity, id: changed })}
            error={wordsFor('id')}
            autoFocus={autoFocus}
          />
          <Field
            label="Privacy policy"
            value={policy}
            onChange={(changed) => setIdentity({ ...identity, policy: changed })}
            error={wordsFor('policy')}
            list={policies}
          />
        </>
      )}
      {Object.entries(settings).map(([name, setting]) => {
        const value = draft[name]
        const change = (value: Entered) => setChanges({ ...changes, [name]: value })
        return setting.kind === 'feature' ? (
          <FeatureField
            key={name}
            setting={setting}
            value={value}
            errors={allAbout(name)}
            onChange={change}
          />
        ) : (
          <SettingField
            key={name}
            setting={setting}
            value={value}
            error={wordsFor(name)}
            onChange={change}
          />
        )
      })}
    </FormFrame>
  )
}

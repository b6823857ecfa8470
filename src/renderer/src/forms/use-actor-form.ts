// What editing a client and editing a server have in common: the id and the policy, and the engine's words on them.
import { useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { NodeState } from '../../../shared/state/state'
import { useLab } from '../lab/lab'
import { type CommandForm, useCommandForm } from './command-form'

export interface ActorFormProps {
  node: NodeState
  /** Saved; `node` is the id that the node has now. */
  onDone(node: string | undefined): void
  onCancel?: () => void
  autoFocus?: boolean
}

export interface ActorForm<Field extends string>
  extends Pick<CommandForm<Field>, 'busy' | 'submit'> {
  id: string
  policy: string
  /** Policies to choose from. */
  policies: readonly string[]
  setId(id: string): void
  setPolicy(policy: string): void
  /** What is wrong with a field; with null, what is wrong with the whole form. */
  wordsFor(field: Field | null): string | undefined
}

/** It starts from the node's values and then keeps its own. `fields`: those that the engine may name in an error. */
export function useActorForm<Field extends string>(
  { node, onDone }: ActorFormProps,
  fields: readonly Field[],
): ActorForm<Field> {
  const [id, setId] = useState(node.protocolId ?? '')
  const [policy, setPolicy] = useState(node.policy ?? '')
  const policies = useLab(useShallow(({ state }) => [...state.next.keys()]))
  const { error, busy, submit } = useCommandForm(fields, onDone)
  return {
    id,
    setId,
    policy,
    setPolicy,
    policies,
    busy,
    submit,
    wordsFor: (field: Field | null) => (error?.field === field ? error.text : undefined),
  }
}

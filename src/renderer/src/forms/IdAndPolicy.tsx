// The two fields that every actor has.
import { Field } from './Field'
import type { ActorForm } from './use-actor-form'

interface IdAndPolicyProps {
  form: ActorForm<'id' | 'policy'>
  autoFocus: boolean | undefined
}

export function IdAndPolicy({ form, autoFocus = false }: IdAndPolicyProps) {
  return (
    <>
      <Field
        label="Id"
        value={form.id}
        onChange={form.setId}
        error={form.wordsFor('id')}
        autoFocus={autoFocus}
      />
      <Field
        label="Privacy policy"
        value={form.policy}
        onChange={form.setPolicy}
        error={form.wordsFor('policy')}
        list={form.policies}
      />
    </>
  )
}

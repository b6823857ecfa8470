// How a server is set to fail: what a person sees of it, and what the proxy sees.
import { BEHAVIOUR_WORDS } from '../../../shared/behaviour-words'
import { UNKNOWN } from '../../../shared/settings/setting'
import type { NodeState } from '../../../shared/state/state'

export function FailingWords({ behaviour }: { behaviour: NodeState['behaviour'] | undefined }) {
  if (typeof behaviour !== 'object' || behaviour.kind === UNKNOWN) return null
  const { seen, proxy } = BEHAVIOUR_WORDS[behaviour.kind]
  return (
    <dl className="link-fault-words misbehaviour-words">
      <dt>You see</dt>
      <dd>{seen}</dd>
      <dt>The proxy sees</dt>
      <dd>{proxy}</dd>
    </dl>
  )
}

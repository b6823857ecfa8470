// How a server is set to fail, and for which messages: changed at once, as the faults of its link are. What a person sees of it,
// and what the proxy sees.
import { BEHAVIOUR_WORDS } from '../../../shared/behaviour-words'
import { BEHAVIOUR } from '../../../shared/settings/features/behaviour'
import { OFF, UNKNOWN } from '../../../shared/settings/setting'
import type { NodeState } from '../../../shared/state/state'
import { setServer } from '../actions/servers'
import { LiveSettings } from '../forms'
import './link-faults.css'

interface MisbehaviourProps {
  node: NodeState
  /** Why nothing can be changed now; undefined if changes are possible. */
  refusal: string | undefined
}

export function ServerMisbehaviour({ node, refusal }: MisbehaviourProps) {
  return (
    <fieldset className="settings" disabled={refusal !== undefined} title={refusal}>
      <legend className="visually-hidden">Misbehaviour</legend>
      <LiveSettings
        settings={{ behaviour: BEHAVIOUR }}
        values={{ behaviour: node.behaviour ?? OFF }}
        change={(values) => setServer(node.id, values)}
      />
      <FailingWords behaviour={node.behaviour} />
    </fieldset>
  )
}

function FailingWords({ behaviour }: { behaviour: NodeState['behaviour'] | undefined }) {
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

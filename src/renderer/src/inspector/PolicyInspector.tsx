// A policy: how a server is chosen for its messages, its servers, and its latest decision.
import { counted } from '../../../shared/format'
import type { ProtocolId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { perform } from '../actions/actions'
import { titleOf } from '../actions/shortcuts'
import { KeysMovedView, LatestDecision, NextChoices } from '../decisions'
import { useRefusal } from '../past/past'
import { Id } from '../ui/Id'
import { policySwatch } from '../ui/theme/policy'
import { PoolServers } from './PoolServers'
import { PoolSettings } from './PoolSettings'
import { poolMembers } from './pool-members'
import { WaitingList } from './WaitingList'

export function PolicyInspector({ policy, state }: { policy: ProtocolId; state: State }) {
  const refusal = useRefusal()?.sentence
  const members = poolMembers(state, policy)
  const decision = state.decisions.get(policy)
  return (
    <>
      <p className="inspector-over">Privacy policy · {counted(members.length, 'server')}</p>
      <h2 className="inspector-title">
        <span className="swatch" style={{ background: policySwatch(state, policy) }} />
        <Id before="Policy " text={policy} />
      </h2>
      <WaitingList policy={policy} state={state} />
      <PoolSettings policies={[policy]} state={state} refusal={refusal} isTitled />
      <p className="pool-coming">
        <NextChoices policy={policy} />
        <KeysMovedView policy={policy} state={state} />
      </p>
      <PoolServers members={members} isReadOnly={refusal !== undefined} />
      <button type="button" className="link" onClick={() => perform('exportPools')}>
        {titleOf('exportPools')}
      </button>
      {decision && !state.foreign && <LatestDecision decision={decision} state={state} />}
    </>
  )
}

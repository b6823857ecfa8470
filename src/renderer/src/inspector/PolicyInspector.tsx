// A policy: how a server is chosen for its messages, its servers, and its latest decision.
import { counted } from '../../../shared/format'
import type { ProtocolId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { KeysMovedView, NextChoices } from '../decisions'
import { useRefusal } from '../past/past'
import { Id } from '../ui/Id'
import { policySwatch } from '../ui/theme/policy'
import { LatestDecision } from './LatestDecision'
import { PoolSettings } from './PoolSettings'
import { type PoolMember, poolMembers } from './pool-members'

const MOST_SERVERS = 50

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
      <PoolSettings policies={[policy]} state={state} refusal={refusal} isTitled />
      <p className="pool-coming">
        <NextChoices policy={policy} />
        <KeysMovedView policy={policy} state={state} />
      </p>
      <Servers members={members} />
      {decision && <LatestDecision decision={decision} state={state} />}
    </>
  )
}

function Servers({ members }: { members: readonly PoolMember[] }) {
  if (members.length === 0) return <p className="muted">No server is registered for it.</p>
  const left = members.length - MOST_SERVERS
  return (
    <section>
      <table className="pool-servers" aria-label="Servers of the policy">
        <thead>
          <tr>
            <th scope="col">Server</th>
            <th scope="col">Weight</th>
            <th scope="col" title="Messages that it has not answered yet, as on its card">
              In flight
            </th>
            <th scope="col" title="Of the messages for which a server of the policy was chosen">
              Share
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {members.slice(0, MOST_SERVERS).map(({ server, node, standing, ...member }) => (
            <tr key={server}>
              <th scope="row">
                <button
                  type="button"
                  className="link"
                  onClick={() => useUi.getState().select({ kind: 'node', id: node })}
                >
                  <Id text={server} />
                </button>
              </th>
              <td>{member.weight}</td>
              <td>{member.inFlight}</td>
              <td>{member.share}</td>
              <td title={standing.details || undefined}>{standing.words}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <p className="muted">{counted(left, 'more server')}: see the switching table.</p>
      )}
    </section>
  )
}

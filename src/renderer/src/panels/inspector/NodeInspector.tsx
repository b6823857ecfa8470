// A node: what it is, its settings, its counters, its open connections, and the last decision that concerned it.
import { Trash2 } from 'lucide-react'
import { PROXY } from '../../../../shared/ids'
import type { Connection, NodeState, State } from '../../../../shared/state/state'
import { ClientForm } from '../../forms/ClientForm'
import { ServerForm } from '../../forms/ServerForm'
import { removeNode } from '../../shell/actions'
import { useUi } from '../../store/ui'
import { counted, formatCount } from '../../text/format'
import { inSentence, nameOfNode, nodeName } from '../../text/names'
import { policyVariable } from '../../theme/policy'
import { Facts } from './Facts'
import { LastDecision } from './LastDecision'

export function NodeInspector({ node, state }: { node: NodeState; state: State }) {
  const name = nameOfNode(node)
  return (
    <>
      <p className="inspector-over">{whatItIs(node)}</p>
      <h2 className="inspector-title">
        {node.policy !== undefined && (
          <span className="swatch" style={{ background: policyVariable(state, node.policy) }} />
        )}
        {name}
      </h2>
      <Settings node={node} />
      <Facts title="Counters" facts={countersOf(node, state)} />
      {node.role === 'proxy' && <ProxyDecisions state={state} />}
      {node.role === 'server' && <ServerDecision node={node} state={state} />}
      <Connections node={node} state={state} />
      {node.id !== PROXY && (
        <button type="button" className="button danger" onClick={() => void removeNode(node.id)}>
          <Trash2 size={15} aria-hidden="true" />
          Remove {inSentence(name)}
        </button>
      )}
    </>
  )
}

function whatItIs(node: NodeState): string {
  if (node.role === 'proxy')
    return `Reverse proxy, round-robin per policy · port ${node.port ?? '?'}`
  if (node.origin === 'outside') return 'An outside program that joined over a socket'
  return node.port === undefined ? 'Runs in this app' : `Runs in this app · port ${node.port}`
}

/** The app's own actors can be changed; of an outside program only what it said is known. */
function Settings({ node }: { node: NodeState }) {
  if (node.origin === 'inside' && node.role === 'client')
    return <ClientForm node={node} onDone={saved} />
  if (node.origin === 'inside' && node.role === 'server')
    return <ServerForm node={node} onDone={saved} />
  const facts: [string, string][] = []
  if (node.protocolId !== undefined) facts.push(['id', node.protocolId])
  if (node.policy !== undefined) facts.push(['privacy policy', node.policy])
  if (node.port !== undefined) facts.push(['listen port', String(node.port)])
  return <Facts title="As it said" facts={node.role === 'proxy' ? [] : facts} />
}

function saved(): void {
  useUi.getState().notify('info', 'Saved.')
}

function countersOf(node: NodeState, state: State): [string, string][] {
  const facts: [string, string][] = [
    [node.role === 'client' ? 'answers' : 'served', formatCount(node.served)],
    ['sent', formatCount(node.sent)],
    ['received', formatCount(node.received)],
    ['in flight', formatCount(node.inFlight)],
    ['errors', formatCount(node.errors)],
  ]
  if (node.role === 'proxy') {
    const { correct, wrong } = state.totals.verdicts
    facts.push(['hashes', `${formatCount(correct)} correct, ${formatCount(wrong)} wrong`])
  }
  if (node.lastVerdict) facts.push(['last answer', node.lastVerdict])
  return facts
}

function ProxyDecisions({ state }: { state: State }) {
  return [...state.decisions.values()].map((decision) => (
    <LastDecision key={decision.policy} decision={decision} state={state} />
  ))
}

function ServerDecision({ node, state }: { node: NodeState; state: State }) {
  const decision = node.policy === undefined ? undefined : state.decisions.get(node.policy)
  return decision ? <LastDecision decision={decision} state={state} /> : null
}

const MOST_CONNECTIONS = 50

function Connections({ node, state }: { node: NodeState; state: State }) {
  const own: Connection[] = []
  for (const connection of state.connections.values()) {
    if (connection.from === node.id || connection.to === node.id) own.push(connection)
  }
  return (
    <section>
      <h3>{counted(own.length, 'open connection')}</h3>
      <ul className="connections">
        {own.slice(-MOST_CONNECTIONS).map((connection) => (
          <li key={connection.id}>
            {inSentence(nodeName(state, connection.from))} <b>:{connection.fromPort}</b> →{' '}
            {inSentence(nodeName(state, connection.to))} <b>:{connection.toPort}</b>
          </li>
        ))}
      </ul>
      {own.length > MOST_CONNECTIONS && (
        <p className="muted">The newest {MOST_CONNECTIONS} are listed.</p>
      )}
    </section>
  )
}

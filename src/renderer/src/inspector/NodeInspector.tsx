// A node: what it is, its settings, its counters, its open connections, and the last decision that concerned it.

import { ArrowLeftRight, CirclePause, Power, Trash2 } from 'lucide-react'
import { answersByHand } from '../../../shared/by-hand'
import { findingsOf } from '../../../shared/diagnosis/doctor/findings'
import type { Node } from '../../../shared/events'
import type { ForeignState } from '../../../shared/foreign-proxy'
import { counted, formatCount, formatTime } from '../../../shared/format'
import { PROXY } from '../../../shared/ids'
import { inWords } from '../../../shared/settings/derive'
import { editableSettings, scalarsIn, settingsOfRole } from '../../../shared/settings/registry'
import { answerFaultsOf } from '../../../shared/state/answer-faults'
import { clashesOf } from '../../../shared/state/clashes'
import { detailsOf, isAway, standingsIn } from '../../../shared/state/standing'
import type { CheckResult, Connection, NodeState, State } from '../../../shared/state/state'
import { perform, removeNode } from '../actions/actions'
import { holdNext, useIsArmed } from '../actions/holding'
import { drainServer, stopServer } from '../actions/servers'
import { shortcutOf, titleOf } from '../actions/shortcuts'
import { noteChange } from '../actions/undo'
import { useUi } from '../choices/ui'
import { LatestDecision } from '../decisions'
import { NodeForm, type Saved } from '../forms'
import { useRefusal } from '../past/past'
import { ForeignFacts } from '../swapping'
import { NoteLine } from '../ui/NoteLine'
import { inSentence, nameOfNode, nodeName } from '../ui/names'
import { StandingIcon } from '../ui/StandingIcon'
import { StandingWords } from '../ui/StandingWords'
import { Tip } from '../ui/Tip'
import { policySwatch } from '../ui/theme/policy'
import { AnswersByHand } from './AnswersByHand'
import { ClientTraffic } from './ClientTraffic'
import { Doctor } from './Doctor'
import { Facts } from './Facts'
import { LinkFaults } from './LinkFaults'
import { Noticed } from './Noticed'
import { PoolSettings } from './PoolSettings'
import { ServerMisbehaviour } from './ServerMisbehaviour'

export function NodeInspector({ node, state }: { node: NodeState; state: State }) {
  const foreign = node.role === 'proxy' ? state.foreign : null
  const name = foreign?.name ?? nameOfNode(node)
  const refusal = useRefusal()?.sentence
  return (
    <>
      <p className="inspector-over">{foreign ? foreignPlace(foreign) : whatItIs(node)}</p>
      <h2 className="inspector-title">
        {node.policy !== undefined && (
          <span className="swatch" style={{ background: policySwatch(state, node.policy) }} />
        )}
        {name}
      </h2>
      {node.label && <p className="inspector-way">{node.label}</p>}
      {clashesOf(state, node.id).map(({ mark, details }) => (
        <NoteLine key={mark} level="off" text={details} />
      ))}
      <ServerStanding node={node} state={state} />
      <AnswersByHand key={`by hand ${node.id}`} node={node} state={state} refusal={refusal} />
      {node.origin === 'outside' && <Doctor node={node} state={state} />}
      {node.origin === 'outside' && <Noticed node={node.id} state={state} />}
      <Settings node={node} refusal={refusal} />
      {node.role === 'client' && node.origin === 'inside' && (
        <ClientTraffic node={node} refusal={refusal} />
      )}
      {node.role === 'server' && node.origin === 'inside' && (
        <ServerMisbehaviour node={node} refusal={refusal} />
      )}
      {refusal === undefined && <NodeButtons node={node} />}
      {(node.role === 'client' || node.role === 'server') && (
        <LinkFaults node={node} state={state} refusal={refusal} />
      )}
      {foreign ? (
        <ForeignFacts foreign={foreign} />
      ) : (
        <Pool node={node} state={state} refusal={refusal} />
      )}
      <Facts title="Counters" facts={countersOf(node, state)} />
      {node.role === 'proxy' && !foreign && <ProxyDecisions state={state} />}
      {node.role === 'server' && !state.foreign && <ServerDecision node={node} state={state} />}
      <Connections node={node} state={state} />
      {node.id === PROXY && !foreign && refusal === undefined && (
        <button type="button" className="button" onClick={() => perform('swapProxy')}>
          <ArrowLeftRight size={15} aria-hidden="true" />
          {titleOf('swapProxy')}
        </button>
      )}
      {node.id !== PROXY && refusal === undefined && (
        <button type="button" className="button danger" onClick={() => void removeNode(node.id)}>
          <Trash2 size={15} aria-hidden="true" />
          Remove {inSentence(name)}
        </button>
      )}
    </>
  )
}

/** Why a server is down, or that it is not known whether it still is up; and what was wrong with its answers. */
function ServerStanding({ node, state }: { node: NodeState; state: State }) {
  const row = node.protocolId === undefined ? undefined : state.rows.get(node.protocolId)
  if (node.role !== 'server' || row?.node !== node.id) return null
  const standings = standingsIn(state, row)
  const details = detailsOf(standings, row, node)
  // Where the socket doctor has found something, it says more; and a person who types makes other mistakes than a program.
  const isSaidElsewhere =
    answersByHand(node) || findingsOf(state.examinations.get(node.id)).length > 0
  const faults = isSaidElsewhere ? undefined : answerFaultsOf(row)
  return (
    <>
      <p className="inspector-way">
        <StandingWords standings={standings} />
      </p>
      {details !== '' && (
        <NoteLine level={standings.some(isAway) ? 'off' : 'info'} text={details} />
      )}
      {faults && <NoteLine level="off" text={faults.details} />}
      {row.lastCheck && (
        <p className="inspector-way">
          Last health check at {formatTime(row.lastCheck.at)}: {checkWords(row.lastCheck)}
        </p>
      )}
    </>
  )
}

function checkWords({ passed, detail }: CheckResult): string {
  return passed ? 'passed' : `failed, ${detail}`
}

function foreignPlace({ kind, port }: ForeignState): string {
  return `${kind === 'check' ? 'The proxy that the check plays' : 'In the proxy’s place'} · port ${port}`
}

function whatItIs(node: NodeState): string {
  if (node.role === 'proxy') return `Reverse proxy · port ${node.port ?? '?'}`
  if (node.origin === 'outside') return 'An outside program, over a socket of its own'
  return node.port === undefined
    ? `Built-in ${node.role}`
    : `Built-in ${node.role} · port ${node.port}`
}

interface SettingsProps {
  node: NodeState
  /** Why nothing can be changed now; undefined if changes are possible. */
  refusal: string | undefined
}

/** The pools: all of them for the proxy, and its own for a server. */
function Pool({ node, state, refusal }: SettingsProps & { state: State }) {
  if (node.role === 'proxy') {
    // A scenario may configure a pool before anybody serves its policy.
    const policies = new Set([...state.next.keys(), ...state.pools.keys()])
    return <PoolSettings policies={[...policies]} state={state} refusal={refusal} />
  }
  if (node.role !== 'server' || node.policy === undefined) return null
  return <PoolSettings policies={[node.policy]} state={state} refusal={refusal} />
}

/** An outside program's facts, and the lab's settings for it. */
function Settings({ node, refusal }: SettingsProps) {
  if (node.role === 'proxy') return null
  const canBeChanged =
    node.origin === 'inside' || Object.keys(scalarsIn(editableSettings(node))).length > 0
  return (
    <>
      {node.origin === 'outside' && <Facts title="As it said" facts={factsOf(node)} />}
      {canBeChanged && (
        <fieldset className="settings" disabled={refusal !== undefined}>
          <legend className="visually-hidden">Settings</legend>
          {refusal !== undefined && <p className="muted">{refusal}</p>}
          <NodeForm key={node.id} node={node} onDone={saved} readOnly={refusal !== undefined} />
        </fieldset>
      )}
    </>
  )
}

function factsOf(node: Node): [string, string][] {
  const facts: [string, string][] = []
  if (node.protocolId !== undefined) facts.push(['id', node.protocolId])
  if (node.policy !== undefined) facts.push(['privacy policy', node.policy])
  const editable = editableSettings(node)
  const own = Object.entries(settingsOfRole(node.role)).filter(([name]) => !(name in editable))
  for (const [label, words] of inWords(Object.fromEntries(own), { ...node })) {
    facts.push([label.toLowerCase(), words])
  }
  return facts
}

function NodeButtons({ node }: { node: NodeState }) {
  const armed = useIsArmed(node.id)
  const what = node.role === 'proxy' ? 'The next packet anywhere' : 'The next packet on its link'
  const drains = node.drain === true
  return (
    <section className="node-buttons">
      <Tip text={`${what} stops on its way`} shortcut={shortcutOf('holdNext')}>
        <button
          type="button"
          className="button"
          aria-pressed={armed}
          aria-keyshortcuts={shortcutOf('holdNext')}
          onClick={() => holdNext(node.id)}
        >
          <CirclePause size={15} aria-hidden="true" />
          {armed ? 'Holding the next packet' : 'Hold the next packet'}
        </button>
      </Tip>
      {node.role === 'server' && (
        <button type="button" className="button" onClick={() => void drainServer(node.id, !drains)}>
          <StandingIcon kind={drains ? 'up' : 'draining'} size={14} />
          {drains ? 'Take messages again' : 'Drain'}
        </button>
      )}
      {node.role === 'server' && node.origin === 'inside' && (
        <button
          type="button"
          className="button"
          onClick={() => void stopServer(node.id, !node.stopped)}
        >
          <Power size={14} aria-hidden="true" />
          {node.stopped ? 'Start' : 'Stop'}
        </button>
      )}
    </section>
  )
}

/** A changed id makes it another node, which is then selected. */
function saved(result: Saved): void {
  noteChange('Saved.', result)
  if (result.node !== undefined) useUi.getState().select({ kind: 'node', id: result.node })
}

function countersOf(node: NodeState, state: State): [string, string][] {
  const isServer = node.role === 'server'
  const row = isServer ? state.rows.get(node.protocolId ?? '') : undefined
  const inFlight = isServer ? (row?.node === node.id && row.inFlight) || 0 : node.inFlight
  const facts: [string, string][] = [
    [node.role === 'client' ? 'answers' : 'served', formatCount(node.served)],
    ['sent', formatCount(node.sent)],
    ['received', formatCount(node.received)],
    [isServer ? 'messages in flight' : 'packets in flight', formatCount(inFlight)],
    ['errors', formatCount(node.errors)],
  ]
  if (node.working !== undefined) {
    facts.push(['works on', formatCount(node.working)])
    facts.push(['waiting in it', formatCount(node.waiting ?? 0)])
  }
  if (node.role === 'proxy') {
    const { correct, wrong } = state.totals.verdicts
    facts.push(['hashes', `${formatCount(correct)} correct, ${formatCount(wrong)} wrong`])
  }
  if (node.wrongHashes) facts.push(['wrong answers', formatCount(node.wrongHashes)])
  if (node.lastVerdict) facts.push(['last answer', node.lastVerdict])
  if (node.lastSeenAt !== undefined) facts.push(['last seen', formatTime(node.lastSeenAt)])
  return facts
}

/** The latest decision of each policy. */
function ProxyDecisions({ state }: { state: State }) {
  return [...state.decisions.values()].map((decision) => (
    <LatestDecision key={decision.policy} decision={decision} state={state} />
  ))
}

function ServerDecision({ node, state }: { node: NodeState; state: State }) {
  const decision = node.policy === undefined ? undefined : state.decisions.get(node.policy)
  return decision ? <LatestDecision decision={decision} state={state} /> : null
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

// A server: its policy, and its share of the policy's answers.
import { Plug } from 'lucide-react'
import { memo } from 'react'
import type { NodeProps } from 'reactflow'
import { counted, formatCount, formatTime } from '../../../../shared/format'
import type { NodeId } from '../../../../shared/ids'
import { SERVER_SETTINGS } from '../../../../shared/settings/server'
import { type AnswerFaults, answerFaultsOf } from '../../../../shared/state/answer-faults'
import { type Standing, standingOf } from '../../../../shared/state/standing'
import type { NodeState, RowState } from '../../../../shared/state/state'
import { visibly } from '../../../../shared/visible-controls'
import { nameOfNode } from '../../ui/names'
import { policyVariable } from '../../ui/theme/policy'
import type { ActorFlowNode } from '../flow'
import { sharePercent } from '../shares'
import { useSampled } from '../use-sampled'
import { ActorCard, ActorTitle, Figure, InFlight } from './NodeParts'

type Health = 'up' | 'down' | 'health unknown' | 'not registered' | 'id taken'

export const ServerNode = memo(function ServerNode({
  id,
  data: { tier },
}: NodeProps<ActorFlowNode>) {
  const node = useSampled(tier, (state) => state.nodes.get(id))
  const protocolId = node?.protocolId
  const row = useSampled(tier, ({ rows }) =>
    protocolId === undefined ? undefined : rows.get(protocolId),
  )
  const share = useSampled(tier, (state) =>
    sharePercent(state.rows, { id, protocolId }, tier === 'card' ? 'total' : 'most'),
  )
  const colour = useSampled(tier, (state) => policyVariable(state, node?.policy))
  if (!node) return null

  const health = healthOf(id, row)
  const standing = row?.node === id ? standingOf(row, node) : undefined
  const inFlight = row?.node === id ? (row.inFlight ?? 0) : 0
  const faults = row?.node === id ? answerFaultsOf(row) : undefined
  return (
    <ActorCard
      node={node}
      tier={tier}
      name={serverName(node, { health, inFlight, standing, faults })}
      badge={standing?.kind === 'seen' || standing?.kind === 'down' ? seenWords(node) : undefined}
      colour={colour}
      className={`is-${(health === 'id taken' ? 'not registered' : health).replace(' ', '-')}`}
    >
      <span className="node-line" aria-hidden="true">
        <ActorTitle node={node} tier={tier} OutsideIcon={Plug} />
        {tier === 'compact' && hasWeight(node) && (
          <Figure className="node-aside" text={`×${node.weight}`} title={`weight ${node.weight}`} />
        )}
        {tier === 'card' && <InFlight count={inFlight} what="message" />}
        {tier !== 'chip' && (
          <Aside
            node={node}
            health={health}
            tier={tier}
            details={standing?.details}
            faults={faults}
          />
        )}
      </span>
      <span className="node-line" aria-hidden="true">
        {tier === 'card' && node.label && (
          <span className="server-label" title={node.label}>
            {node.label}
          </span>
        )}
        {tier === 'card' && hasWeight(node) && (
          <Figure className="node-aside" text={`weight ${node.weight}`} />
        )}
        <span className="server-share">
          <span style={{ transform: `scaleX(${share / 100})` }} />
        </span>
        {tier === 'card' && <Served node={node} faults={faults} />}
      </span>
    </ActorCard>
  )
})

function healthOf(id: NodeId, row: RowState | undefined): Health {
  if (row === undefined) return 'not registered'
  if (row.node !== id) return 'id taken'
  return row.health === 'unknown' ? 'health unknown' : row.health
}

interface AsideProps {
  node: NodeState
  health: Health
  tier: string
  details: string | undefined
  faults: AnswerFaults | undefined
}

/** Another weight than the usual one. */
function hasWeight({ weight }: NodeState): boolean {
  return weight !== undefined && weight !== SERVER_SETTINGS.weight.default
}

/** For an outside server, of which no more is known than that. */
function seenWords({ lastSeenAt }: NodeState): string | undefined {
  return lastSeenAt === undefined ? undefined : `seen ${formatTime(lastSeenAt)}`
}

/** Right of the name: the port, or what is wrong; on smaller nodes, the count. */
function Aside({ node, health, tier, details, faults }: AsideProps) {
  if (health === 'down' || health === 'id taken') {
    return <Figure className="server-down" text={health} title={details || undefined} />
  }
  if (tier === 'compact' && faults) {
    const text = `✗ ${formatCount(faults.count)}`
    return <Figure className="server-down" text={text} title={faults.details} />
  }
  if (tier === 'compact') return <Figure className="node-aside" text={formatCount(node.served)} />
  return node.port === undefined ? null : <Figure className="node-aside" text={`:${node.port}`} />
}

function Served({ node, faults }: Pick<AsideProps, 'node' | 'faults'>) {
  return faults === undefined ? (
    <Figure className="server-served" text={`${formatCount(node.served)} served`} />
  ) : (
    <Figure className="server-down" text={faults.mark} title={faults.details} />
  )
}

/** What is known of a server beside its node. */
interface Known extends Pick<AsideProps, 'health' | 'faults'> {
  /** Messages that it has not answered yet. */
  readonly inFlight: number
  readonly standing: Standing | undefined
}

function serverName(node: NodeState, { health, inFlight, standing, faults }: Known): string {
  const parts = [nameOfNode(node)]
  if (node.label) parts.push(node.label)
  if (node.policy !== undefined) parts.push(visibly`policy ${node.policy}`)
  if (hasWeight(node)) parts.push(`weight ${node.weight}`)
  if (node.port !== undefined) parts.push(`port ${node.port}`)
  parts.push(
    `${formatCount(node.served)} served`,
    standing?.kind === 'seen' ? standing.words : health,
  )
  if (standing?.kind === 'down' && standing.details !== '') parts.push(standing.details)
  if (faults) parts.push(faults.mark)
  if (inFlight > 0) parts.push(`${counted(inFlight, 'message')} in flight`)
  return parts.join(', ')
}

// A server of the pool: what it serves and how much of its policy's work it has done.
import { Plug } from 'lucide-react'
import { memo } from 'react'
import type { NodeProps } from 'reactflow'
import type { NodeState } from '../../../../shared/state/state'
import { counted, formatCount } from '../../text/format'
import { nameOfNode } from '../../text/names'
import { policyVariable } from '../../theme/policy'
import type { ActorNode } from '../flow'
import { sharePercent } from '../shares'
import { useSampled } from '../use-sampled'
import { AccessibleName, InFlight, LinkHandle, OutsideBadge } from './NodeParts'

type Health = 'up' | 'down' | 'not registered'

export const ServerNode = memo(function ServerNode({ id, data: { tier } }: NodeProps<ActorNode>) {
  const node = useSampled(tier, (state) => state.nodes.get(id))
  const protocolId = node?.protocolId
  const health = useSampled(tier, ({ rows }): Health => {
    const row = protocolId === undefined ? undefined : rows.get(protocolId)
    return row?.node === id ? row.health : 'not registered'
  })
  const share = useSampled(tier, (state) =>
    sharePercent(state.rows, protocolId, tier === 'card' ? 'total' : 'most'),
  )
  const colour = useSampled(tier, (state) => policyVariable(state, node?.policy))
  if (!node) return null

  const outside = node.origin === 'outside'
  const classes = ['node', 'server', `node-${tier}`, `is-${health.replace(' ', '-')}`]
  if (outside) classes.push('is-outside')
  return (
    <div
      className={classes.join(' ')}
      style={{ '--node-colour': colour }}
      title={tier === 'card' ? undefined : serverName(node, health)}
    >
      <AccessibleName id={id}>{serverName(node, health)}</AccessibleName>
      <LinkHandle />
      {outside && tier !== 'chip' && <OutsideBadge />}
      <span className="node-line" aria-hidden="true">
        <span className="node-title" title={tier === 'card' ? nameOfNode(node) : undefined}>
          {tier === 'chip' ? (
            <>
              {outside && <Plug size={11} className="node-chip-icon" />}
              {node.protocolId}
            </>
          ) : (
            `Server ${node.protocolId}`
          )}
        </span>
        {tier === 'card' && <InFlight count={node.inFlight} />}
        {tier !== 'chip' && <Aside node={node} health={health} tier={tier} />}
      </span>
      <span className="node-line" aria-hidden="true">
        <span className="server-share">
          <span style={{ transform: `scaleX(${share / 100})` }} />
        </span>
        {tier === 'card' && (
          <span className="server-served">{formatCount(node.served)} served</span>
        )}
      </span>
    </div>
  )
})

/** Right of the name: the port, or what is wrong; where there is less room, the count. */
function Aside({ node, health, tier }: { node: NodeState; health: Health; tier: string }) {
  if (health === 'down') return <span className="server-down">down</span>
  if (tier === 'compact') return <span className="node-aside">{formatCount(node.served)}</span>
  return node.port === undefined ? null : <span className="node-aside">:{node.port}</span>
}

function serverName(node: NodeState, health: Health): string {
  const parts = [nameOfNode(node)]
  if (node.policy !== undefined) parts.push(`policy ${node.policy}`)
  if (node.port !== undefined) parts.push(`port ${node.port}`)
  parts.push(`${formatCount(node.served)} served`, health)
  if (node.inFlight > 0) parts.push(`${counted(node.inFlight, 'packet')} in flight`)
  return parts.join(', ')
}

// A client: its message, its policy, and the result of its last exchange.
import { Plug, Unplug } from 'lucide-react'
import { memo } from 'react'
import type { NodeProps } from 'reactflow'
import { counted, formatCount, shortened } from '../../../../shared/format'
import type { NodeState } from '../../../../shared/state/state'
import { visibly } from '../../../../shared/visible-controls'
import { nameOfNode } from '../../ui/names'
import { policySwatch, policyVariable } from '../../ui/theme/policy'
import type { ActorFlowNode } from '../flow'
import { useSampled } from '../use-sampled'
import { ActorCard, ActorTitle, Figure, InFlight } from './NodeParts'

type Verdict = NonNullable<NodeState['lastVerdict']>

const VERDICTS: Record<Verdict, { sign: string; words: string }> = {
  correct: { sign: '✓', words: 'last answer correct' },
  wrong: { sign: '✗', words: 'last answer wrong' },
  error: { sign: '✗', words: 'last answer an error' },
}
/** Longer payloads are cut before the browser computes their layout. */
const PAYLOAD_CHARACTERS = 40

export const ClientNode = memo(function ClientNode({
  id,
  data: { tier },
}: NodeProps<ActorFlowNode>) {
  const node = useSampled(tier, (state) => state.nodes.get(id))
  const colour = useSampled(tier, (state) => policyVariable(state, node?.policy))
  const swatch = useSampled(tier, (state) => policySwatch(state, node?.policy))
  if (!node) return null

  const gone = node.origin === 'outside' && node.connections === 0
  return (
    <ActorCard
      node={node}
      tier={tier}
      name={clientName(node, gone)}
      colour={colour}
      className={gone ? 'is-gone' : ''}
    >
      <span className="node-bar" style={{ background: swatch }} />
      <span className="node-line" aria-hidden="true">
        <ActorTitle node={node} tier={tier} OutsideIcon={gone ? Unplug : Plug} />
        {tier === 'card' && <InFlight count={node.inFlight} what="packet" />}
        <VerdictMark node={node} counted={tier !== 'chip'} />
      </span>
      {tier === 'card' && (
        <span className="client-question" aria-hidden="true">
          <Question node={node} gone={gone} />
        </span>
      )}
    </ActorCard>
  )
})

function VerdictMark({ node, counted }: { node: NodeState; counted: boolean }) {
  const verdict = node.lastVerdict
  if (verdict === undefined) {
    return counted && node.served > 0 ? (
      <Figure className="node-aside" text={formatCount(node.served)} />
    ) : null
  }
  // Beside a cross, the number of answers would read as the number of wrong ones.
  const count = counted && verdict === 'correct' ? formatCount(node.served) : undefined
  return (
    <span className={`client-verdict is-${verdict}`} title={VERDICTS[verdict].words}>
      {count && <Figure className="client-count" text={count} />}
      <Figure text={VERDICTS[verdict].sign} />
    </span>
  )
}

function Question({ node, gone }: { node: NodeState; gone: boolean }) {
  if (gone) return <Figure text="has left" />
  const policy = node.policy ?? 'no policy yet'
  if (node.payload === undefined) return <Figure text={`→ ${policy}`} />
  return (
    <>
      <Figure
        className="client-payload"
        text={`“${shortened(node.payload, PAYLOAD_CHARACTERS)}”`}
      />
      <Figure className="client-policy" text={` → ${policy}`} />
    </>
  )
}

function clientName(node: NodeState, gone: boolean): string {
  const parts = [nameOfNode(node)]
  if (node.policy !== undefined) parts.push(visibly`policy ${node.policy}`)
  if (node.payload !== undefined) {
    parts.push(visibly`payload ${shortened(node.payload, PAYLOAD_CHARACTERS)}`)
  }
  parts.push(counted(node.served, 'answer'))
  if (node.lastVerdict) parts.push(VERDICTS[node.lastVerdict].words)
  if (node.inFlight > 0) parts.push(`${counted(node.inFlight, 'packet')} in flight`)
  if (gone) parts.push('has left')
  return parts.join(', ')
}

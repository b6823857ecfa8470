// The node for bytes of connections that no valid message has named yet.
import { CircleQuestionMark } from 'lucide-react'
import { memo } from 'react'
import type { NodeProps } from 'reactflow'
import { counted } from '../../../../shared/format'
import { inSentence, nameOfNode } from '../../ui/names'
import { useDimmed } from '../dimming'
import type { ActorFlowNode } from '../flow'
import { useSampled } from '../use-sampled'
import { DoctorMark } from './DoctorMark'
import { AccessibleName, Figure, LinkHandle, OutsideBadge } from './NodeParts'

export const UnknownNode = memo(function UnknownNode({
  id,
  data: { tier },
}: NodeProps<ActorFlowNode>) {
  const node = useSampled(tier, (state) => state.nodes.get(id))
  const dimmed = useDimmed(id)
  if (!node) return null
  const gone = node.connections === 0
  const errors = counted(node.errors, 'error')
  return (
    <div
      className={`node unknown node-${tier} is-outside${gone ? ' is-gone' : ''}${dimmed ? ' is-dimmed' : ''}`}
      title={tier === 'card' ? undefined : `${nameOfNode(node)}, ${errors}`}
    >
      <AccessibleName
        id={id}
      >{`Outside, ${inSentence(nameOfNode(node)).replace(/^an /, '')}, ${errors}`}</AccessibleName>
      <LinkHandle />
      {tier !== 'chip' && <OutsideBadge group={node.group} />}
      {tier !== 'chip' && <DoctorMark node={id} tier={tier} />}
      <span className="node-line" aria-hidden="true">
        <span className="node-title">{tier === 'chip' ? '?' : 'Unknown program'}</span>
      </span>
      {tier === 'card' && (
        <span className="client-question" aria-hidden="true">
          <CircleQuestionMark size={13} className="unknown-icon" />
          <Figure text={errors} />
        </span>
      )}
    </div>
  )
})

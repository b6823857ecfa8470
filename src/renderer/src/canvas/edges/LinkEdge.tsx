// The line between a node and the roundabout, on which its packets ride. Quiet, until its node is selected.
import { memo } from 'react'
import type { EdgeProps } from 'reactflow'
import { useLab } from '../../store/lab'
import { useUi } from '../../store/ui'
import { policyVariable } from '../../theme/policy'
import type { LinkEdge as LinkEdgeType } from '../flow'
import { linkPath } from '../packets/link-path'

export const LinkEdge = memo(function LinkEdge({ data }: EdgeProps<LinkEdgeType>) {
  const node = data?.node
  const selected = useUi(({ selection }) => selection?.kind === 'node' && selection.id === node)
  const colour = useLab(({ state }) =>
    selected && node !== undefined ? policyVariable(state, state.nodes.get(node)?.policy) : '',
  )
  if (!data) return null
  return (
    <path
      className={selected ? 'link is-selected' : 'link'}
      d={linkPath(data.ends.node, data.ends.rim).d}
      style={selected ? { '--node-colour': colour } : undefined}
    />
  )
})

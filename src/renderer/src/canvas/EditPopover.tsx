// The form beside the selected node, which edits it in place.
import { useRef, useState } from 'react'
import type { NodeId } from '../../../shared/ids'
import { useUi } from '../choices/ui'
import { NodeForm } from '../forms'
import { useLab } from '../lab/lab'
import { Name } from '../ui/Id'
import { nameOfNode } from '../ui/names'
import { useKeptInFrame } from './keep-in-frame'
import { useViewState } from './view-state'

interface EditPopoverProps {
  node: NodeId
  onFocusNode(node: NodeId): void
}

export function EditPopover({ node: id, onFocusNode }: EditPopoverProps) {
  // The form keeps the node that it started with, so that changing counters do not redraw it.
  const [node] = useState(() => useLab.getState().state.nodes.get(id))
  const popover = useRef<HTMLDivElement>(null)
  useKeptInFrame(popover)
  if (!node) return null
  const close = (now: NodeId) => {
    useViewState.getState().edit(null)
    onFocusNode(now)
  }
  return (
    <div ref={popover} className="edit-popover nodrag nopan nowheel">
      <h2 className="edit-title">
        <Name text={nameOfNode(node)} />
      </h2>
      <NodeForm
        node={node}
        autoFocus
        onCancel={() => close(id)}
        onDone={({ node: now = id }) => {
          useUi.getState().select({ kind: 'node', id: now })
          close(now)
        }}
      />
    </div>
  )
}

// What can be done with the selected node, right beside it: a small toolbar, or the form to edit it in place.
import { Pencil, Send, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { NodeToolbar, Position, useStore } from 'reactflow'
import type { NodeId } from '../../../shared/ids'
import type { NodeState } from '../../../shared/state/state'
import { ClientForm } from '../forms/ClientForm'
import { ServerForm } from '../forms/ServerForm'
import { run } from '../shell/actions'
import { useLab } from '../store/lab'
import { useUi } from '../store/ui'
import { nameOfNode } from '../text/names'
import { centreOf, type Rect } from './geometry'
import { usePlaces } from './places'

/** Above a node that is nearer to the top of the canvas than this there is no room for its tools. Pixels. */
const ROOM_FOR_TOOLS = 44

interface NodeToolsProps {
  node: NodeId
  /** Where the node lies, in flow units. */
  rect: Rect
  onFocusNode(node: NodeId): void
}

export function NodeTools({ node: id, rect, onFocusNode }: NodeToolsProps) {
  const below = useStore(({ transform: [, y, zoom] }) => rect.y * zoom + y < ROOM_FOR_TOOLS)
  const inUpperHalf = useStore(
    ({ transform: [, y, zoom], height }) => centreOf(rect).y * zoom + y < height / 2,
  )
  const kind = useLab(({ state }) => kindOf(state.nodes.get(id)))
  const editing = usePlaces((places) => places.editing === id)
  if (kind === undefined) return null
  if (!editing || kind === 'outside') {
    return (
      <NodeToolbar
        nodeId={id}
        isVisible
        position={below ? Position.Bottom : Position.Top}
        offset={8}
      >
        <Tools node={id} kind={kind} onFocusNode={onFocusNode} />
      </NodeToolbar>
    )
  }
  return (
    <NodeToolbar
      nodeId={id}
      isVisible
      position={kind === 'client' ? Position.Right : Position.Left}
      align={inUpperHalf ? 'start' : 'end'}
      offset={12}
    >
      <EditPopover key={id} node={id} onFocusNode={onFocusNode} />
    </NodeToolbar>
  )
}

type Kind = 'client' | 'server' | 'outside'

function kindOf(node: NodeState | undefined): Kind | undefined {
  if (!node || node.role === 'proxy') return undefined
  if (node.origin === 'outside' || node.role === 'unknown') return 'outside'
  return node.role
}

/** Whether a node can be edited here: outside programs say themselves what they are. */
export function isEditable(node: NodeState | undefined): boolean {
  const kind = kindOf(node)
  return kind === 'client' || kind === 'server'
}

interface ToolsProps {
  node: NodeId
  kind: Kind
  onFocusNode(node: NodeId): void
}

function Tools({ node, kind, onFocusNode }: ToolsProps) {
  const name = useLab(({ state }) => {
    const found = state.nodes.get(node)
    return found ? nameOfNode(found) : ''
  })
  return (
    <div
      className="node-tools"
      role="toolbar"
      aria-label={name}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onFocusNode(node)
      }}
    >
      {kind === 'client' && (
        <button
          type="button"
          title="Send its message now"
          onClick={() => run({ type: 'sendMessage', client: node })}
        >
          <Send size={14} aria-hidden="true" />
          Send
        </button>
      )}
      {kind !== 'outside' && (
        <button
          type="button"
          title="Edit (double click)"
          onClick={() => usePlaces.getState().edit(node)}
        >
          <Pencil size={14} aria-hidden="true" />
          Edit
        </button>
      )}
      <button
        type="button"
        title="Remove (Delete)"
        onClick={() => run({ type: 'removeNode', node })}
      >
        <Trash2 size={14} aria-hidden="true" />
        Remove
      </button>
    </div>
  )
}

function EditPopover({ node: id, onFocusNode }: { node: NodeId; onFocusNode(node: NodeId): void }) {
  // The form starts from the node as it was; counters that change meanwhile are not its business.
  const [node] = useState(() => useLab.getState().state.nodes.get(id))
  // With another id it is another node to the canvas, which has forgotten the old one by the time this is saved.
  const dragged = usePlaces((places) => places.dragged.get(id))
  const lastPlace = useRef(dragged)
  if (dragged) lastPlace.current = dragged
  if (!node) return null
  const Form = node.role === 'client' ? ClientForm : ServerForm
  const close = (now: NodeId) => {
    usePlaces.getState().edit(null)
    onFocusNode(now)
  }
  return (
    <div className="edit-popover nodrag nopan nowheel">
      <strong className="edit-title">{nameOfNode(node)}</strong>
      <Form
        node={node}
        autoFocus
        onCancel={() => close(id)}
        onDone={(now = id) => {
          if (now !== id && lastPlace.current) {
            usePlaces.getState().drag([[now, lastPlace.current]])
          }
          useUi.getState().select({ kind: 'node', id: now })
          close(now)
        }}
      />
    </div>
  )
}

// The tools of the selected node, beside it: a small toolbar, or the form to edit it in place.

import { Hand, Pencil, Send, Trash2 } from 'lucide-react'
import { type ComponentType, useRef, useState } from 'react'
import { NodeToolbar, Position, useStore } from 'reactflow'
import { useShallow } from 'zustand/react/shallow'
import { type NodeId, PROXY } from '../../../shared/ids'
import type { NodeState } from '../../../shared/state/state'
import { removeNode, run } from '../actions/actions'
import { holdNext, holdWords, useIsArmed } from '../actions/holding'
import { drainServer } from '../actions/servers'
import { type Action, shortcutOf } from '../actions/shortcuts'
import { useUi } from '../choices/ui'
import { NodeForm } from '../forms'
import { useLab } from '../lab/lab'
import { useRefusal } from '../past/past'
import { Name } from '../ui/Id'
import { nameOfNode } from '../ui/names'
import { StandingIcon } from '../ui/StandingIcon'
import { Tip } from '../ui/Tip'
import { centreOf } from './geometry'
import { type GraphLayout, rectOf } from './graph-layout'
import { useKeptInFrame } from './keep-in-frame'
import { toolsPlace } from './tools-place'
import { useViewState } from './view-state'

/** Pixels, as in canvas.css: a button with its border, the name, their height, and the gap to the node. */
const BUTTON_WIDTH = 33
const NAME_WIDTH = 104
const HEIGHT = 28
const GAP = 8

interface NodeToolsProps {
  node: NodeId
  layout: GraphLayout
  onFocusNode(node: NodeId): void
}

export function NodeTools({ node: id, layout, onFocusNode }: NodeToolsProps) {
  const kind = useLab(({ state }) => nodeKind(state.nodes.get(id)))
  const editing = useViewState((view) => view.editing === id)
  const rect = rectOf(layout, id)
  const inUpperHalf = useStore(
    ({ transform: [, y, zoom], height }) =>
      rect !== undefined && centreOf(rect).y * zoom + y < height / 2,
  )
  const buttons = kind === undefined ? 0 : BUTTONS[kind]
  const { side, align, offset } = useStore(
    useShallow(({ transform: [, , zoom] }) => {
      const place = (width: number) =>
        toolsPlace(layout, id, { width: width / zoom, height: HEIGHT / zoom }, GAP / zoom)
      const beside = place(buttons * BUTTON_WIDTH)
      const isBeside = beside.distance === GAP / zoom
      const { distance, ...rest } = isBeside ? beside : place(buttons * BUTTON_WIDTH + NAME_WIDTH)
      return { ...rest, offset: distance * zoom }
    }),
  )
  const refusal = useRefusal()
  if (kind === undefined || rect === undefined || refusal !== undefined) return null
  if (!editing || !EDITABLE.has(kind)) {
    return (
      <NodeToolbar
        nodeId={id}
        isVisible
        position={side === 'left' ? Position.Left : Position.Right}
        align={align}
        offset={offset}
      >
        <Tools node={id} kind={kind} named={offset > GAP + 1} onFocusNode={onFocusNode} />
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

type Kind = 'client' | 'server' | 'outside server' | 'outside' | 'proxy'

const BUTTONS: Record<Kind, number> = {
  client: 4,
  server: 4,
  'outside server': 4,
  outside: 2,
  proxy: 1,
}

const EDITABLE: ReadonlySet<Kind> = new Set<Kind>(['client', 'server', 'outside server'])

function nodeKind(node: NodeState | undefined): Kind | undefined {
  if (!node) return undefined
  if (node.role === 'proxy') return 'proxy'
  if (node.role === 'unknown') return 'outside'
  if (node.origin === 'inside') return node.role
  return node.role === 'server' ? 'outside server' : 'outside'
}

/** Whether a node can be edited here. Of an outside program, only a server has settings that belong to the lab. */
export function isEditable(node: NodeState | undefined): boolean {
  const kind = nodeKind(node)
  return kind !== undefined && EDITABLE.has(kind)
}

interface ToolsProps {
  node: NodeId
  kind: Kind
  /** Whether the tools show the node's name, because they are away from it. */
  named: boolean
  onFocusNode(node: NodeId): void
}

function Tools({ node, kind, named, onFocusNode }: ToolsProps) {
  const name = useLab(({ state }) => {
    const found = state.nodes.get(node)
    return found ? nameOfNode(found) : ''
  })
  const drains = useLab(({ state }) => state.nodes.get(node)?.drain === true)
  const armed = useIsArmed(node)
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
      {named && (
        <span className="node-tools-name" aria-hidden="true">
          <Name text={name} />
        </span>
      )}
      {kind === 'client' && (
        <Tool
          name="Send"
          tip="Send its message now"
          Icon={Send}
          onClick={() => run({ type: 'sendMessage', client: node })}
        />
      )}
      {EDITABLE.has(kind) && (
        <Tool
          name="Edit"
          tip="Edit (double click)"
          Icon={Pencil}
          onClick={() => useViewState.getState().edit(node)}
        />
      )}
      {(kind === 'server' || kind === 'outside server') && (
        <Tool
          name="Drain"
          tip={drains ? 'Take messages again' : 'Drain: no new messages'}
          pressed={drains}
          Icon={DrainIcon}
          onClick={() => void drainServer(node, !drains)}
        />
      )}
      <Tool
        name="Hold the next packet"
        tip={node === PROXY && !armed ? 'Hold the next packet anywhere' : holdWords(name, armed)}
        action="holdNext"
        pressed={armed}
        Icon={Hand}
        onClick={() => holdNext(node)}
      />
      {kind !== 'proxy' && (
        <Tool name="Remove" tip="Remove (Delete)" Icon={Trash2} onClick={() => removeNode(node)} />
      )}
    </div>
  )
}

interface ToolProps {
  name: string
  tip: string
  Icon: ComponentType<{ size: number; 'aria-hidden': 'true' }>
  action?: Action
  /** For a toggle button. */
  pressed?: boolean
  onClick(): void
}

function Tool({ name, tip, Icon, action, pressed, onClick }: ToolProps) {
  return (
    <Tip text={tip} shortcut={action && shortcutOf(action)}>
      <button type="button" aria-label={name} aria-pressed={pressed} onClick={onClick}>
        <Icon size={15} aria-hidden="true" />
      </button>
    </Tip>
  )
}

function DrainIcon({ size }: { size: number }) {
  return <StandingIcon kind="draining" size={size - 1} />
}

function EditPopover({ node: id, onFocusNode }: { node: NodeId; onFocusNode(node: NodeId): void }) {
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

// The tools of the selected node, beside it: a small toolbar, or the form to edit it in place.

import { Hand, Pencil, Play, Power, Send, Square, Trash2, TriangleAlert, Users } from 'lucide-react'
import { NodeToolbar, Position, useStore } from 'reactflow'
import { useShallow } from 'zustand/react/shallow'
import { isObject } from '../../../shared/feed/field'
import { type NodeId, PROXY } from '../../../shared/ids'
import type { NodeState, State } from '../../../shared/state/state'
import { rateOf, trafficOf } from '../../../shared/traffic-words'
import { removeNode, run } from '../actions/actions'
import { toggleTraffic } from '../actions/clients'
import { holdNext, holdWords, useIsArmed } from '../actions/holding'
import { drainServer, stopServer } from '../actions/servers'
import { RateSlider } from '../forms'
import { useLab } from '../lab/lab'
import { useRefusal } from '../past/past'
import { Name } from '../ui/Id'
import { nameOfNode } from '../ui/names'
import { StandingIcon } from '../ui/StandingIcon'
import { EditPopover } from './EditPopover'
import { centreOf } from './geometry'
import { type GraphLayout, rectOf } from './graph-layout'
import { Tool } from './Tool'
import { toolsPlace } from './tools-place'
import { toggleCrowd, useViewState } from './view-state'
import './node-tools.css'

/** Pixels, as in node-tools.css: a button with its border, the name, their height, and the gap to the node. */
const BUTTON_WIDTH = 33
const NAME_WIDTH = 104
const HEIGHT = 28
/** The height of the row with the rate. */
const RATE_HEIGHT = 27
const GAP = 8

interface NodeToolsProps {
  node: NodeId
  layout: GraphLayout
  onFocusNode(node: NodeId): void
  /** Opens the list of misbehaviours at this button. */
  onMisbehave(node: NodeId, button: Element): void
}

export function NodeTools({ node: id, layout, ...acts }: NodeToolsProps) {
  const kind = useLab(({ state }) => nodeKind(state.nodes.get(id)))
  const isRated = useLab(({ state }) => rateIn(state, id) !== undefined)
  const editing = useViewState((view) => view.editing === id)
  const rect = rectOf(layout, id)
  const inUpperHalf = useStore(
    ({ transform: [, y, zoom], height }) =>
      rect !== undefined && centreOf(rect).y * zoom + y < height / 2,
  )
  const isCrowd = useLab(({ state }) => isCrowdIn(state, id))
  const buttons = kind === undefined ? 0 : BUTTONS[kind] + (isCrowd ? 1 : 0)
  const { side, align, offset } = useStore(
    useShallow(({ transform: [, , zoom] }) => {
      const rateHeight = isRated ? RATE_HEIGHT : 0
      const height = (HEIGHT + rateHeight) / zoom
      const place = (width: number) =>
        toolsPlace(layout, id, { width: width / zoom, height }, GAP / zoom, rateHeight / zoom)
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
        <Tools node={id} kind={kind} align={align} named={offset > GAP + 1} {...acts} />
      </NodeToolbar>
    )
  }
  return (
    <NodeToolbar
      nodeId={id}
      isVisible
      position={kind === 'client' || kind === 'source' ? Position.Right : Position.Left}
      align={inUpperHalf ? 'start' : 'end'}
      offset={12}
    >
      <EditPopover key={id} node={id} onFocusNode={acts.onFocusNode} />
    </NodeToolbar>
  )
}

/** A source is a client with traffic. */
type Kind = 'client' | 'source' | 'server' | 'outside server' | 'outside' | 'proxy'

const BUTTONS: Record<Kind, number> = {
  client: 4,
  source: 5,
  server: 6,
  'outside server': 4,
  outside: 2,
  proxy: 1,
}

const EDITABLE: ReadonlySet<Kind> = new Set<Kind>(['client', 'source', 'server', 'outside server'])

function isCrowdIn(state: State, id: NodeId): boolean {
  const node = state.nodes.get(id)
  return nodeKind(node) === 'source' && node !== undefined && (trafficOf(node)?.clients ?? 1) > 1
}

function rateIn(state: State, id: NodeId): number | undefined {
  const node = state.nodes.get(id)
  return nodeKind(node) === 'source' && node ? rateOf(node) : undefined
}

function nodeKind(node: NodeState | undefined): Kind | undefined {
  if (!node) return undefined
  if (node.role === 'proxy') return 'proxy'
  if (node.role === 'unknown') return 'outside'
  if (node.origin === 'inside' && isObject(node.traffic)) return 'source'
  if (node.origin === 'inside') return node.role
  return node.role === 'server' ? 'outside server' : 'outside'
}

/** Whether a node can be edited here. Of an outside program, only a server has settings that belong to the lab. */
export function isEditable(node: NodeState | undefined): boolean {
  const kind = nodeKind(node)
  return kind !== undefined && EDITABLE.has(kind)
}

interface ToolsProps extends Pick<NodeToolsProps, 'node' | 'onFocusNode' | 'onMisbehave'> {
  kind: Kind
  /** Whether the tools show the node's name, because they are away from it. */
  named: boolean
  align: 'start' | 'end'
}

function Tools({ node, kind, named, align, onFocusNode, onMisbehave }: ToolsProps) {
  const name = useLab(({ state }) => {
    const found = state.nodes.get(node)
    return found ? nameOfNode(found) : ''
  })
  const drains = useLab(({ state }) => state.nodes.get(node)?.drain === true)
  const stopped = useLab(({ state }) => state.nodes.get(node)?.stopped === true)
  const fails = useLab(({ state }) => isObject(state.nodes.get(node)?.behaviour))
  const sends = useLab(({ state }) => state.nodes.get(node)?.sending === true)
  const isCrowd = useLab(({ state }) => isCrowdIn(state, node))
  const isUnfolded = useViewState((view) => view.unfolded === node)
  const perSecond = useLab(({ state }) => rateIn(state, node))
  const armed = useIsArmed(node)
  return (
    <div
      className={`node-tools nodrag nopan is-${align}`}
      role="toolbar"
      aria-label={name}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onFocusNode(node)
      }}
    >
      <div className="node-tools-row">
        {named && (
          <span className="node-tools-name" aria-hidden="true">
            <Name text={name} />
          </span>
        )}
        {kind === 'source' && (
          <Tool
            name={sends ? 'Stop traffic' : 'Start traffic'}
            tip={sends ? 'Stop its traffic' : 'Start its traffic'}
            action="toggleTraffic"
            Icon={sends ? Square : Play}
            command={sends ? 'stopTraffic' : 'startTraffic'}
            onClick={() => void toggleTraffic(node)}
          />
        )}
        {(kind === 'client' || kind === 'source') && (
          <Tool
            name="Send"
            tip="Send its message now"
            Icon={Send}
            command="sendMessage"
            onClick={() => run({ type: 'sendMessage', client: node })}
          />
        )}
        {isCrowd && (
          <Tool
            name="Clients of the crowd"
            tip="Show its clients"
            pressed={isUnfolded}
            Icon={Users}
            onClick={() => toggleCrowd(node)}
          />
        )}
        {EDITABLE.has(kind) && (
          <Tool
            name="Edit"
            tip="Edit (double click)"
            Icon={Pencil}
            command={kind === 'client' || kind === 'source' ? 'updateClient' : 'updateServer'}
            onClick={() => useViewState.getState().edit(node)}
          />
        )}
        {(kind === 'server' || kind === 'outside server') && (
          <Tool
            name="Drain"
            tip={drains ? 'Take messages again' : 'Drain: no new messages'}
            pressed={drains}
            Icon={DrainIcon}
            command="updateServer"
            onClick={() => void drainServer(node, !drains)}
          />
        )}
        {kind === 'server' && (
          <Tool
            name="Stop"
            tip={stopped ? 'Start it: it registers again' : 'Stop it: nothing listens any more'}
            pressed={stopped}
            Icon={Power}
            command="updateServer"
            onClick={() => void stopServer(node, !stopped)}
          />
        )}
        {kind === 'server' && (
          <Tool
            name="Misbehaviour"
            tip="Make it fail, or answer as it should"
            pressed={fails}
            Icon={TriangleAlert}
            command="updateServer"
            onClick={({ currentTarget }) => onMisbehave(node, currentTarget)}
          />
        )}
        <Tool
          name="Hold the next packet"
          tip={node === PROXY && !armed ? 'Hold the next packet anywhere' : holdWords(name, armed)}
          action="holdNext"
          pressed={armed}
          Icon={Hand}
          command="setBreakpoint"
          onClick={() => holdNext(node)}
        />
        {kind !== 'proxy' && (
          <Tool
            name="Remove"
            tip="Remove (Delete)"
            Icon={Trash2}
            onClick={() => removeNode(node)}
          />
        )}
      </div>
      {perSecond !== undefined && (
        <RateSlider node={node} name={name} perSecond={perSecond} isShort />
      )}
    </div>
  )
}

function DrainIcon({ size }: { size: number }) {
  return <StandingIcon kind="draining" size={size - 1} />
}

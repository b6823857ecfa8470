// The graph: clients, the roundabout, the servers, and the packets between them. React Flow places and drags the nodes;
// the layout gives what they are and their places by default.

import { type FocusEvent, type MouseEvent, useCallback, useRef, useState } from 'react'
import {
  Background,
  type EdgeTypes,
  type NodeChange,
  type NodeTypes,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from 'reactflow'
import { type MenuPlace, placeOf } from '../ui/MenuAt'
import type { Point } from '../ui/point'
import { useStackedPanels } from '../ui/use-media'
import 'reactflow/dist/base.css'
import type { NodeId, ProtocolId } from '../../../shared/ids'
import { useUi } from '../choices/ui'
import { BreakpointsMenu } from '../holds'
import { useLab } from '../lab/lab'
import { usePast } from '../past/past'
import { AlgorithmMenu } from './AlgorithmMenu'
import { CanvasControls } from './CanvasControls'
import { CheckMarks } from './CheckMarks'
import { Counts } from './Counts'
import { CrowdPopover } from './CrowdPopover'
import { chooseOrSelect, holdOrOpen, isChoosable } from './choose-server'
import './canvas.css'
import { endDrag, placesAfterDrag } from './dragging'
import { LinkEdge } from './edges/LinkEdge'
import { FaultMarks } from './FaultMarks'
import type { CanvasNode, LinkFlowEdge } from './flow'
import { HarmMarks } from './HarmMarks'
import { HeldLabels } from './HeldLabels'
import { Legend } from './Legend'
import { NodeMenu } from './NodeMenu'
import { isEditable, NodeTools } from './NodeTools'
import { ClientNode } from './nodes/ClientNode'
import { GroupNode } from './nodes/GroupNode'
import './nodes/nodes.css'
import './nodes/policy-box.css'
import './nodes/faint.css'
import { PolicyNode } from './nodes/PolicyNode'
import { ProxyNode } from './nodes/ProxyNode'
import './nodes/roundabout.css'
import './nodes/projector.css'
import { ServerNode } from './nodes/ServerNode'
import { UnknownNode } from './nodes/UnknownNode'
import { PowerSwitches } from './PowerSwitches'
import { PacketLayerView, packetLayer } from './packets'
import { TREMBLE_PX, usePressedNode } from './pressed-node'
import { RetryMarks } from './RetryMarks'
import { RoomGroups } from './RoomGroups'
import { useHasSpotlight } from './spotlight'
import { useCanvasKeys } from './use-canvas-keys'
import { useGraph, useNarrowCanvas } from './use-graph'
import { useNodeMenu } from './use-node-menu'
import { usePacketLinks } from './use-packet-links'
import { usePointedAt } from './use-pointed-at'
import { LEAST_ZOOM, MOST_PROJECTOR_ZOOM, MOST_ZOOM, useView } from './use-view'
import { toggleCrowd, useViewState } from './view-state'
import { WaitingMessages } from './WaitingMessages'
import { Travel } from './way/Travel'

const NODE_TYPES: NodeTypes = {
  client: ClientNode,
  server: ServerNode,
  unknown: UnknownNode,
  group: GroupNode,
  proxy: ProxyNode,
  policy: PolicyNode,
}
const EDGE_TYPES: EdgeTypes = { link: LinkEdge }

/** From this many links on, each is drawn fainter (canvas.css). */
const MANY_LINKS = 120

export function Canvas() {
  return (
    <ReactFlowProvider>
      <Graph />
    </ReactFlowProvider>
  )
}

function Graph() {
  const frame = useRef<HTMLElement>(null)
  const flow = useReactFlow()
  const { structure, tidy, layout, nodes, edges, selected } = useGraph()
  const { reveal } = useView(frame, structure, layout)
  const [menu, setMenu] = useState<{ policy: ProtocolId; place: MenuPlace }>()
  const openMenu = useCallback((element: Element, policy: ProtocolId) => {
    setMenu({ policy, place: placeOf(element) })
  }, [])
  const { onKeyDown, onMouseDown, focusNode } = useCanvasKeys(frame, { layout, reveal, openMenu })
  const nodeMenu = useNodeMenu()
  usePacketLinks(layout)
  const unfolded = useViewState((view) => view.unfolded)
  const isEditing = useViewState((view) => view.editing !== null)
  const isStacked = useStackedPanels()
  const isNarrow = useNarrowCanvas()
  const projector = useUi((ui) => ui.projector)
  const hasSpotlight = useHasSpotlight()
  const latestLayout = useRef(layout)
  latestLayout.current = layout

  const onNodesChange = useCallback((changes: NodeChange<CanvasNode>[]) => {
    const moved = new Map<NodeId, Point>()
    for (const change of changes) {
      if (change.type === 'position' && change.position) {
        for (const [id, place] of placesAfterDrag(
          latestLayout.current,
          change.id,
          change.position,
        )) {
          moved.set(id, place)
        }
      } else if (change.type === 'select' && change.selected && !isChoosable(change.id)) {
        useUi.getState().select({ kind: 'node', id: change.id })
      }
    }
    if (moved.size > 0) useViewState.getState().drag(moved)
  }, [])

  const packetUnder = useCallback(
    ({ clientX: x, clientY: y }: MouseEvent) =>
      packetLayer.packetAt(flow.screenToFlowPosition({ x, y })),
    [flow],
  )
  const onPaneClick = useCallback(
    (event: MouseEvent) => {
      const packet = packetUnder(event)
      useUi.getState().select(packet === undefined ? null : { kind: 'packet', id: packet })
      useViewState.getState().edit(null)
    },
    [packetUnder],
  )
  // A packet over a link is selected before the link.
  const onEdgeClick = useCallback(
    (event: MouseEvent, { data }: LinkFlowEdge) => {
      if (packetUnder(event) !== undefined) onPaneClick(event)
      else if (data) holdOrOpen(data.node)
    },
    [packetUnder, onPaneClick],
  )
  const press = usePressedNode(chooseOrSelect)
  const pointedAt = usePointedAt(frame)
  // The functions stay the same at every render: React Flow passes them to each node, and new ones would redraw all
  // nodes.
  const onNodeClick = useCallback(
    (event: MouseEvent, node: CanvasNode) => {
      // A policy's box is background: a packet over it is selected before it.
      const policy = node.type === 'policy' ? node.data.policy : policyUnder(event.target)
      if (policy === undefined) chooseOrSelect(node.id)
      else if (node.type === 'policy' && packetUnder(event) !== undefined) onPaneClick(event)
      else useUi.getState().select({ kind: 'policy', id: policy })
    },
    [packetUnder, onPaneClick],
  )

  return (
    <section
      ref={frame}
      className={`canvas${edges.length < MANY_LINKS ? '' : ' has-many-links'}${isEditing ? ' is-editing' : ''}${hasSpotlight ? ' has-spotlight' : ''}`}
      aria-label="Graph of clients, proxy and servers"
      onKeyDown={onKeyDown}
      {...press}
      {...pointedAt}
      onClickCapture={(event) => {
        press.onClickCapture(event)
        const crowd = closest(event.target, '[data-crowd-of]')?.dataset.crowdOf
        if (crowd !== undefined && !event.isPropagationStopped()) {
          event.stopPropagation()
          toggleCrowd(crowd)
        }
        const opener = closest(event.target, '[data-menu-of]')
        if (opener?.dataset.menuOf === undefined || event.isPropagationStopped()) return
        // Neither the proxy nor the policy is selected.
        event.stopPropagation()
        openMenu(opener, opener.dataset.menuOf)
      }}
      onMouseDownCapture={onMouseDown}
      onContextMenu={nodeMenu.onContextMenu}
      onFocus={(event: FocusEvent<HTMLElement>) => {
        const { id } = event.target.dataset
        if (id !== undefined && event.target.matches('.react-flow__node:focus-visible')) reveal(id)
      }}
    >
      <ReactFlow<CanvasNode, LinkFlowEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={onNodesChange}
        onNodeDragStop={endDrag}
        onNodeClick={onNodeClick}
        onNodeDoubleClick={editNode}
        onEdgeClick={onEdgeClick}
        onPaneClick={onPaneClick}
        onMove={holdView}
        minZoom={LEAST_ZOOM}
        maxZoom={projector ? MOST_PROJECTOR_ZOOM : MOST_ZOOM}
        // There the layout is its own, and forgotten with it.
        nodesDraggable={!projector && !isNarrow}
        nodeDragThreshold={TREMBLE_PX}
        nodeClickDistance={TREMBLE_PX}
        paneClickDistance={TREMBLE_PX}
        nodesConnectable={false}
        zoomOnDoubleClick={false}
        // Where the page scrolls, the wheel scrolls it.
        zoomOnScroll={!isStacked || projector}
        preventScrolling={!isStacked || projector}
        disableKeyboardA11y
        deleteKeyCode={null}
        panActivationKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        proOptions={{ hideAttribution: true }}
      >
        <Background gap={24} size={1.5} />
        <FaultMarks layout={layout} />
        {tidy.serverTier === 'card' && <PowerSwitches structure={structure} layout={layout} />}
        <PacketLayerView />
        <CheckMarks layout={layout} />
        <RetryMarks />
        <HarmMarks layout={layout} />
        <WaitingMessages layout={layout} />
        <HeldLabels layout={layout} />
        <Travel layout={layout} />
        {selected !== null && (
          <NodeTools
            node={selected}
            layout={layout}
            onFocusNode={focusNode}
            onMisbehave={nodeMenu.openMisbehaviours}
          />
        )}
        <Panel position="top-left">
          <RoomGroups structure={structure} />
        </Panel>
        <Panel position="bottom-left" className="canvas-foot">
          <div className="canvas-legend">
            <Legend />
            {projector && <Counts />}
          </div>
          {!projector && (
            <div className="canvas-corner">
              <Counts />
              <BreakpointsMenu />
              <CanvasControls />
            </div>
          )}
        </Panel>
      </ReactFlow>
      {unfolded !== null && (
        <CrowdPopover
          key={unfolded}
          node={unfolded}
          card={frame.current?.querySelector(
            `.react-flow__node[data-id="${CSS.escape(unfolded)}"]`,
          )}
        />
      )}
      {nodeMenu.open && (
        <NodeMenu
          key={nodeMenu.open.node}
          open={nodeMenu.open}
          onClose={nodeMenu.close}
          onEdit={isEditableNow(nodeMenu.open.node) ? useViewState.getState().edit : undefined}
        />
      )}
      {menu && <AlgorithmMenu {...menu} onClose={() => setMenu(undefined)} />}
    </section>
  )
}

function editNode(_: MouseEvent, { id }: CanvasNode): void {
  if (isEditableNow(id)) useViewState.getState().edit(id)
}

function isEditableNow(id: NodeId): boolean {
  return usePast.getState().view === 'now' && isEditable(useLab.getState().state.nodes.get(id))
}

/** The policy whose ring was clicked. */
function policyUnder(target: EventTarget): ProtocolId | undefined {
  return closest(target, '[data-policy]')?.dataset.policy
}

function closest(target: EventTarget, selector: string): HTMLElement | SVGElement | undefined {
  const found = target instanceof Element ? target.closest(selector) : null
  return found instanceof HTMLElement || found instanceof SVGElement ? found : undefined
}

/** React Flow passes an event when a person moved the view, and null when the app did. */
function holdView(event: globalThis.MouseEvent | TouchEvent | null): void {
  if (event) useViewState.getState().holdView(true)
}

// The layout as React Flow's nodes and edges. Whatever is unchanged stays the same object, so that React Flow and React
// render only what moved.
import type { Edge, Node } from 'reactflow'
import { type NodeId, PROXY, type ProtocolId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import type { Selection } from '../choices/ui'
import { inSentence, nodeName } from '../ui/names'
import type { Rect } from './geometry'
import type { GraphLayout } from './graph-layout'
import { hasDrawnLanes } from './links/lanes'
import { type LinkPath, samePath } from './links/path'
import { lanePaths } from './packets/lane-paths'
import type { PolicyBox } from './policy-boxes'
import type { RoundaboutShape } from './ring'
import type { Tier } from './spacing'
import type { Structure } from './structure'
import type { TidyLayout } from './tidy-layout'

export type ActorFlowNode = Node<{ tier: Tier }, 'client' | 'server' | 'unknown'>
export type GroupFlowNode = Node<{ tier: Tier }, 'group'>
export type ProxyFlowNode = Node<{ shape: RoundaboutShape }, 'proxy'>
export type PolicyFlowNode = Node<
  { policy: ProtocolId; members: readonly NodeId[]; isTitled: boolean },
  'policy'
>
export type CanvasNode = ActorFlowNode | GroupFlowNode | ProxyFlowNode | PolicyFlowNode
/** `lines`: the drawn lines as SVG paths. */
export type LinkFlowEdge = Edge<{ path: LinkPath; lines: readonly string[]; node: NodeId }, 'link'>

const LINK_PREFIX = 'link:'
const NO_NODES: Pick<State, 'nodes'> = { nodes: new Map() }

/** The id of the element with a node's accessible name, which the node itself keeps up to date. */
export function nameElementId(id: string): string {
  // Ids may hold spaces, which would make two references of one.
  return `name-of-${encodeURIComponent(id)}`
}

export function linkName(node: string): string {
  return `Link between the proxy and ${inSentence(node)}`
}

export function linkId(node: NodeId): string {
  return `${LINK_PREFIX}${node}`
}

/** The node whose link has this id; undefined for other ids. */
export function nodeOfLink(id: string): NodeId | undefined {
  return id.startsWith(LINK_PREFIX) ? id.slice(LINK_PREFIX.length) : undefined
}

/** A mapping that remembers its last result: give it each layout in turn. */
export function flowMapping(): {
  nodes(
    structure: Structure,
    tidy: TidyLayout,
    layout: GraphLayout,
    selection: Selection,
  ): CanvasNode[]
  edges(layout: GraphLayout): LinkFlowEdge[]
} {
  let nodes = new Map<string, CanvasNode>()
  let edges = new Map<string, LinkFlowEdge>()
  return {
    nodes(structure, tidy, layout, selection) {
      const selected = selection?.kind === 'node' ? selection.id : undefined
      const policy = selection?.kind === 'policy' ? selection.id : undefined
      const fresh = new Map<string, CanvasNode>()
      const keep = (node: CanvasNode) => {
        const last = nodes.get(node.id)
        fresh.set(node.id, last !== undefined && sameNode(last, node) ? last : node)
      }
      for (const box of layout.boxes) keep(policyNode(box, box.policy === policy))
      for (const { id, role } of structure.actors) {
        if (role === 'server') continue
        const rect = layout.actors.get(id)
        if (rect === undefined) continue
        keep(
          role === 'group'
            ? groupNode(id, tidy.clientTier, rect)
            : actorNode(id, role, tidy.clientTier, rect, id === selected),
        )
      }
      keep(proxyNode(tidy.roundabout, layout.proxy, selected === PROXY))
      for (const { id, role } of structure.actors) {
        if (role !== 'server') continue
        const rect = layout.actors.get(id)
        if (rect) keep(actorNode(id, role, tidy.serverTier, rect, id === selected))
      }
      nodes = fresh
      return [...fresh.values()]
    },
    edges(layout) {
      const fresh = new Map<string, LinkFlowEdge>()
      const { size } = layout.actors
      const hasSameLanes = hasDrawnLanes(size) === hasDrawnLanes(edges.size)
      for (const [node, path] of layout.links) {
        if (!layout.actors.has(node)) continue
        const last = edges.get(node)
        const same = hasSameLanes && last?.data !== undefined && samePath(last.data.path, path)
        fresh.set(node, same ? last : linkEdge(node, path, lanePaths(path, size)))
      }
      edges = fresh
      return [...fresh.values()]
    },
  }
}

function actorNode(
  id: NodeId,
  type: 'client' | 'server' | 'unknown',
  tier: Tier,
  rect: Rect,
  selected: boolean,
): ActorFlowNode {
  return { ...common(id, rect, selected), type, data: { tier } }
}

/** A click opens its menu. */
function groupNode(id: NodeId, tier: Tier, rect: Rect): GroupFlowNode {
  return {
    ...common(id, rect, false),
    type: 'group',
    data: { tier },
    draggable: false,
    selectable: false,
    focusable: true,
    domAttributes: { 'aria-labelledby': nameElementId(id), 'aria-haspopup': 'menu' },
  }
}

function proxyNode(shape: RoundaboutShape, rect: Rect, selected: boolean): ProxyFlowNode {
  return {
    ...common(PROXY, rect, selected),
    type: 'proxy',
    data: { shape },
    // It may hold a button, which a button must not.
    ariaRole: 'group',
    domAttributes: { 'aria-labelledby': nameElementId(PROXY), 'aria-current': selected },
  }
}

function policyNode(
  { id, policy, members, rect, title }: PolicyBox,
  selected: boolean,
): PolicyFlowNode {
  return {
    // React Flow would raise it above the links.
    ...common(id, rect, false),
    type: 'policy',
    data: { policy, members, isTitled: title !== undefined },
    // Below the links, which run through it to its servers.
    zIndex: -1,
    focusable: true,
    selectable: false,
    ariaRole: 'group',
    domAttributes: { 'aria-labelledby': nameElementId(id), 'aria-current': selected },
  }
}

function common(id: string, { x, y, width, height }: Rect, selected: boolean) {
  return {
    id,
    position: { x, y },
    width,
    height,
    // Sizes are known: nothing waits to be measured, and no measurement is lost when a node moves.
    measured: { width, height },
    selected,
    ariaRole: 'button' as const,
    domAttributes: { 'aria-labelledby': nameElementId(id), 'aria-pressed': selected },
  }
}

function linkEdge(node: NodeId, path: LinkPath, lines: readonly string[]): LinkFlowEdge {
  const id = linkId(node)
  return {
    id,
    source: node,
    target: PROXY,
    type: 'link',
    data: { path, lines, node },
    selectable: false,
    focusable: true,
    ariaRole: 'button',
    // Instead of React Flow's own words; the element that labels it says what Enter does too.
    ariaLabel: linkName(nodeName(NO_NODES, node)),
    domAttributes: {
      'aria-labelledby': nameElementId(id),
      // React Flow has a role and a description of keys of its own.
      'aria-roledescription': undefined,
      'aria-describedby': undefined,
      // Arrow keys lead here from the nodes, which come first (use-canvas-keys.ts).
      tabIndex: -1,
    },
  }
}

function sameNode(one: CanvasNode, other: CanvasNode): boolean {
  return (
    one.type === other.type &&
    one.position.x === other.position.x &&
    one.position.y === other.position.y &&
    one.width === other.width &&
    one.height === other.height &&
    one.selected === other.selected &&
    one.domAttributes?.['aria-current'] === other.domAttributes?.['aria-current'] &&
    sameData(one, other)
  )
}

function sameData(one: CanvasNode, other: CanvasNode): boolean {
  if (one.type === 'proxy' && other.type === 'proxy') return one.data.shape === other.data.shape
  if (one.type === 'policy' && other.type === 'policy') {
    const { members } = other.data
    return (
      one.data.isTitled === other.data.isTitled &&
      one.data.members.length === members.length &&
      one.data.members.every((member, index) => member === members[index])
    )
  }
  if ('tier' in one.data && 'tier' in other.data) return one.data.tier === other.data.tier
  return false
}

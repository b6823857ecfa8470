// What the breakpoints name on the graph: which links and nodes have a mark, and which of them hold the next packet.
import type { Breakpoint } from '../../../shared/events'
import { quoteValue } from '../../../shared/filter/filter'
import { nodeTest, partsOfNode } from '../../../shared/filter/nodes'
import { Mistake, type Tree, treeOf } from '../../../shared/filter/syntax'
import { type BreakpointId, type NodeId, PROXY } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { usePaced } from '../store/paced'

/** `next`: the next packet there is held. `set`: others are, as long as the breakpoint stands. `off`: not at present. */
export type HoldMark = 'next' | 'set' | 'off'

type Source = Pick<State, 'breakpoints'>

/** The filter of "hold the next packet": of a node's link or, for the proxy, anywhere. */
export function nextFilter(node: NodeId): string {
  return node === PROXY ? `node:${PROXY}` : `link:${quoteValue(node)}`
}

/** The breakpoint that holds the next packet of this node. */
export function armedFor({ breakpoints }: Source, node: NodeId): BreakpointId | undefined {
  const filter = nextFilter(node)
  for (const one of breakpoints.values()) {
    if (one.once && one.enabled && one.filter === filter) return one.id
  }
  return undefined
}

/** The mark that a node and its link have. */
export function markOf({ breakpoints }: Source, node: NodeId): HoldMark | undefined {
  let mark: HoldMark | undefined
  for (const one of breakpoints.values()) {
    if (!namedBy(one)(node)) continue
    if (!one.enabled) mark ??= 'off'
    else if (one.once) return 'next'
    else mark = 'set'
  }
  return mark
}

const NODE_KEYS = new Set(['link', 'node', 'from', 'to'])
const nobody = () => false
const naming = new WeakMap<Breakpoint, (node: NodeId) => boolean>()

/** Whether a breakpoint's filter names a node in one of its terms; worked out once for each. */
function namedBy(breakpoint: Breakpoint): (node: NodeId) => boolean {
  const known = naming.get(breakpoint)
  if (known) return known
  const names = namesIn(parsed(breakpoint.filter))
  const isNamed =
    names.length === 0 ? nobody : (node: NodeId) => names.some((isNamedHere) => isNamedHere(node))
  naming.set(breakpoint, isNamed)
  return isNamed
}

function parsed(filter: string): Tree | undefined {
  try {
    return treeOf(filter)
  } catch (error) {
    if (error instanceof Mistake) return undefined
    throw error
  }
}

function namesIn(tree: Tree | undefined): ((node: NodeId) => boolean)[] {
  if (tree === undefined) return []
  if (tree.kind === 'all' || tree.kind === 'any') return tree.parts.flatMap(namesIn)
  if (tree.kind !== 'key') return []
  const { key, values } = tree
  if (NODE_KEYS.has(key)) return values.map(({ text }) => nodeTest(text))
  if (key !== 'client' && key !== 'server') return []
  return values.map(({ text }) => (node: NodeId) => {
    const { role, id } = partsOfNode(node)
    return role === key && id === text
  })
}

export function useHoldMark(node: NodeId): HoldMark | undefined {
  return usePaced((state) => markOf(state, node))
}

/** Whether the next packet of this node is going to be held. */
export function useIsArmed(node: NodeId): boolean {
  return usePaced((state) => armedFor(state, node) !== undefined)
}

// The marks of breakpoints on the graph: which links and nodes a breakpoint's filter names.
import type { Breakpoint } from '../../../shared/events'
import { nodeTest, partsOfNode } from '../../../shared/filter/nodes'
import { FilterError, type FilterTree, parseTree } from '../../../shared/filter/syntax'
import { type NodeId, PROXY } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { usePaced } from '../lab/paced'

/** `next`: the next packet there is held. `set`: an enabled breakpoint names it. `off`: only a disabled one does. */
export type HoldMark = 'next' | 'set' | 'off'

type Source = Pick<State, 'breakpoints'>

/** The mark of a node and its link. */
export function markOf({ breakpoints }: Source, node: NodeId): HoldMark | undefined {
  let mark: HoldMark | undefined
  for (const one of breakpoints.values()) {
    if (!namingOf(one).names(node)) continue
    if (!one.enabled) mark ??= 'off'
    else if (one.once) return 'next'
    else mark = 'set'
  }
  return mark
}

/** What a filter, or a part of one, says about the place of the packets that it matches. */
interface Naming {
  /** Whether it names this node. */
  names(node: NodeId): boolean
  /** Whether a packet on this node's link can match, judged by names alone. */
  allows(node: NodeId): boolean
}

const NODE_KEYS = new Set(['link', 'node', 'from', 'to'])
const NAMELESS: Naming = { names: () => false, allows: () => true }
const known = new WeakMap<Breakpoint, Naming>()

/** What a breakpoint's filter names; computed once for each breakpoint. */
function namingOf(breakpoint: Breakpoint): Naming {
  const naming = known.get(breakpoint) ?? namingIn(parsed(breakpoint.filter))
  known.set(breakpoint, naming)
  return naming
}

function parsed(filter: string): FilterTree | undefined {
  try {
    return parseTree(filter)
  } catch (error) {
    if (error instanceof FilterError) return undefined
    throw error
  }
}

function namingIn(tree: FilterTree | undefined): Naming {
  switch (tree?.kind) {
    case 'all':
      return allOf(tree.parts.map(namingIn))
    case 'any':
      return anyOf(tree.parts.map(namingIn))
    case 'key':
      return anyOf(tree.values.map(({ text }) => namingOfTerm(tree.key.toLowerCase(), text)))
    default:
      return NAMELESS
  }
}

/** A node is named by a conjunction if one part names it and no part excludes it. */
function allOf(parts: readonly Naming[]): Naming {
  const allows = (node: NodeId) => parts.every((part) => part.allows(node))
  return { allows, names: (node) => allows(node) && parts.some((part) => part.names(node)) }
}

function anyOf(parts: readonly Naming[]): Naming {
  return {
    allows: (node) => parts.some((part) => part.allows(node)),
    names: (node) => parts.some((part) => part.names(node)),
  }
}

function namingOfTerm(key: string, text: string): Naming {
  if (NODE_KEYS.has(key)) {
    const names = nodeTest(text)
    // The proxy is one end of every link.
    const anywhere = names(PROXY)
    return { names, allows: (node) => anywhere || node === PROXY || names(node) }
  }
  if (key !== 'client' && key !== 'server') return NAMELESS
  // An exchange's packets travel on the links of other nodes too.
  const id = text.trim()
  return {
    names: (node) => {
      const parts = partsOfNode(node)
      return parts.role === key && parts.id === id
    },
    allows: (node) => {
      const parts = partsOfNode(node)
      return parts.role !== key || parts.id === id
    },
  }
}

export function useHoldMark(node: NodeId): HoldMark | undefined {
  return usePaced((state) => markOf(state, node))
}

// The roundabout's view of the switching table: each policy's servers in order of registration, without counters, so
// that rings are not redrawn for every message.
import type { ProtocolId } from '../../../shared/ids'
import { poolIn } from '../../../shared/state/pool'
import { isAway, type Standing, standingsIn } from '../../../shared/state/standing'
import type { State } from '../../../shared/state/state'
import { showsWeights } from '../decisions'

interface RingExit {
  readonly server: ProtocolId
  /** What keeps messages away from it, or slows it down; else that it is up. */
  readonly kind: Standing['kind']
  readonly isAway: boolean
  /** The part of its weight that counts, 0 to 1: less than 1 while it starts slowly. */
  readonly part: number
  /** The server's weight; 1 where the algorithm sees no weights. */
  readonly weight: number
}

export interface PolicyRing {
  readonly policy: ProtocolId
  readonly exits: readonly RingExit[]
}

type Source = Pick<State, 'rows' | 'next' | 'nodes' | 'pools' | 'decisions'>

/** A selector that returns the same list until a server is added, removed or moved, or changes its standing or its weight. */
export function ringsSelector(): (state: Source) => readonly PolicyRing[] {
  let rows: Source['rows'] | undefined
  let next: Source['next'] | undefined
  let nodes: Source['nodes'] | undefined
  let pools: Source['pools'] | undefined
  let rings: readonly PolicyRing[] = []
  return (state) => {
    const isSeen =
      state.rows === rows && state.next === next && state.nodes === nodes && state.pools === pools
    if (isSeen) return rings
    rows = state.rows
    next = state.next
    nodes = state.nodes
    pools = state.pools
    const before = rings
    const fresh = ringsOf(state).map((ring, index) => {
      const last = before[index]
      return last !== undefined && sameRing(ring, last) ? last : ring
    })
    const changed =
      fresh.length !== before.length || fresh.some((ring, index) => ring !== before[index])
    if (changed) rings = fresh
    return rings
  }
}

/** Rings in order of the policies' first appearance; a policy without servers has a ring without exits. */
function ringsOf(state: Source): PolicyRing[] {
  const { rows, next, nodes } = state
  const byPolicy = new Map<ProtocolId, RingExit[]>()
  for (const policy of next.keys()) byPolicy.set(policy, [])
  const weighted = new Map<ProtocolId, boolean>()
  for (const row of rows.values()) {
    const { server, policy, node, weightPercent = 100 } = row
    const isWeighted = weighted.get(policy) ?? showsWeights(poolIn(state, policy).algorithm)
    weighted.set(policy, isWeighted)
    const weight = isWeighted ? (nodes.get(node)?.weight ?? 1) : 1
    const [standing] = standingsIn(state, row)
    const exit = {
      server,
      kind: standing?.kind === 'seen' ? 'up' : (standing?.kind ?? 'up'),
      isAway: standing !== undefined && isAway(standing),
      part: weightPercent / 100,
      weight,
    }
    const exits = byPolicy.get(policy)
    if (exits) exits.push(exit)
    else byPolicy.set(policy, [exit])
  }
  return [...byPolicy].map(([policy, exits]) => ({ policy, exits }))
}

function sameRing(one: PolicyRing, other: PolicyRing): boolean {
  return (
    one.policy === other.policy &&
    one.exits.length === other.exits.length &&
    one.exits.every((exit, index) => {
      const twin = other.exits[index]
      return (
        exit.server === twin?.server &&
        exit.kind === twin.kind &&
        exit.part === twin.part &&
        exit.weight === twin.weight
      )
    })
  )
}

// The tidy layout: clients left, the roundabout in the middle, servers right in a box per policy. Pure and
// deterministic: the same structure, aspect ratio and layout before give the same places. It compares the ways to arrange
// clients and servers in columns, and takes the one that can be shown largest; but people remember where a server is, so
// that the arrangement before is kept while no other one is much larger.

import type { NodeId, ProtocolId } from '../../../shared/ids'
import type { Point } from '../ui/point'
import type { Actor } from './actor'
import { EMPTY, type Folding, foldClients, foldPool } from './foldings'
import { miniRingsShape } from './mini-rings'
import { MAX_RINGS, type RoundaboutShape, roundaboutShape } from './ring'
import { type Spacing, type Tier, USUAL } from './spacing'
import type { Structure } from './structure'

const MOST_CARDS = 24
const MOST_COMPACT = 100

export interface TidyLayout {
  /** The top left corner of every node, the proxy's too. */
  readonly places: ReadonlyMap<NodeId, Point>
  readonly clientTier: Tier
  readonly serverTier: Tier
  readonly roundabout: RoundaboutShape
  readonly columns: Columns
  readonly spacing: Spacing
  /** The part of the area's height that a flow unit has when everything is shown as large as it fits. */
  readonly scale: number
}

interface Columns {
  readonly clients: number
  /** The most columns of one policy's servers. */
  readonly servers: number
  /** The columns of boxes. */
  readonly stacks: number
  readonly aisle: number
}

/** Another arrangement than the one before must be this much better. */
const WORTH_MOVING = 1.25
/** The aisle before is kept while it is so near to the one that suits. */
const SIMILAR = 1.5

/** The servers of each policy in the policies' order; those without a policy come last, under ''. */
export function serversByPolicy({ actors, policies }: Structure): Map<ProtocolId, Actor[]> {
  const groups = new Map<ProtocolId, Actor[]>(policies.map((policy) => [policy, []]))
  for (const actor of actors) {
    if (actor.role !== 'server') continue
    const policy = actor.policy ?? ''
    const group = groups.get(policy)
    if (group) group.push(actor)
    else groups.set(policy, [actor])
  }
  for (const [policy, members] of groups) if (members.length === 0) groups.delete(policy)
  return groups
}

export interface Tiers {
  readonly clients: Tier
  readonly servers: Tier
}

/** Places everything around the roundabout's centre at 0, 0. `aspect`: width / height of the area to fill. */
export function tidyLayout(structure: Structure, aspect: number, before?: TidyLayout): TidyLayout {
  const servers = structure.actors.filter(({ role }) => role === 'server').length
  const tiers = {
    clients: tierFor(structure.actors.length - servers),
    servers: tierFor(servers),
  }
  return arrange(structure, aspect, USUAL, tiers, before)
}

/** The tidy layout with these distances and this much detail. */
export function arrange(
  structure: Structure,
  aspect: number,
  spacing: Spacing,
  tiers: Tiers,
  before?: TidyLayout,
): TidyLayout {
  const clients = structure.actors.filter((actor) => actor.role !== 'server')
  const groups = [...serversByPolicy(structure).values()]
  const roundabout = roundaboutFor(structure)
  const clientBlocks = foldClients(clients, spacing.clients[tiers.clients])
  const pools = foldPool(groups, spacing.servers[tiers.servers], spacing)
  const { block, pool, aisle, scale } = largest(
    clientBlocks,
    pools,
    roundabout.radius,
    aspect,
    spacing,
    before?.columns,
  )
  const places = new Map<NodeId, Point>()
  places.set('proxy', { x: -roundabout.radius, y: -roundabout.radius })
  block.put(places, -roundabout.radius - aisle - block.width, -block.height / 2)
  pool.put(places, roundabout.radius + aisle, -pool.height / 2)
  return {
    places,
    clientTier: tiers.clients,
    serverTier: tiers.servers,
    roundabout,
    columns: {
      clients: block.mostColumns,
      servers: pool.mostColumns,
      stacks: pool.stacks,
      aisle,
    },
    spacing,
    scale,
  }
}

export function roundaboutFor(structure: Structure): RoundaboutShape {
  const groups = [...serversByPolicy(structure).values()]
  const mostExits = groups.reduce((most, group) => Math.max(most, group.length), 0)
  const { length: policies } = structure.policies
  return policies <= MAX_RINGS ? roundaboutShape(policies, mostExits) : miniRingsShape(policies)
}

function tierFor(count: number): Tier {
  if (count <= MOST_CARDS) return 'card'
  return count <= MOST_COMPACT ? 'compact' : 'chip'
}

interface Arrangement {
  readonly block: Folding
  readonly pool: Folding
  readonly aisle: number
  readonly scale: number
}

function largest(
  clientBlocks: readonly Folding[],
  pools: readonly Folding[],
  radius: number,
  aspect: number,
  { aisle: { share, least, most }, caption, costOf, fillsFrom }: Spacing,
  before: Columns | undefined,
): Arrangement {
  let best: Arrangement = { block: EMPTY, pool: EMPTY, aisle: least, scale: 0 }
  let bestScore = Number.NEGATIVE_INFINITY
  for (const pool of pools) {
    const isPoolKept = before?.servers === pool.mostColumns && before.stacks === pool.stacks
    for (const block of clientBlocks) {
      const tallest = Math.max(block.height, pool.height)
      const height = Math.max(tallest, 2 * (radius + caption))
      const cards = block.width + pool.width + 2 * radius
      const room =
        fillsFrom === undefined
          ? tallest * share
          : (aspect * Math.max(height, fillsFrom) - cards) / 2
      const ideal = Math.min(most, Math.max(least, room))
      const aisle = isPoolKept && isNear(before.aisle, ideal) ? before.aisle : ideal
      const scale = Math.min(aspect / (cards + 2 * aisle), 1 / height)
      const cost = (block.columns * pool.columns) ** costOf.columns * pool.stacks ** costOf.stacks
      const score = (isPoolKept ? WORTH_MOVING : 1) * (scale / cost)
      if (score > bestScore) {
        bestScore = score
        best = { block, pool, aisle, scale }
      }
    }
  }
  return best
}

function isNear(one: number, other: number): boolean {
  return one < other * SIMILAR && other < one * SIMILAR
}

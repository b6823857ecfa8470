// The tidy layout: clients left, the roundabout in the middle, servers right in a box per policy. Pure and
// deterministic: the same structure and aspect ratio give the same places. It compares the ways to arrange clients and
// servers in columns, and takes the one that can be shown largest.

import type { NodeId, ProtocolId } from '../../../shared/ids'
import type { Point } from '../ui/point'
import type { Rect } from './geometry'
import { CLEARANCE } from './links/clear'
import { miniRingsShape } from './mini-rings'
import { MAX_RINGS, type RoundaboutShape, roundaboutShape } from './ring'
import { type Cell, type Spacing, type Tier, USUAL } from './spacing'
import type { Actor, Structure } from './structure'

const MOST_CARDS = 24
const MOST_COMPACT = 100
const MOST_COLUMNS = 48
const MOST_STACKS = 24

export interface TidyLayout {
  /** The top left corner of every node, the proxy's too. */
  readonly places: ReadonlyMap<NodeId, Point>
  readonly clientTier: Tier
  readonly serverTier: Tier
  readonly roundabout: RoundaboutShape
  readonly spacing: Spacing
  /** The part of the area's height that a flow unit has when everything is shown as large as it fits. */
  readonly scale: number
}

/** The box drawn around a policy's servers. */
export function groupBox(members: Rect, { groupPadding, groupTitle }: Spacing): Rect {
  return {
    x: members.x - groupPadding,
    y: members.y - groupTitle,
    width: members.width + 2 * groupPadding,
    height: members.height + groupTitle + groupPadding,
  }
}

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
export function tidyLayout(structure: Structure, aspect: number): TidyLayout {
  const servers = structure.actors.filter(({ role }) => role === 'server').length
  const tiers = {
    clients: tierFor(structure.actors.length - servers),
    servers: tierFor(servers),
  }
  return arrange(structure, aspect, USUAL, tiers)
}

/** The tidy layout with these distances and this much detail. */
export function arrange(
  structure: Structure,
  aspect: number,
  spacing: Spacing,
  tiers: Tiers,
): TidyLayout {
  const clients = structure.actors.filter((actor) => actor.role !== 'server')
  const groups = [...serversByPolicy(structure).values()]
  const mostExits = groups.reduce((most, group) => Math.max(most, group.length), 0)
  const { length: policies } = structure.policies
  const roundabout =
    policies <= MAX_RINGS ? roundaboutShape(policies, mostExits) : miniRingsShape(policies)

  const clientBlocks = foldClients(clients, spacing.clients[tiers.clients])
  const pools = foldPool(groups, spacing.servers[tiers.servers], spacing)
  const { block, pool, aisle, scale } = largest(
    clientBlocks,
    pools,
    roundabout.radius,
    aspect,
    spacing,
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
    spacing,
    scale,
  }
}

function tierFor(count: number): Tier {
  if (count <= MOST_CARDS) return 'card'
  return count <= MOST_COMPACT ? 'compact' : 'chip'
}

/** An arrangement in columns, not placed yet. */
interface Folding {
  readonly width: number
  readonly height: number
  readonly columns: number
  readonly stacks: number
  put(places: Map<NodeId, Point>, left: number, top: number): void
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
): Arrangement {
  let best: Arrangement = { block: EMPTY, pool: EMPTY, aisle: least, scale: 0 }
  let bestScore = Number.NEGATIVE_INFINITY
  for (const pool of pools) {
    for (const block of clientBlocks) {
      const tallest = Math.max(block.height, pool.height)
      const height = Math.max(tallest, 2 * (radius + caption))
      const cards = block.width + pool.width + 2 * radius
      const room =
        fillsFrom === undefined
          ? tallest * share
          : (aspect * Math.max(height, fillsFrom) - cards) / 2
      const aisle = Math.min(most, Math.max(least, room))
      const scale = Math.min(aspect / (cards + 2 * aisle), 1 / height)
      const score =
        scale / ((block.columns * pool.columns) ** costOf.columns * pool.stacks ** costOf.stacks)
      if (score > bestScore) {
        bestScore = score
        best = { block, pool, aisle, scale }
      }
    }
  }
  return best
}

const EMPTY: Folding = { width: 0, height: 0, columns: 1, stacks: 1, put: () => {} }

function foldClients(clients: readonly Actor[], cell: Cell): Folding[] {
  if (clients.length === 0) return [EMPTY]
  const foldings: Folding[] = []
  for (const columns of columnCounts(clients.length)) foldings.push(grid(clients, cell, columns))
  return foldings
}

function foldPool(groups: readonly (readonly Actor[])[], cell: Cell, spacing: Spacing): Folding[] {
  if (groups.length === 0) return [EMPTY]
  const mostMembers = groups.reduce((most, group) => Math.max(most, group.length), 0)
  const foldings: Folding[] = []
  for (const columns of columnCounts(mostMembers)) {
    const boxes = groups.map((group) => boxed(grid(group, cell, columns), spacing))
    for (let stacks = 1; stacks <= Math.min(groups.length, MOST_STACKS); stacks++) {
      foldings.push(stacked(boxes, stacks, spacing.groupGap))
    }
  }
  return foldings
}

/** Column counts of which each gives another number of rows. */
function columnCounts(count: number): number[] {
  const counts: number[] = []
  let lastRows = Number.POSITIVE_INFINITY
  for (let columns = 1; columns <= Math.min(count, MOST_COLUMNS); columns++) {
    const rows = Math.ceil(count / columns)
    if (rows === lastRows) continue
    lastRows = rows
    counts.push(columns)
  }
  return counts
}

/** Room for links between cards. */
const LANE = 2 * CLEARANCE

/**
 * Rows from left to right, in at most this many columns, and no more than the rows need. Links to all but the first
 * column run between rows: every other gap is wide enough, so that each row has one beside it.
 */
function grid(actors: readonly Actor[], cell: Cell, mostColumns: number): Folding {
  const rows = Math.ceil(actors.length / mostColumns)
  const columns = Math.ceil(actors.length / rows)
  const pitchX = cell.width + LANE
  const wide = columns > 1 ? LANE : cell.gap
  const hasLane = (gap: number) => gap % 2 === 0 || gap === rows - 2
  const tops = [0]
  for (let gap = 0; gap < rows - 1; gap++) {
    tops.push((tops[gap] ?? 0) + cell.height + (hasLane(gap) ? wide : cell.gap))
  }
  return {
    width: columns * pitchX - LANE,
    height: (tops[rows - 1] ?? 0) + cell.height,
    columns,
    stacks: 1,
    put(places, left, top) {
      actors.forEach(({ id }, index) => {
        const row = Math.floor(index / columns)
        places.set(id, { x: left + (index % columns) * pitchX, y: top + (tops[row] ?? 0) })
      })
    },
  }
}

function boxed(inner: Folding, spacing: Spacing): Folding {
  const members = { x: 0, y: 0, width: inner.width, height: inner.height }
  const { width, height } = groupBox(members, spacing)
  return {
    width,
    height,
    columns: inner.columns,
    stacks: 1,
    put: (places, left, top) =>
      inner.put(places, left + spacing.groupPadding, top + spacing.groupTitle),
  }
}

/** Boxes one above the other, in this many stacks of similar height, in order. */
function stacked(boxes: readonly Folding[], count: number, gap: number): Folding {
  const total = boxes.reduce((sum, box) => sum + box.height + gap, 0)
  const stacks: { boxes: Folding[]; width: number; height: number; columns: number }[] = []
  let begun = 0
  for (const box of boxes) {
    const last = stacks[stacks.length - 1]
    const share = (total / count) * stacks.length
    if (!last || (stacks.length < count && begun + box.height / 2 > share)) {
      stacks.push({ boxes: [box], width: box.width, height: box.height, columns: box.columns })
    } else {
      last.boxes.push(box)
      last.width = Math.max(last.width, box.width)
      last.height += gap + box.height
      last.columns = Math.max(last.columns, box.columns)
    }
    begun += box.height + gap
  }
  const height = Math.max(...stacks.map((stack) => stack.height))
  return {
    width: stacks.reduce((sum, stack) => sum + stack.width + gap, -gap),
    height,
    columns: stacks.reduce((sum, stack) => sum + stack.columns, 0),
    stacks: stacks.length,
    put(places, left, top) {
      let x = left
      for (const stack of stacks) {
        let y = top + (height - stack.height) / 2
        for (const box of stack.boxes) {
          box.put(places, x, y)
          y += box.height + gap
        }
        x += stack.width + gap
      }
    },
  }
}

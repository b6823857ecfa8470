// The ways to stand clients and servers in columns: clients in one block, the servers of each policy in a box, and the boxes
// in stacks.
import type { NodeId } from '../../../shared/ids'
import type { Point } from '../ui/point'
import type { Actor } from './actor'
import type { Rect } from './geometry'
import { CLEARANCE } from './links/clear'
import type { Cell, Spacing } from './spacing'

const MOST_COLUMNS = 48
const MOST_STACKS = 24

/** An arrangement in columns, not placed yet. */
export interface Folding {
  readonly width: number
  readonly height: number
  readonly columns: number
  /** As many as a block or a box may have. */
  readonly mostColumns: number
  readonly stacks: number
  put(places: Map<NodeId, Point>, left: number, top: number): void
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

export const EMPTY: Folding = {
  width: 0,
  height: 0,
  columns: 1,
  mostColumns: 1,
  stacks: 1,
  put: () => {},
}

export function foldClients(clients: readonly Actor[], cell: Cell): Folding[] {
  if (clients.length === 0) return [EMPTY]
  const foldings: Folding[] = []
  for (const columns of columnCounts(clients.length)) foldings.push(grid(clients, cell, columns))
  return foldings
}

export function foldPool(
  groups: readonly (readonly Actor[])[],
  cell: Cell,
  spacing: Spacing,
): Folding[] {
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
    mostColumns,
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
    mostColumns: inner.mostColumns,
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
    mostColumns: boxes[0]?.mostColumns ?? 1,
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

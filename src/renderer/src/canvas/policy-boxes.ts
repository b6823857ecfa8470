// The boxes around policies' servers. A box covers no node of others: servers that stand apart, or behind such a node, have
// a box of their own. Pure.
import type { NodeId, ProtocolId } from '../../../shared/ids'
import type { Point } from '../ui/point'
import { groupBox } from './foldings'
import { boundsOf, gapBetween, grown, overlaps, type Rect } from './geometry'
import type { Spacing } from './spacing'
import type { Structure } from './structure'
import { serversByPolicy } from './tidy-layout'

export interface PolicyBox {
  /** That of the policy's largest box follows from the policy, so that it stays the same while servers leave the box. */
  readonly id: string
  readonly policy: ProtocolId
  readonly members: readonly NodeId[]
  readonly rect: Rect
  /** The upper part of the box, in its whole width; undefined where there is no room for it. */
  readonly title: Rect | undefined
}

/** Cards farther apart are not in one box. */
export const NEAR = 96
/** Around cards that are too close to others for a title. */
const OUTLINE = 6

interface Part {
  readonly members: readonly NodeId[]
  readonly bounds: Rect
}

export function policyBoxes(
  structure: Structure,
  { actors, proxy }: { actors: ReadonlyMap<NodeId, Rect>; proxy: Rect },
  spacing: Spacing,
  places: ReadonlyMap<NodeId, Point>,
): PolicyBox[] {
  const boxes: PolicyBox[] = []
  for (const [policy, servers] of serversByPolicy(structure)) {
    if (policy === '') continue
    const members = new Set(servers.map(({ id }) => id))
    const others = [...actors].flatMap(([id, rect]) => (members.has(id) ? [] : [rect]))
    const foreign = [proxy, ...others, ...boxes.map(({ rect }) => rect)]
    const isFree = (rect: Rect) => !foreign.some((other) => overlaps(rect, other))
    const cards = new Map([...members].flatMap((id) => pairOf(id, actors.get(id))))
    const parts = partsOf(
      cards,
      (bounds) => isFree(groupBox(bounds, spacing)),
      (node) => places.has(node),
    )
    const [largest] = parts.toSorted((one, other) => other.members.length - one.members.length)
    for (const part of parts) {
      const rect = groupBox(part.bounds, spacing)
      const covers = ([id, card]: [NodeId, Rect]) =>
        !part.members.includes(id) && overlaps(rect, card)
      const hasTitle = isFree(rect) && ![...cards].some(covers)
      boxes.push({
        id: part === largest ? `policy:${policy}` : `part:${part.members[0]}`,
        policy,
        members: part.members,
        rect: hasTitle ? rect : grown(part.bounds, OUTLINE),
        title: hasTitle ? { ...rect, height: spacing.groupTitle } : undefined,
      })
    }
  }
  return boxes
}

/** Joins the closest cards first, as long as the bounds around them are free. */
function partsOf(
  cards: ReadonlyMap<NodeId, Rect>,
  isFree: (bounds: Rect) => boolean,
  isPlaced: (node: NodeId) => boolean,
): Part[] {
  const members = [...cards.keys()]
  const whole = boundsOf(cards.values())
  if (!whole) return []
  // The usual case, and quickly found.
  if (isFree(whole) && !members.some(isPlaced)) return [{ members, bounds: whole }]
  const partOf = new Map<NodeId, Part>(
    [...cards].map(([id, bounds]) => [id, { members: [id], bounds }]),
  )
  for (const [one, other] of closePairs([...cards])) {
    const [first, second] = [partOf.get(one), partOf.get(other)]
    if (!first || !second || first === second) continue
    const bounds = boundsOf([first.bounds, second.bounds])
    if (!bounds || !isFree(bounds)) continue
    const members = [...first.members, ...second.members]
    const joined = { members, bounds }
    for (const member of members) partOf.set(member, joined)
  }
  return [...new Set(partOf.values())]
}

function closePairs(cards: readonly (readonly [NodeId, Rect])[]): [NodeId, NodeId][] {
  const pairs = cards.flatMap(([one, rect], index) =>
    cards.slice(index + 1).flatMap(([other, second]) => {
      const gap = gapBetween(rect, second)
      return gap <= NEAR ? [{ one, other, gap }] : []
    }),
  )
  return pairs.sort((a, b) => a.gap - b.gap).map(({ one, other }) => [one, other])
}

function pairOf<Key, Value>(key: Key, value: Value | undefined): [Key, Value][] {
  return value === undefined ? [] : [[key, value]]
}

// Gives every link a small number, by which packets refer to it on both sides of the worker. A packet may be sent
// before its node is placed: its link then has a number but no place.

import { type NodeId, PROXY } from '../../../../shared/ids'
import type { LinkPath } from '../links/path'
import { numbersOf } from './curves'
import type { Box } from './region'

/** A link on the graph, from the node `id` to the proxy; flow coordinates. */
export interface DrawnLink {
  id: NodeId
  path: LinkPath
}

export class LinkBook {
  private readonly indexes = new Map<NodeId, number>()
  private readonly free: number[] = []
  private numbers: number[][] = []

  /** The number of the link to this node; a new link gets its number here. */
  indexOf(id: NodeId): number {
    const known = this.indexes.get(id)
    if (known !== undefined) return known
    const index = this.free.pop() ?? this.numbers.length
    this.indexes.set(id, index)
    this.numbers[index] = absent()
    return index
  }

  /** Replaces the links. Frees the numbers of all others, except those in `inUse`. */
  replace(links: readonly DrawnLink[], inUse: ReadonlySet<number>): void {
    const placed = new Map(links.map((link) => [link.id, link]))
    for (const [id, index] of this.indexes) {
      if (placed.has(id)) continue
      this.numbers[index] = absent()
      if (inUse.has(index)) continue
      this.indexes.delete(id)
      this.free.push(index)
    }
    for (const link of links) this.place(link)
  }

  /** The number of the link that a packet between these nodes takes. */
  indexBetween({ from, to }: { from: NodeId; to: NodeId }): number {
    return this.indexOf(from === PROXY ? to : from)
  }

  /** Places one link, new or known. */
  place({ id, path }: DrawnLink): void {
    this.numbers[this.indexOf(id)] = numbersOf(path)
  }

  /** All links as `Curves` takes them. */
  all(): Float64Array {
    return Float64Array.from(this.numbers.flat())
  }

  /** The box around all placed links; null without any. A curve lies within the box of its control points. */
  bounds(): Box | null {
    let left = Number.POSITIVE_INFINITY
    let top = Number.POSITIVE_INFINITY
    let right = Number.NEGATIVE_INFINITY
    let bottom = Number.NEGATIVE_INFINITY
    for (const numbers of this.numbers) {
      // The first number says how many follow.
      for (let at = 1; at < numbers.length; at += 2) {
        const [x = Number.NaN, y = Number.NaN] = numbers.slice(at, at + 2)
        if (x < left) left = x
        if (x > right) right = x
        if (y < top) top = y
        if (y > bottom) bottom = y
      }
    }
    return left <= right ? { left, top, right, bottom } : null
  }
}

function absent(): number[] {
  return [0]
}

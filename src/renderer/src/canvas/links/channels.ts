// The channels between cards, along which links are led: horizontal and vertical lines, and the cheapest way from given
// starts to each of their crossings. Every link begins at the roundabout, so one search finds the ways of all, and ways
// to the same region share their lines.
import type { Point } from '../../ui/point'
import type { Rect } from '../geometry'

/** Flow units that a turn costs. */
const TURN = 24
/** How a way arrives at a crossing. */
const [LEVEL, UPRIGHT, START] = [0, 1, 2] as const
const ARRIVALS = 3
/** Lines closer than this are one. */
const SAME = 0.01

/** Where ways begin: a crossing, reached horizontally. */
export interface Start {
  readonly at: Point
  /** 1: the way leads on to the right; -1: to the left. */
  readonly heading: 1 | -1
  readonly cost: number
}

interface Way {
  readonly start: Start
  /** From the start to the crossing that was asked for. */
  readonly points: readonly Point[]
  readonly cost: number
}

export class Channels {
  private readonly xs: readonly number[]
  private readonly ys: readonly number[]
  /** The cost from each crossing to the next one right and below: the length at first. Infinity: a card is in the way. */
  private readonly across: Float64Array
  private readonly down: Float64Array
  /** By crossing and arrival: horizontal, vertical, or by the curve of a start. */
  private costs = new Float64Array(0)
  private before = new Int32Array(0)
  private starts: readonly Start[] = []

  constructor(columns: Iterable<number>, rows: Iterable<number>) {
    const xs = lines(columns)
    const ys = lines(rows)
    this.xs = xs
    this.ys = ys
    this.across = new Float64Array(xs.length * ys.length)
    this.down = new Float64Array(xs.length * ys.length)
    for (let row = 0; row < ys.length; row++) {
      for (let column = 0; column < xs.length; column++) {
        const at = row * xs.length + column
        this.across[at] = (xs[column + 1] ?? 0) - (xs[column] ?? 0)
        this.down[at] = (ys[row + 1] ?? 0) - (ys[row] ?? 0)
      }
    }
  }

  /** The vertical lines, from left to right. */
  get columns(): readonly number[] {
    return this.xs
  }

  /** The horizontal lines, from top to bottom. */
  get rows(): readonly number[] {
    return this.ys
  }

  /** Lets no way through the inside of this rectangle; ways along its edges are outside. */
  block(rect: Rect): void {
    this.change(rect, () => Number.POSITIVE_INFINITY)
  }

  /** Multiplies the cost of ways through the inside. */
  charge(rect: Rect, factor: number): void {
    this.change(rect, (cost) => cost * factor)
  }

  /** Adds to the cost of ways for each edge of the rectangle that they cross. */
  toll({ x, y, width, height }: Rect, cost: number): void {
    const { xs, ys, across, down } = this
    for (const edge of [x, x + width]) {
      const column = firstAfter(xs, edge) - 1
      if (column < 0 || column + 1 >= xs.length) continue
      for (let row = firstAfter(ys, y); row < ys.length && (ys[row] ?? 0) < y + height; row++) {
        const at = row * xs.length + column
        across[at] = (across[at] ?? 0) + cost
      }
    }
    for (const edge of [y, y + height]) {
      const row = firstAfter(ys, edge) - 1
      if (row < 0 || row + 1 >= ys.length) continue
      for (let column = firstAfter(xs, x); column < xs.length; column++) {
        if ((xs[column] ?? 0) >= x + width) break
        const at = row * xs.length + column
        down[at] = (down[at] ?? 0) + cost
      }
    }
  }

  private change({ x, y, width, height }: Rect, changed: (cost: number) => number): void {
    const { xs, ys, across, down } = this
    const [left, right] = [x + SAME, x + width - SAME]
    const [top, bottom] = [y + SAME, y + height - SAME]
    const fromColumn = firstAfter(xs, left)
    const fromRow = firstAfter(ys, top)
    for (let row = fromRow; row < ys.length && (ys[row] ?? 0) < bottom; row++) {
      for (let column = Math.max(0, fromColumn - 1); column < xs.length; column++) {
        if ((xs[column] ?? 0) >= right) break
        const at = row * xs.length + column
        across[at] = changed(across[at] ?? 0)
      }
    }
    for (let column = fromColumn; column < xs.length && (xs[column] ?? 0) < right; column++) {
      for (let row = Math.max(0, fromRow - 1); row < ys.length; row++) {
        if ((ys[row] ?? 0) >= bottom) break
        const at = row * xs.length + column
        down[at] = changed(down[at] ?? 0)
      }
    }
  }

  /** Whether a way leads on from this crossing. */
  isOpen(point: Point): boolean {
    const crossing = this.crossing(point)
    if (crossing === undefined) return false
    const { across, down } = this
    const ways = [across[crossing], across[crossing - 1], down[crossing]]
    return ways.some((cost) => cost !== undefined && cost < Number.POSITIVE_INFINITY)
  }

  /** Finds the cheapest way to every crossing. */
  search(starts: readonly Start[]): void {
    const { xs, ys } = this
    const size = xs.length * ys.length
    this.starts = starts
    this.costs = new Float64Array(ARRIVALS * size).fill(Number.POSITIVE_INFINITY)
    // A start is -1 - its index; what has not been reached is -1 - the number of starts.
    this.before = new Int32Array(ARRIVALS * size).fill(-1 - starts.length)
    const queue = new Queue()
    starts.forEach(({ at, cost }, index) => {
      const crossing = this.crossing(at)
      if (crossing === undefined) return
      const state = ARRIVALS * crossing + START
      this.costs[state] = cost
      this.before[state] = -1 - index
      queue.add(state, cost)
    })
    for (let next = queue.take(); next; next = queue.take()) {
      if (next.cost > (this.costs[next.item] ?? 0)) continue
      this.visit(next.item, queue)
    }
  }

  /** The way found to a crossing, to continue horizontally from there; undefined without one. */
  wayTo(point: Point): Way | undefined {
    const crossing = this.crossing(point)
    if (crossing === undefined) return undefined
    const first = ARRIVALS * crossing
    const costs = [0, TURN, 0].map((turn, arrival) => (this.costs[first + arrival] ?? 0) + turn)
    const cost = Math.min(...costs)
    if (cost === Number.POSITIVE_INFINITY) return undefined
    const points: Point[] = []
    let state = first + costs.indexOf(cost)
    while (state >= 0) {
      points.push(this.pointOf(Math.floor(state / ARRIVALS)))
      state = this.before[state] ?? -1
    }
    const start = this.starts[-1 - state]
    return start && { start, points: points.reverse(), cost }
  }

  private visit(state: number, queue: Queue): void {
    const { xs, ys, across, down } = this
    const width = xs.length
    const crossing = Math.floor(state / ARRIVALS)
    const column = crossing % width
    const row = (crossing - column) / width
    const before = this.before[state] ?? 0
    // The curve from the roundabout arrives horizontally, and so must the way continue.
    const heading = before < 0 ? this.starts[-1 - before]?.heading : undefined
    if (column + 1 < width && heading !== -1) {
      this.offer(state, crossing + 1, LEVEL, across[crossing] ?? 0, queue)
    }
    if (column > 0 && heading !== 1) {
      this.offer(state, crossing - 1, LEVEL, across[crossing - 1] ?? 0, queue)
    }
    if (heading !== undefined) return
    if (row + 1 < ys.length)
      this.offer(state, crossing + width, UPRIGHT, down[crossing] ?? 0, queue)
    if (row > 0) this.offer(state, crossing - width, UPRIGHT, down[crossing - width] ?? 0, queue)
  }

  private offer(from: number, crossing: number, arrival: 0 | 1, cost: number, queue: Queue) {
    const turn = (from % ARRIVALS === UPRIGHT) === (arrival === UPRIGHT) ? 0 : TURN
    const whole = (this.costs[from] ?? 0) + cost + turn
    const state = ARRIVALS * crossing + arrival
    // Of equal ways the first one found is kept: always the same.
    if (whole >= (this.costs[state] ?? 0) - 1e-9) return
    this.costs[state] = whole
    this.before[state] = from
    queue.add(state, whole)
  }

  private crossing({ x, y }: Point): number | undefined {
    const column = firstAfter(this.xs, x - 2 * SAME)
    const row = firstAfter(this.ys, y - 2 * SAME)
    const here = this.xs[column]
    const there = this.ys[row]
    if (here === undefined || there === undefined) return undefined
    if (Math.abs(here - x) > 2 * SAME || Math.abs(there - y) > 2 * SAME) return undefined
    return row * this.xs.length + column
  }

  private pointOf(crossing: number): Point {
    const column = crossing % this.xs.length
    const row = (crossing - column) / this.xs.length
    return { x: this.xs[column] ?? 0, y: this.ys[row] ?? 0 }
  }
}

function lines(values: Iterable<number>): number[] {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted.filter((value, index) => {
    const before = sorted[index - 1]
    return before === undefined || value - before > SAME
  })
}

/** The index of the first value after this one. */
function firstAfter(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  return low
}

/** A binary heap: the item of least cost is taken first. */
class Queue {
  private readonly items: number[] = []
  private readonly costs: number[] = []

  add(item: number, cost: number): void {
    const { items, costs } = this
    let at = items.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if ((costs[parent] ?? 0) <= cost) break
      items[at] = items[parent] ?? 0
      costs[at] = costs[parent] ?? 0
      at = parent
    }
    items[at] = item
    costs[at] = cost
  }

  take(): { item: number; cost: number } | undefined {
    const { items, costs } = this
    const item = items[0]
    const cost = costs[0]
    const lastItem = items.pop()
    const lastCost = costs.pop()
    if (item === undefined || cost === undefined) return undefined
    if (lastItem === undefined || lastCost === undefined || items.length === 0) {
      return { item, cost }
    }
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= items.length) break
      if (child + 1 < items.length && (costs[child + 1] ?? 0) < (costs[child] ?? 0)) child++
      if ((costs[child] ?? 0) >= lastCost) break
      items[at] = items[child] ?? 0
      costs[at] = costs[child] ?? 0
      at = child
    }
    items[at] = lastItem
    costs[at] = lastCost
    return { item, cost }
  }
}

// The place of every packet at a moment of simulated time. The worker draws from it, and the window finds the packet
// under the pointer with it.
import type { SimMs } from '../../../../shared/ids'
import { HOLD_AT } from '../../../../shared/limits'
import { fractionAt, type Leg } from '../../../../shared/state/leg'
import type { Point } from '../../ui/point'
import { placeInConvoy } from './convoys'
import { Curves, type Placement } from './curves'
import type { Ended } from './packet-book'
import { LOOK, PacketTable } from './packet-table'
import { behindQueue } from './queue'

/** Packets with a shorter way in time than this are shown by the link's glow instead of being drawn. */
const INSTANT_MS = 5
/** What moves for less than this in real time is on the screen for two frames at most. */
const BRIEF_MS = 34
/** A packet that its receiver has not read this long after its due time is shown waiting. */
const STUCK_MS = 250

/** Whether a packet that has arrived was shown by its link's glow alone. */
export function wasInstant({ unseen, legAt, dueAt }: Pick<Ended, 'unseen' | 'legAt' | 'dueAt'>) {
  return unseen || dueAt - legAt < INSTANT_MS
}

/** The visible packets, by columns; only the first `count` entries are valid. */
class Placements {
  count = 0
  readonly slot: Uint32Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly dx: Float32Array
  readonly dy: Float32Array
  readonly fraction: Float32Array

  constructor(capacity: number) {
    this.slot = new Uint32Array(capacity)
    this.x = new Float64Array(capacity)
    this.y = new Float64Array(capacity)
    this.dx = new Float32Array(capacity)
    this.dy = new Float32Array(capacity)
    this.fraction = new Float32Array(capacity)
  }
}

export class PacketScene {
  readonly placed: Placements
  /** Draws packets in the middle of their link, side by side, instead of gliding. */
  reducedMotion = false
  /** The longest leg of those that were placed last and move. */
  private longestMs = 0
  private readonly at: Placement = { x: 0, y: 0, dx: 1, dy: 0 }
  private readonly leg: Leg = { legAt: 0, legFrom: 0, dueAt: 0 }

  constructor(
    readonly table = new PacketTable(),
    readonly curves = new Curves(),
  ) {
    this.placed = new Placements(table.capacity)
  }

  /** Whether every packet that was placed last and moves is brief at this speed. */
  isBrief(speed: number): boolean {
    return this.longestMs < BRIEF_MS * speed
  }

  /** Places all packets as of `now`. Returns whether any of them moves. */
  place(now: SimMs): boolean {
    const { table, curves, placed, at, leg } = this
    const standing = this.reducedMotion ? new Uint16Array(curves.count) : undefined
    const queueEnds = table.held > 0 ? this.queueEnds() : undefined
    let moving = false
    let longestMs = 0
    let count = 0
    for (let slot = 0; slot < table.end; slot++) {
      const look = table.look[slot] ?? 0
      if (look === 0) continue
      const link = table.link[slot] ?? 0
      if (!curves.has(link)) continue
      leg.legAt = table.legAt[slot] ?? 0
      leg.legFrom = table.legFrom[slot] ?? 0
      leg.dueAt = table.dueAt[slot] ?? 0
      let fraction = leg.legFrom
      if ((look & LOOK.held) === 0) {
        const legMs = leg.dueAt - leg.legAt
        const instant = legMs < INSTANT_MS
        if (now < leg.dueAt && legMs > longestMs) longestMs = legMs
        if (now < leg.dueAt || (instant && now < leg.dueAt + STUCK_MS)) moving = true
        if (instant && now < leg.dueAt + STUCK_MS) continue
        fraction = fractionAt(leg, now)
        const size = table.convoySize[slot] ?? 1
        if (size > 1) fraction = placeInConvoy(fraction, table.convoyIndex[slot] ?? 0, size)
        // A packet on its first leg stops behind the held ones, unless it has passed them already.
        const end = queueEnds?.[2 * link + (look & LOOK.fromProxy ? 1 : 0)] ?? 1
        if (leg.legFrom === 0 && fraction > end && fraction < HOLD_AT) fraction = end
      }
      const fromProxy = (look & LOOK.fromProxy) !== 0
      if (standing) {
        const place = standing[link] ?? 0
        standing[link] = place + 1
        curves.place(link, restingPlace(place), false, 0, at)
        if (fromProxy) {
          at.dx = -at.dx
          at.dy = -at.dy
        }
      } else {
        curves.place(link, fraction, fromProxy, curves.lane, at)
      }
      placed.slot[count] = slot
      placed.x[count] = at.x
      placed.y[count] = at.y
      placed.dx[count] = at.dx
      placed.dy[count] = at.dy
      placed.fraction[count] = fraction
      count++
    }
    placed.count = count
    this.longestMs = longestMs
    return moving
  }

  /** By link and direction: where packets stop behind the held ones; 1 without held ones. */
  private queueEnds(): Float64Array {
    const { table, curves } = this
    const ends = new Float64Array(2 * curves.count).fill(1)
    for (let slot = 0; slot < table.end; slot++) {
      const look = table.look[slot] ?? 0
      if ((look & LOOK.held) === 0) continue
      const index = 2 * (table.link[slot] ?? 0) + (look & LOOK.fromProxy ? 1 : 0)
      const end = behindQueue(table.legFrom[slot] ?? 0)
      if (end < (ends[index] ?? 0)) ends[index] = end
    }
    return ends
  }

  /** The flow point of the packet in this slot, if it was placed last. */
  pointOf(slot: number): Point | undefined {
    const { placed } = this
    const index = placed.slot.subarray(0, placed.count).indexOf(slot)
    return index < 0 ? undefined : { x: placed.x[index] ?? 0, y: placed.y[index] ?? 0 }
  }

  /** The slot of the packet nearest to a flow point, among those placed last and at most `radius` away. */
  slotAt(x: number, y: number, radius: number): number | undefined {
    const { placed } = this
    let nearest: number | undefined
    let least = radius * radius
    for (let index = 0; index < placed.count; index++) {
      const awayX = (placed.x[index] ?? 0) - x
      const awayY = (placed.y[index] ?? 0) - y
      const away = awayX * awayX + awayY * awayY
      if (away > least) continue
      least = away
      nearest = placed.slot[index]
    }
    return nearest
  }
}

/** The middle of the link for the first packet; the next ones beside it, on alternating sides. */
function restingPlace(index: number): number {
  const place = index % 9
  const away = Math.ceil(place / 2) * 0.09
  return place % 2 === 1 ? 0.5 + away : 0.5 - away
}

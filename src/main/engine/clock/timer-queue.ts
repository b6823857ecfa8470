// The timers of a clock in firing order: a binary heap by (due, sequence). Each timer knows its place
// in the heap, so that cancelling one, which is what becomes of most time limits, takes O(log n).
import type { SimMs } from '../../../shared/ids'
import type { Timer } from './clock'

const NOT_QUEUED = -1

export class QueuedTimer implements Timer {
  /** Index in the heap; kept by the queue. */
  place = NOT_QUEUED

  constructor(
    readonly dueAt: SimMs,
    readonly sequence: number,
    readonly fire: () => void,
  ) {}
}

export class TimerQueue {
  private readonly heap: QueuedTimer[] = []
  private sequence = 0

  get size(): number {
    return this.heap.length
  }

  add(dueAt: SimMs, fire: () => void): QueuedTimer {
    const timer = new QueuedTimer(dueAt, this.sequence++, fire)
    this.heap.push(timer)
    this.rise(timer, this.heap.length - 1)
    return timer
  }

  first(): QueuedTimer | undefined {
    return this.heap[0]
  }

  takeFirst(): QueuedTimer | undefined {
    const first = this.heap[0]
    if (first !== undefined) this.remove(first)
    return first
  }

  /** Takes a timer out. False when it is not in this queue: fired, cancelled or another queue's. */
  remove(timer: QueuedTimer): boolean {
    const place = timer.place
    if (this.heap[place] !== timer) return false
    timer.place = NOT_QUEUED
    const last = this.heap.pop()
    if (last !== undefined && last !== timer) {
      this.sink(last, place)
      this.rise(last, last.place)
    }
    return true
  }

  clear(): void {
    for (const timer of this.heap) timer.place = NOT_QUEUED
    this.heap.length = 0
  }

  /** Puts `timer` at `place`, or above it while its parents come later. */
  private rise(timer: QueuedTimer, place: number): void {
    while (place > 0) {
      const above = (place - 1) >> 1
      const parent = this.heap[above]
      if (parent === undefined || precedes(parent, timer)) break
      this.put(parent, place)
      place = above
    }
    this.put(timer, place)
  }

  /** Puts `timer` at `place`, or below it while its children come earlier. */
  private sink(timer: QueuedTimer, place: number): void {
    for (;;) {
      const left = 2 * place + 1
      const below = this.earlier(left, left + 1)
      const child = this.heap[below]
      if (child === undefined || precedes(timer, child)) break
      this.put(child, place)
      place = below
    }
    this.put(timer, place)
  }

  /** Of two neighbouring places, the one whose timer comes first. */
  private earlier(left: number, right: number): number {
    const a = this.heap[left]
    const b = this.heap[right]
    return a !== undefined && b !== undefined && precedes(b, a) ? right : left
  }

  private put(timer: QueuedTimer, place: number): void {
    this.heap[place] = timer
    timer.place = place
  }
}

function precedes(a: QueuedTimer, b: QueuedTimer): boolean {
  return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.sequence < b.sequence)
}

// The timers of a clock in firing order: a binary heap by (due, sequence). Each timer knows its
// index in the heap, so cancelling one takes O(log n); most time limits are cancelled.
import type { SimMs } from '../../../shared/ids'
import type { Timer } from './clock'

const NOT_QUEUED = -1

export class QueuedTimer implements Timer {
  /** Index in the heap; maintained by the queue. */
  index = NOT_QUEUED

  constructor(
    readonly dueAt: SimMs,
    readonly sequence: number,
    readonly fire: () => void,
  ) {}
}

export class TimerQueue {
  private readonly heap: QueuedTimer[] = []
  private sequence = 0

  /** Timers that are added from now on have this one or a later one. */
  get nextSequence(): number {
    return this.sequence
  }

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

  /**
   * Removes a timer. Returns false if it is not in this queue: fired, cancelled or another queue's.
   */
  remove(timer: QueuedTimer): boolean {
    const index = timer.index
    if (this.heap[index] !== timer) return false
    timer.index = NOT_QUEUED
    const last = this.heap.pop()
    if (last !== undefined && last !== timer) {
      this.sink(last, index)
      this.rise(last, last.index)
    }
    return true
  }

  clear(): void {
    for (const timer of this.heap) timer.index = NOT_QUEUED
    this.heap.length = 0
  }

  /** Moves `timer` up from `index` while its parents are later. */
  private rise(timer: QueuedTimer, index: number): void {
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = this.heap[above]
      if (parent === undefined || precedes(parent, timer)) break
      this.put(parent, index)
      index = above
    }
    this.put(timer, index)
  }

  /** Moves `timer` down from `index` while its children are earlier. */
  private sink(timer: QueuedTimer, index: number): void {
    for (;;) {
      const left = 2 * index + 1
      const below = this.earlier(left, left + 1)
      const child = this.heap[below]
      if (child === undefined || precedes(timer, child)) break
      this.put(child, index)
      index = below
    }
    this.put(timer, index)
  }

  /** Returns the index whose timer comes first. */
  private earlier(left: number, right: number): number {
    const a = this.heap[left]
    const b = this.heap[right]
    return a !== undefined && b !== undefined && precedes(b, a) ? right : left
  }

  private put(timer: QueuedTimer, index: number): void {
    this.heap[index] = timer
    timer.index = index
  }
}

function precedes(a: QueuedTimer, b: QueuedTimer): boolean {
  return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.sequence < b.sequence)
}

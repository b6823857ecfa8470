// A state that advances with time: events wait in a queue and are reduced when they are due. It plays the past, and
// glides through steps.
import type { LabEvent } from '../../../shared/events'
import type { SimMs } from '../../../shared/ids'
import { reduce } from '../../../shared/state/reduce'
import type { State } from '../../../shared/state/state'

export class Playback {
  private queue: LabEvent[] = []
  /** Index of the first event in the queue that is not applied. */
  private head = 0

  constructor(public state: State) {}

  /** How many events are in the queue. */
  get waiting(): number {
    return this.queue.length - this.head
  }

  /** Number and time of the last event in the queue, or else of the last one applied. */
  get known(): { seq: number; at: SimMs } {
    return this.queue.at(-1) ?? this.state
  }

  /** At how many different times the queue's events are due. */
  get moments(): number {
    let count = 0
    for (let index = this.head; index < this.queue.length; index++) {
      if (index === this.head || this.queue[index]?.at !== this.queue[index - 1]?.at) count++
    }
    return count
  }

  /** Appends events to the queue. */
  add(events: readonly LabEvent[]): void {
    this.queue = this.queue.slice(this.head).concat(events)
    this.head = 0
  }

  /** Applies the events that are due by `to`, in one reduction, and returns them. */
  advance(to: SimMs): readonly LabEvent[] {
    const from = this.head
    let end = from
    for (let event = this.queue[end]; event && event.at <= to; event = this.queue[end]) end++
    if (end === from) return []
    const due = this.queue.slice(from, end)
    this.head = end
    this.state = reduce(this.state, due)
    return due
  }
}

// Tells those who wait for something every event of the lab, in order, and the time when nothing but time passes. A packet that
// was carried has been sent, perhaps read, and delivered: lessons learn of each of these.
import { partsOfEvent } from '../../shared/carried'
import type { LabEvent } from '../../shared/events'
import type { SimMs } from '../../shared/ids'
import { EventFacts } from '../../shared/lesson/event-facts'
import { earliest } from '../../shared/lesson/watch'
import type { LessonLab } from './lab'

type ObservedLab = Pick<LessonLab, 'state' | 'now' | 'subscribe' | 'schedule'>

export interface Observing {
  readonly dueAt: SimMs | undefined
  apply(event: LabEvent, facts: EventFacts): void
  pass(at: SimMs, facts: EventFacts): void
}

export class Observer {
  readonly facts: EventFacts
  private readonly parts = new Set<Observing>()
  private readonly stopListening: () => void
  private timer: { readonly at: SimMs; readonly cancel: () => void } | undefined

  constructor(private readonly lab: ObservedLab) {
    this.facts = new EventFacts(() => lab.state)
    this.stopListening = lab.subscribe((event) => {
      this.facts.learn(event)
      if (this.parts.size === 0) return
      for (const one of partsOfEvent(event)) {
        for (const part of [...this.parts]) part.apply(one, this.facts)
      }
      this.setTimer()
    })
  }

  /** Tells it everything from now on; returns a function that stops this. */
  add(part: Observing): () => void {
    this.parts.add(part)
    this.setTimer()
    return () => {
      this.parts.delete(part)
      this.setTimer()
    }
  }

  stop(): void {
    this.parts.clear()
    this.setTimer()
    this.stopListening()
  }

  private setTimer(): void {
    const due = earliest([...this.parts])
    if (due === this.timer?.at) return
    this.timer?.cancel()
    this.timer = undefined
    if (due === undefined) return
    const cancel = this.lab.schedule(Math.max(0, due - this.lab.now), () => {
      this.timer = undefined
      for (const part of [...this.parts]) part.pass(due, this.facts)
      this.setTimer()
    })
    this.timer = { at: due, cancel }
  }
}

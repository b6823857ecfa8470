// Watches for a condition: told every event in order, and that time has passed, it says when the condition has come true.
// It stays true from then on.
import type { LabEvent } from '../events'
import { type Filter, parseFilter } from '../filter/filter'
import type { SimMs } from '../ids'
import type { Condition, EventCondition, FigureCondition } from './condition'
import type { EventFacts } from './event-facts'
import { FigureWindow } from './figure'

export interface Watch {
  readonly isTrue: boolean
  /** When the passing of time alone may make it true; undefined: it cannot. */
  readonly dueAt: SimMs | undefined
  /** `facts` have learnt of the event. */
  apply(event: LabEvent, facts: EventFacts): void
  /** Nothing else has happened until this time. */
  pass(at: SimMs): void
}

/** Begins to watch at this time: what was before does not count. */
export function watch(condition: Condition, since: SimMs): Watch {
  if ('event' in condition) return new EventWatch(condition)
  if ('figure' in condition) return new FigureWatch(condition, since)
  if ('afterMs' in condition) return new TimeWatch(since + condition.afterMs)
  if ('inOrder' in condition) return new OrderWatch(condition.inOrder, since)
  const isAll = 'all' in condition
  const parts = isAll ? condition.all : condition.any
  return new SeveralWatch(
    parts.map((part) => watch(part, since)),
    isAll,
  )
}

/** How often a condition has come true; each time it begins anew. */
export class Tally {
  count = 0
  private current: Watch

  constructor(
    private readonly condition: Condition,
    since: SimMs,
  ) {
    this.current = watch(condition, since)
  }

  get dueAt(): SimMs | undefined {
    return this.current.dueAt
  }

  apply(event: LabEvent, facts: EventFacts): void {
    this.pass(event.at)
    this.current.apply(event, facts)
    this.countIt(event.at)
  }

  pass(at: SimMs): void {
    for (let due = this.dueAt; due !== undefined && due <= at; due = this.dueAt) {
      this.current.pass(due)
      this.countIt(due)
    }
  }

  private countIt(at: SimMs): void {
    if (!this.current.isTrue) return
    this.count++
    this.current = watch(this.condition, at)
  }
}

class EventWatch implements Watch {
  isTrue = false
  readonly dueAt = undefined
  private readonly filter: Filter | undefined
  private readonly count: number
  /** The times of the last matches, at most `count`. */
  private readonly times: SimMs[] = []

  constructor(private readonly condition: EventCondition) {
    const parsed = condition.where === undefined ? undefined : parseFilter(condition.where)
    this.filter = parsed?.ok ? parsed.filter : undefined
    this.count = condition.count ?? 1
  }

  apply(event: LabEvent, facts: EventFacts): void {
    if (this.isTrue || !this.matches(event, facts)) return
    this.times.push(event.at)
    if (this.times.length > this.count) this.times.shift()
    const [first = event.at] = this.times
    const { withinMs = Number.POSITIVE_INFINITY } = this.condition
    this.isTrue = this.times.length === this.count && event.at - first <= withinMs
  }

  pass(): void {}

  private matches(event: LabEvent, facts: EventFacts): boolean {
    const { event: type, where, with: values } = this.condition
    if (event.type !== type) return false
    if (values !== undefined && !hasValues(event, values)) return false
    if (where === undefined) return true
    const about = facts.of(event)
    return about !== undefined && this.filter?.matches(about) === true
  }
}

type Values = NonNullable<EventCondition['with']>

/** Numbers and texts are compared as text, as everywhere in the protocol. A field that is missing is null. */
function hasValues(event: LabEvent, values: Values): boolean {
  return Object.entries(values).every(([path, wanted]) => {
    const found = path
      .split('.')
      .reduce<unknown>(
        (value, key) =>
          typeof value === 'object' && value !== null && Object.hasOwn(value, key)
            ? Reflect.get(value, key)
            : undefined,
        event,
      )
    return String(found ?? null) === String(wanted)
  })
}

class FigureWatch implements Watch {
  isTrue = false
  readonly dueAt = undefined
  private readonly window: FigureWindow

  constructor(
    private readonly condition: FigureCondition,
    since: SimMs,
  ) {
    this.window = new FigureWindow(condition, since)
  }

  apply(event: LabEvent, facts: EventFacts): void {
    if (this.isTrue) return
    this.window.apply(event)
    if (event.type !== 'metrics.second' || !this.window.isFull) return
    const { messages = 1, above, below } = this.condition
    if (this.window.messages() < messages) return
    const value = this.window.value(facts.now)
    this.isTrue =
      value !== undefined &&
      (above === undefined || value > above) &&
      (below === undefined || value < below)
  }

  pass(): void {}
}

class TimeWatch implements Watch {
  isTrue = false

  constructor(private readonly at: SimMs) {}

  get dueAt(): SimMs | undefined {
    return this.isTrue ? undefined : this.at
  }

  apply({ at }: LabEvent): void {
    this.pass(at)
  }

  pass(at: SimMs): void {
    this.isTrue ||= at >= this.at
  }
}

class SeveralWatch implements Watch {
  constructor(
    private readonly parts: readonly Watch[],
    private readonly isAll: boolean,
  ) {}

  get isTrue(): boolean {
    return this.isAll
      ? this.parts.every(({ isTrue }) => isTrue)
      : this.parts.some(({ isTrue }) => isTrue)
  }

  get dueAt(): SimMs | undefined {
    return this.isTrue ? undefined : earliest(this.parts)
  }

  apply(event: LabEvent, facts: EventFacts): void {
    if (this.isTrue) return
    for (const part of this.parts) part.apply(event, facts)
  }

  pass(at: SimMs): void {
    if (this.isTrue) return
    for (const part of this.parts) part.pass(at)
  }
}

/** An event counts for one of its parts only; the next one begins when that has come true. */
class OrderWatch implements Watch {
  private readonly coming: Condition[]
  private current: Watch | undefined

  constructor(conditions: readonly Condition[], since: SimMs) {
    this.coming = [...conditions]
    this.next(since)
  }

  get isTrue(): boolean {
    return this.current === undefined
  }

  get dueAt(): SimMs | undefined {
    return this.current?.dueAt
  }

  apply(event: LabEvent, facts: EventFacts): void {
    this.pass(event.at)
    this.current?.apply(event, facts)
    if (this.current?.isTrue) this.next(event.at)
  }

  pass(at: SimMs): void {
    for (let due = this.dueAt; due !== undefined && due <= at; due = this.dueAt) {
      this.current?.pass(due)
      if (this.current?.isTrue) this.next(due)
    }
  }

  private next(since: SimMs): void {
    const condition = this.coming.shift()
    this.current = condition && watch(condition, since)
  }
}

/** When the passing of time alone may change one of them. */
export function earliest(
  parts: readonly { readonly dueAt: SimMs | undefined }[],
): SimMs | undefined {
  const times = parts.flatMap(({ dueAt }) => dueAt ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

// All groups that are counted, and their present second. A group is created when it is first needed.
import type { SimMs } from '../ids'
import { Group } from './group'
import type { GroupSecond, MetricsOf } from './second'

export class Groups {
  private readonly groups: Readonly<Record<MetricsOf, Map<string, Group>>> = {
    all: new Map(),
    policy: new Map(),
    server: new Map(),
    client: new Map(),
  }

  /** The beginning of the present second. */
  private began: SimMs = 0
  private hasNews = false

  /** Whether the present second must be reported. */
  get isOpen(): boolean {
    return this.hasNews || this.all().some(({ isWorking }) => isWorking)
  }

  /** The group with this id, in which the caller counts something. */
  get(of: MetricsOf, id: string): Group {
    this.hasNews = true
    const groups = this.groups[of]
    const known = groups.get(id)
    if (known) return known
    const fresh = new Group(of, id, this.began)
    groups.set(id, fresh)
    return fresh
  }

  /** Something has been counted in a group that is known. */
  changed(): void {
    this.hasNews = true
  }

  /** Ends the second of all groups at this time; returns what happened in it, and begins the next one. */
  end(
    at: SimMs,
    lengthMs: SimMs,
    dueOf: (group: Group) => number | undefined,
  ): readonly GroupSecond[] {
    const seconds: GroupSecond[] = []
    for (const group of this.all()) {
      if (!group.isQuiet) seconds.push(group.second(at, lengthMs, dueOf(group)))
      // One that has left, or is quiet, is made anew when it is needed.
      else if (group.of !== 'all') this.groups[group.of].delete(group.id)
      else group.skipTo(at)
    }
    this.hasNews = false
    this.began = at
    return seconds
  }

  /** A second begins at this time, before which nothing happened. */
  begin(at: SimMs): void {
    for (const group of this.all()) group.skipTo(at)
    this.began = at
  }

  clear(): void {
    for (const groups of Object.values(this.groups)) groups.clear()
    this.hasNews = false
  }

  private all(): Group[] {
    return Object.values(this.groups).flatMap((groups) => [...groups.values()])
  }
}

// All groups that are counted. A group is created when it is first needed.
import type { SimMs } from '../ids'
import { Group } from './group'
import type { MetricsOf } from './second'

export class Groups {
  private readonly groups: Readonly<Record<MetricsOf, Map<string, Group>>> = {
    all: new Map(),
    policy: new Map(),
    server: new Map(),
    client: new Map(),
  }

  /** `began`: the beginning of the present second. */
  get(of: MetricsOf, id: string, began: SimMs): Group {
    const groups = this.groups[of]
    const known = groups.get(id)
    if (known) return known
    const fresh = new Group(of, id, began)
    groups.set(id, fresh)
    return fresh
  }

  delete({ of, id }: Group): void {
    this.groups[of].delete(id)
  }

  clear(): void {
    for (const groups of Object.values(this.groups)) groups.clear()
  }

  all(): Group[] {
    return Object.values(this.groups).flatMap((groups) => [...groups.values()])
  }
}

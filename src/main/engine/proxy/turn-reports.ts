// Whose turn is next in each policy: reported whenever it has changed.

import type { ProtocolId } from '../../../shared/ids'
import { NOBODY } from '../pools/nobody'
import type { Pool } from '../pools/pool'
import type { Effects } from './effects'
import type { Server } from './table'

/** `coming`: the next choices, the next one first; only while somebody looks. */
export interface Next {
  readonly next: ProtocolId | null
  readonly coming?: readonly ProtocolId[]
}

type PolicyPool = Pick<Pool<Server>, 'coming' | 'takeKeysMoved'> | undefined

export class TurnReports {
  /** Another program has the proxy's place: nobody's turn is next. */
  isSilent = false
  /** By policy, the servers that were last reported to be next. */
  private readonly reported = new Map<ProtocolId, readonly ProtocolId[]>()

  constructor(private readonly effects: Effects) {}

  /** For another report that says it. */
  take(policy: ProtocolId, pool: PolicyPool): Next {
    const coming = this.comingOf(pool)
    this.isNews(policy, coming)
    return { next: coming[0] ?? null, ...told(coming) }
  }

  report(policy: ProtocolId, pool: PolicyPool): void {
    const coming = this.comingOf(pool)
    if (this.isNews(policy, coming)) {
      this.effects.report({
        type: 'policy.next',
        policy,
        server: coming[0] ?? null,
        ...told(coming),
      })
    }
    const moved = pool?.takeKeysMoved()
    if (moved) this.effects.report({ type: 'keys.moved', policy, ...moved })
  }

  private comingOf(pool: PolicyPool): readonly ProtocolId[] {
    return this.isSilent ? NOBODY : (pool?.coming() ?? NOBODY)
  }

  /** Remembers who is next; false where it was reported already. */
  private isNews(policy: ProtocolId, coming: readonly ProtocolId[]): boolean {
    const before = this.reported.get(policy) ?? NOBODY
    const { length } = coming
    if (before.length === length && before.every((id, index) => id === coming[index])) return false
    if (length === 0) this.reported.delete(policy)
    else this.reported.set(policy, coming)
    return true
  }
}

function told(coming: readonly ProtocolId[]): Pick<Next, 'coming'> {
  return coming.length > 1 ? { coming } : {}
}

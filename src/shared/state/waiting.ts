// The exchanges in each policy's queue, while a batch of events is applied.
import type { ExchangeId, ProtocolId } from '../ids'
import { PlainDraft } from './plain-draft'
import type { State } from './state'

type Waiting = State['waiting']

export class WaitingDraft {
  private readonly lists: PlainDraft<ProtocolId, readonly ExchangeId[]>
  /** Lists that this batch may change. */
  private readonly own = new Map<ProtocolId, ExchangeId[]>()

  constructor(waiting: Waiting) {
    this.lists = new PlainDraft(waiting)
  }

  add(exchange: ExchangeId, policy: ProtocolId): void {
    this.edit(policy).push(exchange)
  }

  /** Returns whether it was there. */
  remove(exchange: ExchangeId): boolean {
    for (const [policy, list] of this.lists.map) {
      const index = list.indexOf(exchange)
      if (index === -1) continue
      const own = this.edit(policy)
      own.splice(index, 1)
      if (own.length === 0) {
        this.own.delete(policy)
        this.lists.edit().delete(policy)
      }
      return true
    }
    return false
  }

  clear(): void {
    if (this.lists.map.size === 0) return
    this.lists.edit().clear()
    this.own.clear()
  }

  done(): Waiting {
    return this.lists.map
  }

  private edit(policy: ProtocolId): ExchangeId[] {
    const known = this.own.get(policy)
    if (known !== undefined) return known
    const copy = [...(this.lists.map.get(policy) ?? [])]
    this.own.set(policy, copy)
    this.lists.edit().set(policy, copy)
    return copy
  }
}

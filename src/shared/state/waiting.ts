// The exchanges in each policy's queue, while a batch of events is applied.
import type { ExchangeId, ProtocolId } from '../ids'
import type { State } from './state'

type Waiting = State['waiting']

export class WaitingDraft {
  private map: Map<ProtocolId, readonly ExchangeId[]> | undefined
  /** Lists that this batch may change. */
  private readonly own = new Map<ProtocolId, ExchangeId[]>()

  constructor(private readonly original: Waiting) {}

  add(exchange: ExchangeId, policy: ProtocolId): void {
    this.edit(policy).push(exchange)
  }

  /** Returns whether it was there. */
  remove(exchange: ExchangeId): boolean {
    for (const [policy, list] of this.current) {
      const index = list.indexOf(exchange)
      if (index === -1) continue
      const own = this.edit(policy)
      own.splice(index, 1)
      if (own.length === 0) {
        this.own.delete(policy)
        this.map?.delete(policy)
      }
      return true
    }
    return false
  }

  clear(): void {
    if (this.current.size === 0) return
    this.map = new Map()
    this.own.clear()
  }

  done(): Waiting {
    return this.current
  }

  private get current(): Waiting {
    return this.map ?? this.original
  }

  private edit(policy: ProtocolId): ExchangeId[] {
    const known = this.own.get(policy)
    if (known !== undefined) return known
    this.map ??= new Map(this.original)
    const copy = [...(this.map.get(policy) ?? [])]
    this.own.set(policy, copy)
    this.map.set(policy, copy)
    return copy
  }
}

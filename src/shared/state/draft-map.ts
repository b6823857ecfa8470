// A map while a batch of events is applied to it. The original does not change: an entry is copied once in a batch, however
// often it changes. Entries that are added and deleted in the same batch cost next to nothing.

import { putBefore } from '../put-before'

export class DraftMap<K, V extends object, Own extends V = V> {
  /** Entries that this batch has set or copied, and may change. */
  private readonly changed = new Map<K, Own>()
  /** Keys of the original that were deleted, including keys that were set again later. */
  private readonly deleted = new Set<K>()

  /** `copy`: for entries with lists of their own, which a batch may change as well. */
  constructor(
    private original: ReadonlyMap<K, V>,
    private readonly copy = (entry: V) => ({ ...entry }) as Own,
  ) {}

  get(key: K): V | undefined {
    return this.changed.get(key) ?? this.untouched(key)
  }

  set(key: K, value: Own): void {
    this.changed.set(key, value)
  }

  /** Sets an entry. A new one stands in front of `before`; at the end where there is no such key. */
  put(key: K, value: Own, before: K | undefined): void {
    if (before !== undefined && this.get(key) === undefined && this.get(before) !== undefined) {
      const map = new Map(this.done())
      putBefore(map, key, value, before)
      this.original = map
      this.deleted.clear()
    }
    this.changed.set(key, value)
  }

  delete(key: K): void {
    this.changed.delete(key)
    if (this.original.has(key)) this.deleted.add(key)
  }

  clear(): void {
    this.changed.clear()
    for (const key of this.original.keys()) this.deleted.add(key)
  }

  /** Returns the entry as an object that this batch may change, or undefined. */
  edit(key: K): Own | undefined {
    const changed = this.changed.get(key)
    if (changed !== undefined) return changed
    const untouched = this.untouched(key)
    if (untouched === undefined) return undefined
    const copy = this.copy(untouched)
    this.changed.set(key, copy)
    return copy
  }

  keys(): IterableIterator<K> {
    return this.done().keys()
  }

  /** In order, as the batch has left them so far. */
  *values(): IterableIterator<V> {
    for (const [key, value] of this.original) {
      if (!this.deleted.has(key)) yield this.changed.get(key) ?? value
    }
    for (const [key, value] of this.changed) {
      if (!this.original.has(key) || this.deleted.has(key)) yield value
    }
  }

  /** Returns the changed map, or the original itself if nothing has changed. */
  done(): ReadonlyMap<K, V> {
    if (this.changed.size === 0 && this.deleted.size === 0) return this.original
    const map = new Map(this.original)
    for (const key of this.deleted) map.delete(key)
    for (const [key, value] of this.changed) map.set(key, value)
    return map
  }

  private untouched(key: K): V | undefined {
    return this.deleted.size > 0 && this.deleted.has(key) ? undefined : this.original.get(key)
  }
}

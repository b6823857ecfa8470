// A map while a batch of events is applied to it: the original stays as it was, what changes lies over it, and an
// entry is copied once a batch however often it changes. What comes and goes within a batch costs next to nothing.

export class DraftMap<K, V extends object> {
  /** Entries that this batch has set or copied, and may change. */
  private readonly changed = new Map<K, V>()
  /** Keys of the original that were deleted, even if they have been set anew since. */
  private readonly deleted = new Set<K>()

  constructor(private readonly original: ReadonlyMap<K, V>) {}

  get(key: K): V | undefined {
    return this.changed.get(key) ?? this.untouched(key)
  }

  set(key: K, value: V): void {
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

  /** The entry as an object that this batch may change, or undefined where there is none. */
  edit(key: K): V | undefined {
    const changed = this.changed.get(key)
    if (changed !== undefined) return changed
    const untouched = this.untouched(key)
    if (untouched === undefined) return undefined
    const copy = { ...untouched }
    this.changed.set(key, copy)
    return copy
  }

  keys(): IterableIterator<K> {
    return this.done().keys()
  }

  values(): IterableIterator<V> {
    return this.done().values()
  }

  /** The map as it is now; the original itself where nothing has changed. */
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

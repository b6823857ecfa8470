// A map while a batch of events is applied to it: the original stays as it was, the copy is made at the first
// change, and an entry is copied once a batch however often it changes.

export class DraftMap<K, V extends object> {
  private copy: Map<K, V> | undefined
  private readonly owned = new Set<K>()

  constructor(private readonly original: ReadonlyMap<K, V>) {}

  get(key: K): V | undefined {
    return (this.copy ?? this.original).get(key)
  }

  set(key: K, value: V): void {
    this.copy ??= new Map(this.original)
    this.copy.set(key, value)
    this.owned.add(key)
  }

  delete(key: K): void {
    if (!(this.copy ?? this.original).has(key)) return
    this.copy ??= new Map(this.original)
    this.copy.delete(key)
    this.owned.delete(key)
  }

  clear(): void {
    this.copy = new Map()
    this.owned.clear()
  }

  /** The entry as an object that this batch may change, or undefined where there is none. */
  edit(key: K): V | undefined {
    const current = this.get(key)
    if (current === undefined || this.owned.has(key)) return current
    const copy = { ...current }
    this.set(key, copy)
    return copy
  }

  keys(): IterableIterator<K> {
    return (this.copy ?? this.original).keys()
  }

  values(): IterableIterator<V> {
    return (this.copy ?? this.original).values()
  }

  done(): ReadonlyMap<K, V> {
    return this.copy ?? this.original
  }
}

// A map whose entries come and go by the thousand. V8 links the table of a map to the larger or emptier one that replaces it,
// so that a table which has outlived two collections keeps all later ones, and every entry that was ever in them, until a
// full collection. A new map now and then cuts that chain: the entries die young, as they should.

/** Deletions after which the map is made anew; or as many as it has entries. */
const RENEW_AFTER = 256

export class ChurningMap<K, V> {
  private map = new Map<K, V>()
  private deleted = 0

  get size(): number {
    return this.map.size
  }

  get(key: K): V | undefined {
    return this.map.get(key)
  }

  has(key: K): boolean {
    return this.map.has(key)
  }

  set(key: K, value: V): void {
    this.map.set(key, value)
  }

  delete(key: K): boolean {
    const wasThere = this.map.delete(key)
    if (wasThere && ++this.deleted >= RENEW_AFTER && this.deleted >= this.map.size) {
      this.map = new Map(this.map)
      this.deleted = 0
    }
    return wasThere
  }

  clear(): void {
    this.map = new Map()
    this.deleted = 0
  }

  /** In the order in which they were added. */
  keys(): IterableIterator<K> {
    return this.map.keys()
  }

  values(): IterableIterator<V> {
    return this.map.values()
  }
}

/** The same for a set. */
export class ChurningSet<T> {
  private readonly items = new ChurningMap<T, T>()

  get size(): number {
    return this.items.size
  }

  has(item: T): boolean {
    return this.items.has(item)
  }

  add(item: T): void {
    this.items.set(item, item)
  }

  delete(item: T): boolean {
    return this.items.delete(item)
  }

  clear(): void {
    this.items.clear()
  }

  /** In the order in which they were added. */
  values(): IterableIterator<T> {
    return this.items.values()
  }
}

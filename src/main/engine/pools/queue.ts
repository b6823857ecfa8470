// Messages of one policy that wait for a server: first come, first served, as in HAProxy's queue of a backend.

/** What came of an attempt to serve one that waits. */
type Served =
  | 'served'
  /** No server can take this one now; another one that waits may fare better. */
  | 'not now'
  /** No server can take any of them now. */
  | 'nobody now'

export class Queue<T> {
  private readonly waiting = new Set<T>()

  get size(): number {
    return this.waiting.size
  }

  /** In order. */
  [Symbol.iterator](): IterableIterator<T> {
    return this.waiting.values()
  }

  /** Returns its place, counted from 1. */
  add(item: T): number {
    this.waiting.add(item)
    return this.waiting.size
  }

  /** Does nothing where it does not wait. */
  remove(item: T): boolean {
    return this.waiting.delete(item)
  }

  /** Serves the oldest ones while servers can take them. `serve` removes nothing and adds nothing by itself. */
  serve(serve: (item: T) => Served): void {
    for (const item of this.waiting) {
      const served = serve(item)
      if (served === 'nobody now') return
      if (served === 'served') this.waiting.delete(item)
    }
  }
}

// An immutable list for history that grows at one end and is forgotten at the other. Items sit in pages;
// a batch of changes copies only the pages it touches. Indexes are absolute: they never shift.

/** Items are forgotten a page at a time. Pages are small, so that the largest messages stay within PACKET_HISTORY_BYTES. */
const PAGE = 32

export class PagedList<T> {
  private constructor(
    private readonly pages: readonly (readonly T[])[],
    /** Index of the first item kept. */
    readonly first: number,
    /** One past the index of the last item. */
    readonly end: number,
  ) {}

  static empty<T>(first = 0): PagedList<T> {
    return new PagedList<T>([], first, first)
  }

  get length(): number {
    return this.end - this.first
  }

  at(index: number): T | undefined {
    if (index < this.first || index >= this.end) return undefined
    const offset = index - this.first
    return this.pages[Math.floor(offset / PAGE)]?.[offset % PAGE]
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const page of this.pages) yield* page
  }

  /** Starts a batch of changes; `done` returns the new list and does not change this one. */
  edit(): PagedListEdit<T> {
    return new PagedListEdit(
      this.pages,
      this.first,
      this.end,
      (pages, first, end) => new PagedList(pages, first, end),
    )
  }
}

export class PagedListEdit<T> {
  private readonly owned = new Set<readonly T[]>()
  private pages: (readonly T[])[]

  constructor(
    pages: readonly (readonly T[])[],
    private first: number,
    private end: number,
    private readonly finish: (
      pages: readonly (readonly T[])[],
      first: number,
      end: number,
    ) => PagedList<T>,
  ) {
    this.pages = pages.slice()
  }

  at(index: number): T | undefined {
    if (index < this.first || index >= this.end) return undefined
    const offset = index - this.first
    return this.pages[Math.floor(offset / PAGE)]?.[offset % PAGE]
  }

  /** The items from this index on. */
  *from(index: number): Iterable<T> {
    for (let at = Math.max(index, this.first); at < this.end; at++) {
      const item = this.at(at)
      if (item !== undefined) yield item
    }
  }

  /** Appends an item and returns its index. */
  push(item: T): number {
    const offset = this.end - this.first
    const last = Math.floor(offset / PAGE)
    if (last === this.pages.length) this.pages.push(this.own([]))
    this.writable(last).push(item)
    return this.end++
  }

  /** Replaces an item that is still kept; does nothing otherwise. */
  set(index: number, item: T): void {
    if (index < this.first || index >= this.end) return
    const offset = index - this.first
    this.writable(Math.floor(offset / PAGE))[offset % PAGE] = item
  }

  /** Forgets the oldest page, unless it is the only one, and returns its items. */
  dropOldestPage(): readonly T[] {
    if (this.pages.length < 2) return []
    this.first += PAGE
    return this.pages.shift() ?? []
  }

  /** Forgets everything and returns the index of the next item. Indexes continue as if nothing had been forgotten. */
  clear(): number {
    this.pages = []
    this.first = this.end
    return this.end
  }

  get length(): number {
    return this.end - this.first
  }

  done(): PagedList<T> {
    return this.finish(this.pages, this.first, this.end)
  }

  private writable(page: number): T[] {
    const current = this.pages[page] ?? []
    if (this.owned.has(current)) return current as T[]
    const copy = this.own(current.slice())
    this.pages[page] = copy
    return copy
  }

  private own(page: T[]): T[] {
    this.owned.add(page)
    return page
  }
}

// Lists that are sorted by a key, where equals stand in the order in which they came: what a tree is to HAProxy.

interface Keyed {
  readonly key: number
}

/** The place behind all that have this key or a smaller one. */
export function behindEquals(list: readonly Keyed[], key: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle]?.key ?? 0) <= key) low = middle + 1
    else high = middle
  }
  return low
}

export function withInserted<T extends Keyed>(list: readonly T[], item: T): T[] {
  const copy = list.slice()
  insertSorted(copy, item)
  return copy
}

export function insertSorted<T extends Keyed>(list: T[], item: T): void {
  const place = behindEquals(list, item.key)
  if (place === list.length) list.push(item)
  else list.splice(place, 0, item)
}

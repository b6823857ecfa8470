// Lists that are sorted by a key, where equals stand in the order in which they came: what a tree is to HAProxy. A list is
// kept in short parts, so that a changed copy of it shares all parts but one.

interface Keyed {
  readonly key: number
}

/** No part is empty. */
export type Sorted<T extends Keyed> = readonly (readonly T[])[]

/** A longer part is cut in two. */
const MOST_IN_PART = 64

export function sorted<T extends Keyed>(items: readonly T[]): Sorted<T> {
  return items.reduce<Sorted<T>>(withItem, [])
}

export function itemsIn<T extends Keyed>(list: Sorted<T>): readonly T[] {
  return list.flat()
}

export function firstIn<T extends Keyed>(list: Sorted<T>): T | undefined {
  return list[0]?.[0]
}

export function withoutFirst<T extends Keyed>(list: Sorted<T>): Sorted<T> {
  const [first] = list
  return first === undefined ? list : withPart(list, 0, first.slice(1))
}

/** The list without the first item with this key that this is true of, and that item. */
export function withoutItem<T extends Keyed>(
  list: Sorted<T>,
  key: number,
  isIt: (item: T) => boolean,
): { list: Sorted<T>; item: T } | undefined {
  for (let at = 0; at < list.length; at++) {
    const part = list[at] ?? []
    if ((part.at(-1)?.key ?? 0) < key) continue
    if ((part[0]?.key ?? 0) > key) return undefined
    for (let place = 0; place < part.length; place++) {
      const item = part[place]
      if (item === undefined || !isIt(item)) continue
      const left = part.slice()
      left.splice(place, 1)
      return { list: withPart(list, at, left), item }
    }
  }
  return undefined
}

/** Behind its equals. */
export function withItem<T extends Keyed>(list: Sorted<T>, item: T): Sorted<T> {
  let at = list.length - 1
  while (at > 0 && (list[at]?.[0]?.key ?? 0) > item.key) at--
  const part = list[at]?.slice() ?? []
  part.splice(behindEquals(part, item.key), 0, item)
  return withPart(list, Math.max(0, at), part)
}

function withPart<T extends Keyed>(list: Sorted<T>, at: number, part: readonly T[]): Sorted<T> {
  const copy = list.slice()
  const middle = part.length >> 1
  if (part.length === 0) copy.splice(at, 1)
  else if (part.length <= MOST_IN_PART) copy[at] = part
  else copy.splice(at, 1, part.slice(0, middle), part.slice(middle))
  return copy
}

function behindEquals(part: readonly Keyed[], key: number): number {
  let place = part.length
  while (place > 0 && (part[place - 1]?.key ?? 0) > key) place--
  return place
}

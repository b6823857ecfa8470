// Maps whose order means something.

/** Adds a new entry in front of the one with the key `before`; at the end if there is no such entry. */
export function putBefore<K, V>(map: Map<K, V>, key: K, value: V, before: K | undefined): void {
  const entries = [...map]
  const place = entries.findIndex(([other]) => other === before)
  const later = place === -1 ? [] : entries.slice(place)
  for (const [other] of later) map.delete(other)
  map.set(key, value)
  for (const [other, entry] of later) map.set(other, entry)
}

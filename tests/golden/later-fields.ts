// Compares what an older file shows today with what it showed when it was written: the same, and beside it only fields
// that were added since, each with its default.
import type { Json } from './plain-state'

/** The defaults of fields that were added later, by the field's name. */
export type LaterFields = ReadonlyMap<string, readonly Json[]>

/** Where the two differ, each as a path and what is there; empty: they show the same. */
export function differences(golden: Json, shown: Json, later: LaterFields, path = ''): string[] {
  if (Array.isArray(golden) && Array.isArray(shown)) {
    if (golden.length !== shown.length) {
      return [`${path}: ${shown.length} items in place of ${golden.length}`]
    }
    return golden.flatMap((item, index) =>
      differences(item, shown[index] ?? null, later, `${path}[${index}]`),
    )
  }
  if (isObject(golden) && isObject(shown)) {
    const gone = Object.keys(golden).filter((key) => !Object.hasOwn(shown, key))
    return [
      ...gone.map((key) => `${path}.${key}: is gone`),
      ...Object.entries(shown).flatMap(([key, value]) => {
        const before = golden[key]
        if (before !== undefined) return differences(before, value, later, `${path}.${key}`)
        const text = JSON.stringify(value)
        const isDefault = later.get(key)?.some((standard) => JSON.stringify(standard) === text)
        return isDefault ? [] : [`${path}.${key}: ${text} is new`]
      }),
    ]
  }
  if (golden === shown) return []
  return [`${path}: ${JSON.stringify(shown)} in place of ${JSON.stringify(golden)}`]
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

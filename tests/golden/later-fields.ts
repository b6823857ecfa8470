// Compares what an older file shows today with what it showed when it was written: the same, and beside it only fields
// that were added since, each with its default.
import { KINDS } from '../../src/shared/feed/event-kinds'
import type { AnyField } from '../../src/shared/feed/field'
import { VOCABULARY_1 } from '../../src/shared/feed/format-1'
import { stateShape } from '../../src/shared/feed/state-table'
import type { Vocabulary } from '../../src/shared/feed/vocabulary'
import { type Json, plainOf } from './plain-state'

type JsonObject = { [key: string]: Json }

export interface Since {
  /** The defaults of fields that were added, by the field's name. */
  readonly added: ReadonlyMap<string, readonly Json[]>
  /** For each field that was retired, what stands in its place in an object that had it. */
  readonly retired: ReadonlyMap<string, (object: JsonObject) => JsonObject>
}

/** Those of format 1. Written by hand, whenever a field is retired: `turn: ({ turn, candidates }) => ({ reason: … })`, say. */
const RETIRED_SINCE_1: Since['retired'] = new Map<string, (object: JsonObject) => JsonObject>([
  [
    'turn',
    ({ server, candidates, turn }) => ({
      reason:
        server === null
          ? null
          : { by: 'round-robin', turn: (candidates as Json[])[Number(turn)] ?? null },
    }),
  ],
  [
    'skipped',
    ({ skipped }) => ({
      passedOver: (skipped as JsonObject[]).map(({ server = null, reason = null }) => ({
        server,
        why: reason,
      })),
    }),
  ],
])

/** Fields that today's state has of an older recording's events too, and from their fields of today. */
const REDUCED: ReadonlySet<string> = new Set([
  'lastSeenAt',
  'lastFailure',
  'unreadable',
  'wrongHashes',
  'slots',
  'asking',
  'given',
  'inFlight',
  'failures',
  'failure',
  'since',
  'examinations',
])

/**
 * Maps by policy. The policies stand in another order since: the one in which their servers appeared. Those that nobody
 * uses any more are gone.
 */
const BY_POLICY: ReadonlySet<string> = new Set(['next', 'decisions'])

/** Items that a list did not have before: they are not compared unless the file of that day has some of their kind. */
const LATER_ITEMS: ReadonlyMap<string, ReadonlySet<Json>> = new Map([
  ['marks', new Set<Json>(['down', 'up'])],
])

/** What has changed since that vocabulary was the one of the day. */
export function since(vocabulary: Vocabulary): Since {
  const { types, shapes } = vocabulary
  const before = new Set(
    [...types, ...shapes].flatMap(({ name, fields }) => fields.map((field) => `${name}.${field}`)),
  )
  const added = new Map<string, Json[]>()
  const note = (name: string, fields: Readonly<Record<string, AnyField>>): void => {
    for (const [field, { missing }] of Object.entries(fields)) {
      if (missing === undefined || before.has(`${name}.${field}`)) continue
      added.set(field, [...(added.get(field) ?? []), plainOf(missing.value)])
    }
    Object.values(fields).forEach(look)
  }
  const look = ({ shape, parts = [] }: AnyField): void => {
    if (shape !== undefined) note(shape.name, shape.fields)
    else parts.forEach(look)
  }
  for (const { type, fields } of KINDS) note(type, fields)
  look(stateShape)
  return { added, retired: vocabulary === VOCABULARY_1 ? RETIRED_SINCE_1 : new Map() }
}

/** Where the two differ, each as a path and what is there; empty: they show the same. */
export function differences(before: Json, shown: Json, changes: Since, path = ''): string[] {
  const golden = isObject(before) ? withoutRetired(before, changes.retired) : before
  if (Array.isArray(golden) && Array.isArray(shown)) {
    const items = withoutLater(shown, golden, path)
    if (golden.length !== items.length) {
      return [`${path}: ${items.length} items in place of ${golden.length}`]
    }
    return golden.flatMap((item, index) =>
      differences(item, items[index] ?? null, changes, `${path}[${index}]`),
    )
  }
  if (isObject(before) && isObject(golden) && isObject(shown)) {
    const gone = Object.keys(golden).filter((key) => !Object.hasOwn(shown, key))
    return [
      ...gone.map((key) => `${path}.${key}: is gone`),
      ...Object.entries(shown).flatMap(([key, value]) => {
        if (REDUCED.has(key)) return []
        const then = golden[key]
        if (then !== undefined) {
          // What stands in the place of something retired is of today.
          const inside = key in before ? changes : { ...changes, retired: new Map() }
          const [was, is] = BY_POLICY.has(key) ? sortedByPolicy(then, value) : [then, value]
          return differences(was, is, inside, `${path}.${key}`)
        }
        const text = JSON.stringify(value)
        const isDefault = changes.added
          .get(key)
          ?.some((standard) => JSON.stringify(standard) === text)
        return isDefault ? [] : [`${path}.${key}: ${text} is new`]
      }),
    ]
  }
  if (golden === shown) return []
  return [`${path}: ${JSON.stringify(shown)} in place of ${JSON.stringify(golden)}`]
}

function withoutLater(shown: Json[], golden: readonly Json[], path: string): Json[] {
  const later = LATER_ITEMS.get(path.slice(path.lastIndexOf('.') + 1))
  const isLater = (item: Json) => isObject(item) && later?.has(item.kind ?? null) === true
  return golden.some(isLater) ? shown : shown.filter((item) => !isLater(item))
}

/** Both maps in the same order, the first one without the policies that only it has and that nobody served. */
function sortedByPolicy(before: Json, shown: Json): [Json, Json] {
  if (!Array.isArray(before) || !Array.isArray(shown)) return [before, shown]
  const policyOf = (entry: Json) => String(Array.isArray(entry) ? entry[0] : entry)
  const serverOf = (entry: Json) => {
    const value = Array.isArray(entry) ? (entry[1] ?? null) : null
    return isObject(value) ? value.server : value
  }
  const kept = new Set(shown.map(policyOf))
  const sorted = (entries: readonly Json[]) =>
    entries.toSorted((a, b) => policyOf(a).localeCompare(policyOf(b)))
  return [
    sorted(before.filter((entry) => kept.has(policyOf(entry)) || serverOf(entry) !== null)),
    sorted(shown),
  ]
}

function withoutRetired(object: JsonObject, retired: Since['retired']): JsonObject {
  const kept = { ...object }
  for (const key of Object.keys(object)) {
    const inItsPlace = retired.get(key)
    if (inItsPlace === undefined) continue
    delete kept[key]
    Object.assign(kept, inItsPlace(object))
  }
  return kept
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

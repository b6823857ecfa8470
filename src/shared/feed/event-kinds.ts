// Event kinds prepared for loops over rows.
import type { EventType } from '../events'
import { EVENTS } from './event-table'
import type { AnyField, AnyFields, Upgrade } from './field'

export interface EventKind {
  readonly type: EventType
  /** Its name in older versions. */
  readonly formerly: string | undefined
  readonly fields: AnyFields
  /** Their names, in the order of a row. */
  readonly names: readonly string[]
  readonly wires: readonly AnyField['wire'][]
  readonly optional: readonly boolean[]
  readonly checks: readonly AnyField['is'][]
  /** The index of a shared list. */
  readonly list: number | undefined
  readonly upgrade: Upgrade<unknown> | undefined
}

interface Entry {
  readonly fields: AnyFields
  readonly upgrade?: Upgrade<unknown>
  readonly formerly?: string
}

const ENTRIES: Readonly<Record<string, Entry>> = EVENTS

/** A row's first item is an index into these. */
export const KINDS: readonly EventKind[] = Object.entries(ENTRIES).map(
  ([type, { fields, upgrade, formerly }]) => {
    const all = Object.values(fields)
    const list = all.findIndex(({ wire }) => wire === 'list')
    return {
      type: type as EventType,
      formerly,
      fields,
      names: Object.keys(fields),
      wires: all.map(({ wire }) => wire),
      optional: all.map(({ optional }) => optional === true),
      checks: all.map(({ is }) => is),
      list: list === -1 ? undefined : 2 + list,
      upgrade,
    }
  },
)

const INDEX_OF = new Map(KINDS.map(({ type }, index) => [type, index]))

export function indexOf(type: EventType): number {
  return INDEX_OF.get(type) ?? -1
}

/** The index of a field in a row of this type. The compiler checks the field's name. */
export function placeIn<T extends EventType>(
  type: T,
  field: keyof (typeof EVENTS)[T]['fields'] & string,
): number {
  return 2 + Object.keys(EVENTS[type].fields).indexOf(field)
}

// The kinds of events as those see them who go through rows, one field after another.
import type { EventType } from '../events'
import { EVENTS } from './event-table'
import type { AnyField, AnyFields, Upgrade } from './field'

/** A kind of event as those see it who go through all of them. */
export interface EventKind {
  readonly type: EventType
  readonly fields: AnyFields
  /** Their names, in the order of a row. */
  readonly names: readonly string[]
  readonly wires: readonly AnyField['wire'][]
  readonly optional: readonly boolean[]
  readonly checks: readonly AnyField['is'][]
  /** The place of a shared list. */
  readonly list: number | undefined
  readonly upgrade: Upgrade<unknown> | undefined
}

const ENTRIES: Readonly<Record<string, { fields: AnyFields; upgrade?: Upgrade<unknown> }>> = EVENTS

/** A row's first place is an index into these. */
export const KINDS: readonly EventKind[] = Object.entries(ENTRIES).map(
  ([type, { fields, upgrade }]) => {
    const all = Object.values(fields)
    const list = all.findIndex(({ wire }) => wire === 'list')
    return {
      type: type as EventType,
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

/** Where in a row of this type the field is. The compiler knows which there are. */
export function placeIn<T extends EventType>(
  type: T,
  field: keyof (typeof EVENTS)[T]['fields'] & string,
): number {
  return 2 + Object.keys(EVENTS[type].fields).indexOf(field)
}

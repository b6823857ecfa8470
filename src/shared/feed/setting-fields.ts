// The settings in recordings and frames. A setting that is added later is missing in older files.
import type { Recorded, Settings, ValuesOf } from '../settings/derive'
import { OFF, type Setting, UNKNOWN } from '../settings/setting'
import {
  type AnyField,
  added,
  amount,
  count,
  type Field,
  finite,
  flag,
  type OptionalField,
  oneOf,
  optional,
  or,
  shape,
  text,
  whole,
} from './field'

/** Its limits are not checked: another version may have had others. */
function fieldOf(name: string, setting: Setting): AnyField {
  switch (setting.kind) {
    case 'text':
      return text
    case 'number':
      if (setting.min < 0) return setting.isWhole ? count : finite
      return setting.isWhole ? whole : amount
    case 'flag':
      return flag
    case 'choice': {
      const words = setting.options.map(({ value }) => value)
      return oneOf(name, [...words, UNKNOWN], UNKNOWN)
    }
    case 'feature': {
      const inside = Object.entries(setting.settings).map(([inner, one]) => [
        inner,
        added(fieldOf(`${name}.${inner}`, one), one.default),
      ])
      return or(OFF, shape<object>(name, Object.fromEntries(inside)))
    }
  }
}

function fieldsOf(settings: Settings, as: (field: AnyField, setting: Setting) => AnyField) {
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, as(fieldOf(name, setting), setting)]),
  )
}

/** For a node: a setting that a file lacks stays undefined. */
export function optionalFields<S extends Settings>(settings: S) {
  return fieldsOf(settings, optional) as {
    readonly [N in keyof S]: OptionalField<Recorded<S, ValuesOf<S>>[N]>
  }
}

/** For a pool, or for the links: a setting that a file lacks has its default. */
export function fieldsWithDefault<S extends Settings>(settings: S) {
  return fieldsOf(settings, (field, setting) => added(field, setting.default)) as {
    readonly [N in keyof S]: Field<Recorded<S, ValuesOf<S>>[N]>
  }
}

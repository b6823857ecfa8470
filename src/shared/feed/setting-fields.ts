// How recordings and frames have the settings of a node: each is optional, since an older version did not have all.
import type { Settings, ValuesOf } from '../settings/derive'
import type { Setting } from '../settings/setting'
import {
  type AnyField,
  amount,
  count,
  finite,
  flag,
  type OptionalField,
  oneOf,
  optional,
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
      return oneOf(name, words, setting.default ?? words[0] ?? '')
    }
  }
}

export function settingFields<S extends Settings>(settings: S) {
  const fields = Object.entries(settings).map(([name, setting]) => [
    name,
    optional(fieldOf(name, setting)),
  ])
  return Object.fromEntries(fields) as {
    readonly [N in keyof S]: OptionalField<ValuesOf<S>[N]>
  }
}

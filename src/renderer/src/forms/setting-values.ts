// What is entered in a form that is being filled in, and the values that it stands for.

import { isObject } from '../../../shared/feed/field'
import type { Settings } from '../../../shared/settings/derive'
import { OFF, type Setting } from '../../../shared/settings/setting'

/** A text, a check mark, or what is entered in a feature that is in use; `false`: the feature is off. */
export type Entered = string | boolean | Draft

/** What is entered, by the setting's name. */
export type Draft = { readonly [name: string]: Entered }

/** The form's first content: each value, else its default. */
export function draftOf(settings: Settings, values: object): Draft {
  const named = new Map<string, unknown>(Object.entries(values))
  const shown = Object.entries(settings).map(([name, setting]) => [
    name,
    enteredFor(setting, named.get(name) ?? setting.default ?? ''),
  ])
  return Object.fromEntries(shown)
}

function enteredFor(setting: Setting, value: unknown): Entered {
  if (setting.kind === 'feature') return isObject(value) && draftOf(setting.settings, value)
  return typeof value === 'boolean' ? value : String(value)
}

/** The values of the settings in the draft, for a command, which checks them. */
export function valuesOf(settings: Settings, draft: Draft): Readonly<Record<string, unknown>> {
  const values = Object.entries(settings)
    .filter(([name]) => name in draft)
    .map(([name, setting]) => [name, valueEntered(setting, draft[name])])
  return Object.fromEntries(values)
}

/** A text that is not a number is kept, so that the error can quote it. */
function valueEntered(setting: Setting, entered: Entered | undefined): unknown {
  if (setting.kind === 'feature') {
    return typeof entered === 'object' ? valuesOf(setting.settings, entered) : OFF
  }
  if (setting.kind !== 'number' || typeof entered !== 'string') return entered
  const number = Number(entered)
  return entered.trim() === '' || Number.isNaN(number) ? entered : number
}

// The texts and check marks of a form that is being filled in, and their values.
import type { ScalarSetting, ScalarSettings } from '../../../shared/settings/setting'

/** What is entered, by the setting's name. */
export type Draft = Readonly<Record<string, string | boolean>>

/** The form's first content: each value, else its default. */
export function draftOf(settings: ScalarSettings, values: object): Draft {
  const named = new Map<string, unknown>(Object.entries(values))
  const shown = Object.entries(settings).map(([name, setting]) => {
    const value = named.get(name) ?? setting.default ?? ''
    return [name, typeof value === 'boolean' ? value : String(value)]
  })
  return Object.fromEntries(shown)
}

/** The values of the settings in the draft, for a command, which checks them. */
export function valuesOf(
  settings: ScalarSettings,
  draft: Draft,
): Readonly<Record<string, unknown>> {
  const values = Object.entries(settings)
    .filter(([name]) => name in draft)
    .map(([name, setting]) => [name, valueEntered(setting, draft[name])])
  return Object.fromEntries(values)
}

/** A text that is not a number is kept, so that the error can quote it. */
function valueEntered({ kind }: ScalarSetting, entered: string | boolean | undefined): unknown {
  if (kind !== 'number' || typeof entered !== 'string') return entered
  const number = Number(entered)
  return entered.trim() === '' || Number.isNaN(number) ? entered : number
}

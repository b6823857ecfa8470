// The settings of a server, a client or a pool as options of a command line: from the declaration of each setting.
import * as v from 'valibot'
import { isObject } from '../../shared/feed/field'
import { UNQUOTED } from '../../shared/issue-text'
import type { Settings, ValueOf } from '../../shared/settings/derive'
import { OFF, type Setting } from '../../shared/settings/setting'
import { flagOption, type Option, severalTimes } from './option'

type SettingOptions<S extends Settings> = {
  readonly [N in keyof S]: Option<ValueOf<S[N]> | undefined>
}

/** An option for each setting: `--keep-connection`, `--weight 3`, `--work ms=50,distribution=exponential`. */
export function settingOptions<S extends Settings>(settings: S): SettingOptions<S> {
  const options = Object.entries(settings).map(([name, setting]) => [name, optionOf(setting)])
  // The entries are those of the settings, which types cannot express.
  return Object.fromEntries(options) as SettingOptions<S>
}

interface SettingsOfOne<S extends Settings> {
  readonly id: string
  readonly values: Partial<{ [N in keyof S]: ValueOf<S[N]> }>
}

/** An option with settings of one of several, such as a server: `--server 100:weight=3,backup`. */
export function settingsOfOneOption<S extends Settings>(
  settings: S,
  { value, help }: { value: string; help: string },
): Option<readonly SettingsOfOne<S>[]> {
  const names = Object.keys(settings)
  const fields = Object.entries(settings).map(([name, setting]) => [
    name,
    v.optional(setting.schema),
  ])
  const schema = v.strictObject(Object.fromEntries(fields))
  const one: Option<SettingsOfOne<S> | undefined> = {
    value,
    help: `${help}: any of ${names.join(', ')}`,
    without: undefined,
    read(text = '', name) {
      const [, id = '', pairs = ''] = /^([^:]+):(.+)$/.exec(text) ?? []
      if (id === '') return { ok: false, error: `${name} needs ${value}; it got "${text}".` }
      const parsed = v.safeParse(schema, pairsIn(settings, pairs), UNQUOTED)
      // The fields are those of the settings, which types cannot express.
      if (parsed.success) {
        return { ok: true, value: { id, values: parsed.output as SettingsOfOne<S>['values'] } }
      }
      const [issue] = parsed.issues
      const words =
        issue.expected === 'never' && issue.path?.length === 1
          ? `There is no such setting: there are ${names.join(', ')}.`
          : issue.message
      return { ok: false, error: `${name}: ${v.getDotPath(issue) ?? ''}: ${words}` }
    },
  }
  return severalTimes(one)
}

function optionOf(setting: Setting): Option<unknown> {
  const help = helpOf(setting)
  if (setting.kind === 'flag' && !setting.default)
    return { ...flagOption(help), without: undefined }
  return {
    value: valueWord(setting),
    help,
    ...(setting.kind === 'choice' && { choices: setting.options.map(({ value }) => value) }),
    without: undefined,
    read(text, name) {
      if (text === undefined) return { ok: false, error: `${name} needs a value; it got nothing.` }
      const parsed = v.safeParse(setting.schema, valueIn(setting, text), UNQUOTED)
      if (parsed.success) return { ok: true, value: parsed.output }
      const [issue] = parsed.issues
      const path = v.getDotPath(issue)
      if (path !== null) return { ok: false, error: `${name}: ${path}: ${issue.message}` }
      return { ok: false, error: `${name}: ${withText(issue.message, text)}` }
    },
  }
}

/** A schema does not quote what it refuses, which may be a payload. What was typed here may be shown. */
function withText(message: string, text: string): string {
  return message.replace(/here it is a text\.$/, `here it is “${text}”.`)
}

function helpOf(setting: Setting): string {
  const { help } = setting
  switch (setting.kind) {
    case 'feature':
      return `${help} “on”, or any of ${Object.keys(setting.settings).join(', ')}.`
    case 'choice': {
      const values = setting.options.map(({ value }) => value)
      return `${help} One of ${values.join(', ')} (${setting.default}).`
    }
    case 'number':
      return setting.default === null ? help : `${help} (${setting.default})`
    default:
      return help
  }
}

function valueWord(setting: Setting): string {
  switch (setting.kind) {
    case 'number':
      return setting.unit === 'ms' ? 'MS' : setting.unit === '%' ? 'PERCENT' : 'N'
    case 'choice':
      return 'NAME'
    case 'feature':
      return 'NAME=VALUE,…'
    default:
      return 'TEXT'
  }
}

/** What the schema checks. A text that is no number or no pair stays a text, about which the schema has a sentence. */
function valueIn(setting: Setting, text: string): unknown {
  switch (setting.kind) {
    case 'number':
      return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
    case 'flag':
      return text === 'true' || text === 'on' ? true : text === 'false' ? false : text
    case 'feature':
      if (text === OFF) return OFF
      return text === 'on' || text === 'true' ? {} : pairsIn(setting.settings, text)
    default:
      return text
  }
}

/**
 * `weight=3,backup`, `checks.fall=2,checks.rise=1`: a name alone is true, and a dot leads into a feature. A comma separates two
 * pairs only if a name follows it.
 */
function pairsIn(settings: Settings, text: string): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {}
  for (const pair of text.split(/,(?=[a-z][\w.]*(?:=|,|$))/i)) {
    const [path = '', ...rest] = pair.split('=')
    const value = rest.length === 0 ? 'true' : rest.join('=')
    const [name = '', inside] = path.split('.', 2)
    const setting = settings[name]
    if (setting?.kind === 'feature' && inside !== undefined) {
      const before = values[name]
      values[name] = {
        ...(isObject(before) && before),
        ...pairsIn(setting.settings, `${inside}=${value}`),
      }
    } else {
      values[path] = setting === undefined ? value : valueIn(setting, value)
    }
  }
  return values
}

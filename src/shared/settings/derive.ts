// Derived from the declared settings: the fields of commands and scenario files, and a node's values, defaults and
// saved values. Recordings: feed/setting-fields.ts.
import * as v from 'valibot'
import {
  type FeatureSetting,
  OFF,
  type Off,
  type ScalarSettings,
  type Setting,
  UNKNOWN,
  type Unknown,
} from './setting'

export type Settings = Readonly<Record<string, Setting>>

export type ValueOf<S extends Setting> = v.InferOutput<S['schema']>

/** A value for each setting. */
export type ValuesOf<S extends Settings> = { -readonly [N in keyof S]: ValueOf<S[N]> }

/** Values in a recording: an option may be known only to a newer version. */
export type Recorded<S extends Settings, V> = {
  [N in keyof V]: N extends keyof S ? RecordedValue<S[N], V[N]> : V[N]
}

type RecordedValue<S extends Setting, V> =
  S extends FeatureSetting<infer Inside>
    ? Off | Recorded<Inside, Exclude<V, Off>>
    : S['kind'] extends 'choice'
      ? V | Unknown
      : V

/** Values for some of the settings, as a command has them. */
type GivenOf<S extends Settings> = { -readonly [N in keyof S]?: ValueOf<S[N]> | undefined }

type Where<S extends Settings, F extends 'default' | 'inScenario', V> = {
  [N in keyof S as S[N][F] extends V ? N : never]: ValueOf<S[N]>
}
type WhereNot<S extends Settings, F extends 'default' | 'inScenario', V> = {
  [N in keyof S as S[N][F] extends V ? never : N]: ValueOf<S[N]>
}

/** A value for each setting, except that those chosen by the engine may have none yet. */
export type SettledOf<S extends Settings> = WhereNot<S, 'default', null> &
  Partial<Where<S, 'default', null>>

/** The settings in a scenario file. */
export type InScenarioOf<S extends Settings> = Where<S, 'inScenario', 'required'> &
  Partial<WhereNot<S, 'inScenario', 'required'>>

/** Those that can be changed after the node was added. */
type ChangeableOf<S extends Settings> = {
  readonly [N in keyof S as S[N]['fixed'] extends true ? never : N]: S[N]
}

/** Those that an outside program has too. */
type OutsideOf<S extends Settings> = {
  readonly [N in keyof S as S[N]['outside'] extends true ? N : never]: S[N]
}

// The functions below go through the settings by name, which types cannot express: each states its result's type.

type Fields<S extends Settings, F> = { readonly [N in keyof S]: F }

function fields<S extends Settings>(
  settings: S,
  field: (setting: Setting) => v.GenericSchema,
): Fields<S, v.GenericSchema> {
  const made = Object.entries(settings).map(([name, setting]) => [name, field(setting)])
  return Object.fromEntries(made) as Fields<S, v.GenericSchema>
}

/** The fields of a command, all optional. */
export function commandFields<S extends Settings>(settings: S) {
  return fields(settings, ({ schema }) => v.optional(schema)) as {
    readonly [N in keyof S]: v.OptionalSchema<S[N]['schema'], undefined>
  }
}

/** The fields of a scenario file. */
export function scenarioFields<S extends Settings>(settings: S) {
  return fields(settings, ({ schema, inScenario }) =>
    inScenario === 'required' ? schema : v.exactOptional(schema),
  ) as {
    readonly [N in keyof S]: S[N]['inScenario'] extends 'required'
      ? S[N]['schema']
      : v.ExactOptionalSchema<S[N]['schema'], undefined>
  }
}

export function changeable<S extends Settings>(settings: S): ChangeableOf<S> {
  return only(settings, ({ fixed }) => !fixed) as ChangeableOf<S>
}

export function forOutside<S extends Settings>(settings: S): OutsideOf<S> {
  return only(settings, ({ outside }) => outside) as OutsideOf<S>
}

function only(settings: Settings, test: (setting: Setting) => boolean): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, setting]) => test(setting)))
}

/** The value of each setting: the given one, else the default. */
export function settled<S extends Settings>(settings: S, values: GivenOf<S>): SettledOf<S> {
  const defaults = Object.entries(settings)
    .map(([name, setting]) => [name, setting.default])
    .filter(([, value]) => value !== null)
  return { ...Object.fromEntries(defaults), ...filled(settings, given(settings, values)) }
}

/** Each feature in use has a value for each setting inside. */
function filled(settings: Settings, values: object): object {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const setting = settings[name]
      return [name, isInUse(setting, value) ? settled(setting.settings, value) : value]
    }),
  )
}

function isInUse(setting: Setting | undefined, value: unknown): setting is FeatureSetting {
  return setting?.kind === 'feature' && value !== OFF && value !== undefined
}

/** Whether a setting, or a feature with all settings inside, has this value in both. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other
  const [fields, others] = [Object.entries(one ?? {}), Object.entries(other ?? {})]
  return (
    fields.length === others.length &&
    fields.every(([name, value]) => Reflect.get(other ?? {}, name) === value)
  )
}

/** Whether each setting has the same value in both. */
export function areSame<S extends Settings>(
  settings: S,
  one: Recorded<S, GivenOf<S>>,
  other: Recorded<S, GivenOf<S>>,
): boolean {
  const [values, others]: Readonly<Record<string, unknown>>[] = [one, other]
  return Object.keys(settings).every((name) => isSameValue(values?.[name], others?.[name]))
}

/** The settings that have another value in `later`, with their values in `earlier`. */
export function differing<S extends Settings>(
  settings: S,
  earlier: GivenOf<S>,
  later: GivenOf<S>,
): Partial<ValuesOf<S>> {
  const changed = Object.keys(settings).filter((name) => !isSameValue(earlier[name], later[name]))
  return given(
    settings,
    Object.fromEntries(changed.map((name) => [name, earlier[name]])) as GivenOf<S>,
  )
}

/** The values that are given, without those that are undefined. */
export function given<S extends Settings>(settings: S, values: GivenOf<S>): Partial<ValuesOf<S>> {
  return Object.fromEntries(
    Object.keys(settings)
      .map((name) => [name, values[name]])
      .filter(([, value]) => value !== undefined),
  ) as Partial<ValuesOf<S>>
}

/** The values without the options that this version does not know. */
export function known<S extends Settings>(
  settings: S,
  values: Recorded<S, GivenOf<S>>,
): Partial<ValuesOf<S>> {
  const named: Readonly<Record<string, unknown>> = values
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([name, { kind }]) => kind !== 'choice' || named[name] !== UNKNOWN)
      .map(([name, setting]) => {
        const value = named[name]
        return [
          name,
          isInUse(setting, value)
            ? known(setting.settings, value as Partial<ValuesOf<ScalarSettings>>)
            : value,
        ]
      })
      .filter(([, value]) => value !== undefined),
  ) as Partial<ValuesOf<S>>
}

/** These values in a saved scenario: it omits defaults that a file need not have, and values that mean nothing on another machine. */
export function saved<S extends Settings>(settings: S, values: InScenarioOf<S>): InScenarioOf<S> {
  const named: Readonly<Record<string, unknown>> = values
  const kept = Object.entries(settings).filter(
    ([name, setting]) =>
      setting.inScenario !== 'unsaved' &&
      named[name] !== undefined &&
      (setting.inScenario === 'required' || named[name] !== setting.default),
  )
  const written = kept.map(([name, setting]) => {
    const value = named[name]
    return [
      name,
      isInUse(setting, value) ? saved(setting.settings, value as InScenarioOf<Settings>) : value,
    ]
  })
  return Object.fromEntries(written) as InScenarioOf<S>
}

/** The inspector's lines: the label and the value of each setting that has a value. */
export function inWords(settings: Settings, values: GivenOf<Settings>): [string, string][] {
  return Object.entries(given(settings, values)).flatMap(([name, value]): [string, string][] => {
    const setting = settings[name]
    return setting && value !== undefined ? [[setting.label, setting.say(value)]] : []
  })
}

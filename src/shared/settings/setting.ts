// What a setting is: its schema, default, limits and words. Each is declared once, in server.ts, client.ts, link.ts or
// pool.ts; commands, events, scenario files, forms and the inspector are derived from the declaration (derive.ts).
import * as v from 'valibot'
import { mustBe } from '../issue-text'
import { fittingValues, readableText, type TextMistake, type ValuesMistake } from './mistakes'

interface Declaration<T> {
  /** The default; null: the engine chooses a value for each node. */
  readonly default: T | null
  /** Names the setting in forms and in the inspector. */
  readonly label: string
  /** One line: what the setting does. */
  readonly help: string
  /** Whose default it is, and others' where they differ: `nginx’s max_fails`. Empty for the lab's own. */
  readonly whose?: string
  /** True: it is given when the node is added, and cannot change afterwards. */
  readonly fixed?: true
  /**
   * `required`: a scenario file must have it. `unsaved`: a file may have it, but a lab is saved without it, because the
   * value means nothing on another machine.
   */
  readonly inScenario?: 'required' | 'unsaved'
  /** True: outside programs have it too. */
  readonly outside?: true
}

/** Represents, in recordings, an option known only to a newer version. A live lab refuses it. */
export const UNKNOWN = 'unknown'
export type Unknown = typeof UNKNOWN

/** The value of a feature that is not in use. */
export const OFF = 'off'
export type Off = typeof OFF

/** The value of a setting that has no settings inside. */
export type Scalar = string | number | boolean

/** Any setting's value. A feature in use has a value for each setting inside it. */
export type Value = Scalar | Readonly<Record<string, Scalar>>

interface Common<T> extends Required<Omit<Declaration<T>, 'fixed' | 'inScenario' | 'outside'>> {
  readonly fixed: boolean
  readonly inScenario: 'required' | 'unsaved' | 'optional'
  readonly outside: boolean
  /** Checks a value; an error says what is allowed and what was found, without quoting a text. */
  readonly schema: v.GenericSchema<T>
  /** Words a value for the inspector. */
  say(value: Value): string
}

interface TextSetting extends Common<string> {
  readonly kind: 'text'
  readonly maxChars: number
}
interface NumberSetting extends Common<number> {
  readonly kind: 'number'
  readonly isWhole: boolean
  readonly min: number
  readonly max: number
  /** For example `ms`; empty for a plain number. */
  readonly unit: string
}
interface FlagSetting extends Common<boolean> {
  readonly kind: 'flag'
  /** What switching it on and off is called, for whatever `*` stands for: `drain *`. */
  readonly deeds: readonly [string, string] | undefined
}
interface Option<V extends string> {
  readonly value: V
  readonly label: string
}
interface ChoiceSetting<V extends string = string> extends Common<V> {
  readonly kind: 'choice'
  readonly options: readonly Option<V>[]
}

/** A setting that has no settings inside. */
export type ScalarSetting = TextSetting | NumberSetting | FlagSetting | ChoiceSetting

export type ScalarSettings = Readonly<Record<string, ScalarSetting>>

/** Several settings that are switched on and off together. */
export interface FeatureSetting<S extends ScalarSettings = ScalarSettings>
  extends Common<Off | FeatureValues<S>> {
  readonly kind: 'feature'
  readonly settings: S
}
type FeatureValues<S extends ScalarSettings> = {
  readonly [N in keyof S]: v.InferOutput<S[N]['schema']>
}

export type Setting = ScalarSetting | FeatureSetting

/** The literal types kept from a declaration. */
interface Typed<D extends Declaration<unknown>> {
  readonly default: D['default']
  readonly fixed: D extends { fixed: true } ? true : false
  readonly outside: D extends { outside: true } ? true : false
  readonly inScenario: D extends { inScenario: infer I } ? I : 'optional'
}

function common<const D extends Declaration<unknown>>(declaration: D) {
  const { label, help, whose = '', ...others } = declaration
  const { fixed = false, inScenario = 'optional', outside = false } = others
  const typed = { default: declaration.default, fixed, outside, inScenario } as Typed<D>
  return { label, help, whose, ...typed }
}

const expected = (what: string) => (issue: v.BaseIssue<unknown>) => mustBe(what, issue)

interface TextDeclaration extends Declaration<string> {
  readonly maxChars: number
  /** White space around the text is ignored. */
  readonly trim?: true
  readonly mistake?: TextMistake
}

export function text<const D extends TextDeclaration>(declaration: D): TextSetting & Typed<D> {
  const { label, maxChars, trim, mistake } = declaration
  const isText = v.string(`It is a text of at most ${maxChars} characters: put it in quotes.`)
  const isShort = v.maxLength<string, number, (issue: v.MaxLengthIssue<string, number>) => string>(
    maxChars,
    ({ received }) =>
      `A ${label.toLowerCase()} has at most ${maxChars} characters; this one has ${received}.`,
  )
  return {
    ...common(declaration),
    kind: 'text',
    maxChars,
    schema: v.pipe(
      trim ? v.pipe(isText, v.trim(), isShort) : v.pipe(isText, isShort),
      readableText(mistake),
    ),
    say: (value) => (value === '' ? 'none' : `“${value}”`),
  }
}

interface Limits {
  readonly min: number
  readonly max: number
  readonly unit?: string
}
type NumberDeclaration = Declaration<number> & Limits

export function number<const D extends NumberDeclaration>(
  declaration: D,
): NumberSetting & Typed<D> {
  return numberWithin(declaration, declaration)
}

function numberWithin<const D extends Declaration<number>>(
  declaration: D,
  { min, max, unit = '' }: Limits,
): NumberSetting & Typed<D> {
  const words = expected(`a number from ${min} to ${max}${unit && ` (${unit})`}`)
  return {
    ...common(declaration),
    kind: 'number',
    isWhole: false,
    min,
    max,
    unit,
    schema: v.pipe(v.number(words), v.minValue(min, words), v.maxValue(max, words)),
    say: (value) => (unit === '' ? String(value) : `${value} ${unit}`),
  }
}

export function wholeNumber<const D extends NumberDeclaration>(
  declaration: D,
): NumberSetting & Typed<D> {
  return wholeNumberWithin(declaration, declaration)
}

function wholeNumberWithin<const D extends Declaration<number>>(
  declaration: D,
  limits: Limits,
): NumberSetting & Typed<D> {
  const { min, max, unit = '' } = limits
  const words = expected(`a whole number from ${min} to ${max}${unit && ` (${unit})`}`)
  const isWhole = v.pipe(v.number(words), v.safeInteger(words))
  return {
    ...numberWithin(declaration, limits),
    isWhole: true,
    schema: v.pipe(isWhole, v.minValue(min, words), v.maxValue(max, words)),
  }
}

type WithUsualLimits = Declaration<number> & Partial<Pick<Limits, 'min' | 'max'>>

/** The longest of all durations: a day. */
const DAY_MS = 86_400_000

export function duration<const D extends WithUsualLimits>(
  declaration: D,
): NumberSetting & Typed<D> {
  return numberWithin(declaration, { min: 1, max: DAY_MS, unit: 'ms', ...declaration })
}

export function percent<const D extends WithUsualLimits>(declaration: D): NumberSetting & Typed<D> {
  return wholeNumberWithin(declaration, { min: 0, max: 100, unit: '%', ...declaration })
}

export function prime<const D extends NumberDeclaration>(declaration: D): NumberSetting & Typed<D> {
  const { schema, ...whole } = wholeNumber(declaration)
  const { min, max } = declaration
  const words = `It must be a prime from ${min} to ${max}, such as ${declaration.default}.`
  return { ...whole, schema: v.pipe(schema, v.check(isPrime, words)) }
}

function isPrime(value: number): boolean {
  for (let divisor = 2; divisor * divisor <= value; divisor++) {
    if (value % divisor === 0) return false
  }
  return value > 1
}

interface FlagDeclaration extends Declaration<boolean> {
  /** The inspector's words for true and for false. */
  readonly said: readonly [string, string]
  readonly deeds?: readonly [string, string]
}

export function flag<const D extends FlagDeclaration>(declaration: D): FlagSetting & Typed<D> {
  const [on, off] = declaration.said
  return {
    ...common(declaration),
    kind: 'flag',
    deeds: declaration.deeds,
    schema: v.boolean(expected('true or false')),
    say: (value) => (value ? on : off),
  }
}

export function choice<
  const D extends Declaration<string> & { options: readonly Option<string>[] },
>(declaration: D): ChoiceSetting<D['options'][number]['value']> & Typed<D> {
  const options: readonly Option<D['options'][number]['value']>[] = declaration.options
  const values = options.map(({ value }) => value)
  const words = expected(`one of ${values.map((value) => `“${value}”`).join(', ')}`)
  return {
    ...common(declaration),
    kind: 'choice',
    options,
    schema: v.picklist(values, words),
    say: (chosen) =>
      options.find(({ value }) => value === chosen)?.label ?? 'not known to this version',
  }
}

/**
 * A feature: off by default. A file or a command switches it on by naming any of its settings, or none (`{}`); those that
 * it leaves out have their defaults.
 */
export function feature<const S extends ScalarSettings>({
  settings,
  mistake,
  ...declaration
}: Omit<Declaration<Off>, 'default'> & {
  settings: S
  mistake?: ValuesMistake<FeatureValues<S>>
}): FeatureSetting<S> & Typed<{ default: Off } & Declaration<Off>> {
  const fields = Object.entries(settings).map(([name, setting]) => [
    name,
    v.optional(setting.schema, setting.default ?? undefined),
  ])
  const names = Object.keys(settings)
    .map((name) => `“${name}”`)
    .join(', ')
  const words = expected(`“off” or an object in braces with any of ${names}`)
  const hasFields = v.strictObject(Object.fromEntries(fields), (issue) =>
    issue.expected === 'never' ? `There is no such field: it has ${names}.` : words(issue),
  )
  const isOn = v.pipe(hasFields, fittingValues(mistake))
  const schemaFor = (input: unknown) => {
    if (input === OFF) return v.literal(OFF)
    return Array.isArray(input) ? v.never(words) : isOn
  }
  return {
    ...common({ ...declaration, default: OFF }),
    kind: 'feature',
    settings,
    // The entries above are those of S, which types cannot express.
    schema: v.lazy(schemaFor) as FeatureSetting<S>['schema'],
    say: (value) => (typeof value === 'object' ? sayAll(settings, value) : 'off'),
  }
}

function sayAll(settings: ScalarSettings, values: Readonly<Record<string, Scalar>>): string {
  return Object.entries(settings)
    .flatMap(([name, { label, say }]) => {
      const value = values[name]
      return value === undefined ? [] : [`${label.toLowerCase()}: ${say(value)}`]
    })
    .join('; ')
}

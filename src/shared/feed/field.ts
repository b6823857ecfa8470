// The type of a field of an event or of a state: its valid values, and how a value of an older or a newer version
// becomes one of ours. event-table.ts says how to add a field.

/** A value of a choice. */
export type Word = string | number

/** Another version's names that differ from ours (translation.ts), as far as a field needs them. */
export interface OtherNames {
  /** The fields of a shape. */
  fieldsOf(shape: string): ReadonlySet<string> | undefined
  /** The values of a choice. */
  wordsOf(choice: string): ReadonlySet<Word> | undefined
  /** Notes something that this version does not know. */
  leaveOut(what: 'field' | 'word', name: string): void
}

/** A field, whatever its value. */
export interface AnyField {
  /** Whether a row or a shape may have this value. `bytes` and `list` are numbers there. */
  is(value: unknown): boolean
  /** The path to the invalid part of a refused value. Omitted: it has no parts. */
  faultIn?(value: unknown): string
  /** Our value for another version's; undefined: it cannot be shown. Omitted: the same value. */
  translate?(value: unknown, other: OtherNames): unknown
  /** Whether values of another version can be shown at all. Omitted: they can. */
  isReadable?(other: OtherNames): boolean
  /** Its parts. */
  readonly parts?: readonly AnyField[]
  /** Set if the value is a shape or a choice: their names are in a recording's head. */
  readonly shape?: {
    readonly name: string
    readonly fields: AnyFields
    readonly upgrade: Upgrade<unknown> | undefined
  }
  readonly choice?: { readonly name: string; readonly words: readonly Word[] }
  /** Its value for files from before it was added. Omitted: every file has it. */
  readonly missing?: { readonly value: unknown }
  /** It may be omitted. */
  readonly optional?: true
  /** Its form in a row, if that differs: a whole number of microseconds or of bytes, or an index of a list. */
  readonly wire?: 'microseconds' | 'bytes' | 'list'
}

export type AnyFields = Readonly<Record<string, AnyField>>

export interface Field<T> extends AnyField {
  /** For the compiler: the type of its value. */
  readonly type?: (value: T) => T
  readonly missing?: { readonly value: T }
}

export interface OptionalField<T> extends Field<T> {
  readonly optional: true
}

/** A field for every property, in the order of a row. */
export type FieldsOf<T> = {
  readonly [K in keyof T]-?: undefined extends T[K]
    ? OptionalField<Exclude<T[K], undefined>>
    : Field<T[K]>
}

type ValueOf<F> = F extends Field<infer T> ? T : never
type ValuesOf<F> = { readonly [K in keyof F]: ValueOf<F[K]> }

/** Converts fields of older versions to the present ones, if equal names are not enough. */
export interface Upgrade<T> {
  readonly reads: AnyFields
  readonly gives: (old: Readonly<Record<string, unknown>>) => Partial<T>
}

/** `reads`: the fields that it needs of an older version, retired or not. A `list` is passed as its items. */
export function upgrade<R extends AnyFields, T>(
  reads: R,
  gives: (old: ValuesOf<R>) => Partial<T>,
): Upgrade<T> {
  // The fields that read the values have checked them.
  return { reads, gives: (old) => gives(old as ValuesOf<R>) }
}

function field<T>(is: (value: unknown) => boolean, wire?: AnyField['wire']): Field<T> {
  return wire === undefined ? { is } : { is, wire }
}

const MOST = 2 ** 32
const isWhole = (value: unknown) =>
  typeof value === 'number' && value >= 0 && value < MOST && Math.floor(value) === value
const isAmount = (value: unknown) => Number.isFinite(value) && Number(value) >= 0
export const isMicroseconds = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0

export const text = field<string>((value) => typeof value === 'string')
export const flag = field<boolean>((value) => typeof value === 'boolean')
/** An id or a count; ids are kept in 32 bits. */
export const whole = field<number>(isWhole)
export const port = field<number>((value) => isWhole(value) && Number(value) < 65_536)
/** Not negative. */
export const amount = field<number>(isAmount)
/** Any finite number. */
export const finite = field<number>((value) => Number.isFinite(value))
/** Whole, of either sign. */
export const count = field<number>((value) => Number.isSafeInteger(value))
export const positiveCount = field<number>(isMicroseconds)
/** From 0 to 1. */
export const part = field<number>((value) => isAmount(value) && Number(value) <= 1)

/** A time: whole microseconds in a row, milliseconds in its event. */
export const time = field<number>(isMicroseconds, 'microseconds')
/** A message: the number of its bytes in a row, and the bytes behind all rows. */
export const bytes = field<Uint8Array>(isWhole, 'bytes')
/** A list shared by many rows, stored once per frame; the row has its index. */
export const sharedList = field<readonly string[]>(isWhole, 'list')

/** A field that older files lack: they show this value. */
export function added<T>(inner: Field<T>, value: T): Field<T> {
  const { isReadable: _, ...field } = inner
  return { ...field, missing: { value } }
}

export function optional<T>(inner: Field<T>): OptionalField<T> {
  const { isReadable: _, ...field } = inner
  return { ...field, optional: true }
}

/** This value, or one of the inner field. What a newer version's value of it cannot be shown by is this value. */
export function or<const W, T>(instead: W, inner: Field<T>): Field<W | T> {
  const { is, faultIn, translate } = inner
  return {
    is: (value) => value === instead || is(value),
    ...(faultIn && { faultIn }),
    ...(translate && { translate: (value, other) => translate(value, other) ?? instead }),
    parts: [inner],
  }
}

/**
 * One of these values. A later version may add some, which are shown as `unknown`. Without `unknown`, whatever needs
 * the value is omitted: an optional field, an item of a list, or an event.
 */
export function oneOf<const T extends Word>(
  name: string,
  words: readonly T[],
  unknown?: T,
): Field<T> {
  const known: ReadonlySet<unknown> = new Set(words)
  return {
    is: (value) => known.has(value),
    translate(value, other) {
      if (known.has(value) || other.wordsOf(name)?.has(value as Word) !== true) return value
      other.leaveOut('word', `${name} ${value}`)
      return unknown
    },
    choice: { name, words },
  }
}

export function listOf<T>(item: Field<T>): Field<readonly T[]> {
  const { translate } = item
  return {
    is: (value) => Array.isArray(value) && value.every(item.is),
    faultIn: (value) =>
      Array.isArray(value) ? faultAt(value, (part) => (item.is(part) ? undefined : item)) : '',
    ...(translate && {
      translate: (value, other) =>
        Array.isArray(value)
          ? value.map((part) => translate(part, other)).filter((part) => part !== undefined)
          : value,
    }),
    parts: [item],
  }
}

/**
 * One of several shapes, distinguished by the value of one field. A later version may add some, which are shown as
 * `unknown`.
 */
export function variantOf<T, K extends keyof T & string>(
  name: string,
  key: K,
  variants: { readonly [W in T[K] & string]: Field<Extract<T, Readonly<Record<K, W>>>> },
  unknown: T,
): Field<T> {
  const all: AnyFields = variants
  const words = Object.keys(all)
  const wordIn = (value: unknown) => (isObject(value) ? value[key] : undefined)
  const variantFor = (word: unknown) =>
    typeof word === 'string' && Object.hasOwn(all, word) ? all[word] : undefined
  return {
    is: (value) => variantFor(wordIn(value))?.is(value) === true,
    faultIn(value) {
      const variant = variantFor(wordIn(value))
      return variant === undefined ? `.${key}` : (variant.faultIn?.(value) ?? '')
    },
    translate(value, other) {
      const word = wordIn(value)
      const variant = variantFor(word)
      if (variant !== undefined) return translatedBy(variant, value, other) ?? unknown
      if (other.wordsOf(name)?.has(word as Word) !== true) return value
      other.leaveOut('word', `${name} ${word}`)
      return unknown
    },
    choice: { name, words },
    parts: Object.values(all),
  }
}

/** Always this value, which distinguishes a variant from the others. */
export function constant<const T extends Word>(word: T): Field<T> {
  return field((value) => value === word)
}

/** A list with a fixed number of items, each of its own kind. */
export function tupleOf<T extends readonly unknown[]>(
  ...items: { readonly [K in keyof T]: Field<T[K]> }
): Field<T> {
  const all: readonly AnyField[] = items
  const fits = (value: unknown): value is unknown[] =>
    Array.isArray(value) && value.length === all.length
  return {
    is: (value) => fits(value) && all.every((item, index) => item.is(value[index])),
    faultIn: (value) =>
      fits(value) ? faultAt(value, (part, i) => (all[i]?.is(part) ? undefined : all[i])) : '',
    ...(all.some(({ translate }) => translate) && {
      translate(value, other) {
        if (!fits(value)) return value
        const made = value.map((part, index) => translatedBy(all[index], part, other))
        return made.includes(undefined) ? undefined : made
      },
      isReadable: (other) => all.every((item) => item.isReadable?.(other) ?? true),
    }),
    parts: all,
  }
}

/** An object with exactly these fields. Its names are in a recording's head. */
export function shape<T>(
  name: string,
  fields: FieldsOf<T> & AnyFields,
  from?: Upgrade<T>,
): Field<T> {
  const keys = Object.keys(fields)
  const parts = Object.values(fields)
  return {
    // Every decision of a recording has such objects in it.
    is(value) {
      if (!isObject(value)) return false
      let found = 0
      for (let index = 0; index < keys.length; index++) {
        const part = value[keys[index] ?? '']
        const field = parts[index]
        if (part === undefined) {
          if (field?.optional !== true) return false
          continue
        }
        if (field?.is(part) !== true) return false
        found++
      }
      for (const _ in value) found--
      return found === 0
    },
    faultIn(value) {
      if (!isObject(value)) return ''
      for (const key of keys) {
        const field = fields[key]
        if (!Object.hasOwn(value, key) && field?.optional) continue
        if (field?.is(value[key]) !== true) return `.${key}${field?.faultIn?.(value[key]) ?? ''}`
      }
      const more = Object.keys(value).find((key) => !Object.hasOwn(fields, key))
      return more === undefined ? '' : `.${more}`
    },
    translate: (value, other) => translated(name, fields, from, value, other),
    isReadable: (other) => lackOf(fields, from, other.fieldsOf(name), other) === undefined,
    shape: { name, fields, upgrade: from },
    parts,
  }
}

function translatedBy(field: AnyField | undefined, value: unknown, other: OtherNames): unknown {
  return field?.translate === undefined ? value : field.translate(value, other)
}

/** A value that fits no version is returned unchanged: the check then refuses it. */
function translated<T>(
  name: string,
  fields: AnyFields,
  from: Upgrade<T> | undefined,
  value: unknown,
  other: OtherNames,
): unknown {
  const named = other.fieldsOf(name)
  if (!isObject(value) || named === undefined) return value
  const made: Record<string, unknown> = {}
  let isWhole = true
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(fields, key)) {
      const part = translatedBy(fields[key], value[key], other)
      if (part !== undefined) made[key] = part
      else if (!canLack(fields[key])) isWhole = false
    } else if (!named.has(key)) return value
    else if (!Object.hasOwn(from?.reads ?? {}, key)) other.leaveOut('field', key)
  }
  Object.assign(made, from && applied(from, named, fields, (key) => value[key]))
  for (const [key, { missing, optional }] of Object.entries(fields)) {
    if (missing === undefined || Object.hasOwn(made, key)) continue
    // A newer writer that knows an optional field has omitted it on purpose.
    if (!(optional && named.has(key))) made[key] = missing.value
  }
  if (!isWhole) return undefined
  if (lackOf(fields, from, named, other) === undefined) return made
  other.leaveOut('field', name)
  return undefined
}

/** Whether something can be shown without a value of the field. */
export function canLack(field: AnyField | undefined): boolean {
  return field === undefined || field.optional === true || field.missing !== undefined
}

/** A required field that a shape or kind of event with the fields `named` lacks and the upgrade does not provide. */
export function lackOf<T>(
  fields: AnyFields,
  from: Upgrade<T> | undefined,
  named: ReadonlySet<string> | undefined,
  other: OtherNames,
): string | undefined {
  if (named === undefined) return undefined
  const isUpgraded = from !== undefined && isFor(from, named, fields)
  for (const [name, { missing, optional, isReadable }] of Object.entries(fields)) {
    if (missing !== undefined || optional) continue
    if (named.has(name) ? isReadable?.(other) === false : !isUpgraded) return name
  }
  return undefined
}

/** Whether an upgrade is for a shape or type that has these fields. */
export function isFor<T>(from: Upgrade<T>, named: ReadonlySet<string>, fields: AnyFields): boolean {
  const reads = Object.keys(from.reads)
  return reads.every((key) => named.has(key)) && reads.some((key) => !Object.hasOwn(fields, key))
}

/** Returns the upgraded fields; undefined if the upgrade does not apply or a value is invalid. */
export function applied<T>(
  from: Upgrade<T>,
  named: ReadonlySet<string>,
  fields: AnyFields,
  read: (key: string) => unknown,
): Partial<T> | undefined {
  if (!isFor(from, named, fields)) return undefined
  const old: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(from.reads)) {
    old[key] = read(key)
    if (!field.is(old[key])) return undefined
  }
  return from.gives(old)
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function faultAt(
  values: readonly unknown[],
  refusedBy: (value: unknown, index: number) => AnyField | undefined,
): string {
  for (const [index, value] of values.entries()) {
    const item = refusedBy(value, index)
    if (item !== undefined) return `[${index}]${item.faultIn?.(value) ?? ''}`
  }
  return ''
}

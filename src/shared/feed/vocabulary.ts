// The names of everything that a version writes: kinds of events and their fields in the order of a row, shapes and
// their fields, and the values of each choice. A recording's head has it, and the first frame to a screen.
import * as v from 'valibot'
import { KINDS } from './event-kinds'
import { type AnyField, isObject, type Word } from './field'
import { stateShape } from './state-table'

interface Named {
  readonly name: string
  readonly fields: readonly string[]
}

export interface NamedType extends Named {
  /** The fields that count bytes behind all rows; omitted without any. */
  readonly bytes?: readonly string[]
}

interface NamedWords {
  readonly name: string
  readonly words: readonly Word[]
}

export interface Vocabulary {
  readonly types: readonly NamedType[]
  readonly shapes: readonly Named[]
  readonly choices: readonly NamedWords[]
}

/** What this version writes. */
export const VOCABULARY: Vocabulary = ownVocabulary()

function ownVocabulary(): Vocabulary {
  const shapes = new Map<string, Named>()
  const choices = new Map<string, NamedWords>()
  const collect = ({ shape, choice, parts = [] }: AnyField): void => {
    if (choice !== undefined) choices.set(choice.name, choice)
    if (shape !== undefined) {
      if (shapes.has(shape.name)) return
      shapes.set(shape.name, { name: shape.name, fields: Object.keys(shape.fields) })
    }
    parts.forEach(collect)
  }
  const types = KINDS.map(({ type, fields, names }): NamedType => {
    Object.values(fields).forEach(collect)
    const bytes = names.filter((name) => fields[name]?.wire === 'bytes')
    return { name: type, fields: names, ...(bytes.length > 0 && { bytes }) }
  })
  collect(stateShape)
  return { types, shapes: [...shapes.values()], choices: [...choices.values()] }
}

const MOST_NAMES = 1_000
const MOST_CHARS = 100

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_CHARS))
const names = v.pipe(v.array(name), v.maxLength(MOST_NAMES))
const listed = <const S extends v.ObjectEntries>(entries: S) =>
  v.pipe(v.array(v.object(entries)), v.maxLength(MOST_NAMES))
const schema: v.GenericSchema<unknown, Vocabulary> = v.object({
  types: listed({ name, fields: names, bytes: v.exactOptional(names) }),
  shapes: listed({ name, fields: names }),
  choices: listed({
    name,
    words: v.pipe(
      v.array(v.union([name, v.pipe(v.number(), v.finite())])),
      v.maxLength(MOST_NAMES),
    ),
  }),
})

/** The vocabulary in this value, or what is wrong with it, as the end of a sentence. */
export function readVocabulary(value: unknown): Vocabulary | string {
  if (!isObject(value)) return 'it does not name what is in it'
  const checked = v.safeParse(schema, value, { abortEarly: true })
  if (!checked.success) {
    return `its names are none (${v.getDotPath(checked.issues[0]) ?? 'all of them'})`
  }
  const vocabulary = checked.output
  for (const list of [vocabulary.types, vocabulary.shapes, vocabulary.choices]) {
    const twice = repeated(list.map((item) => item.name))
    if (twice !== undefined) return `it names “${twice}” twice`
  }
  for (const { name: of, fields, bytes = [] } of [
    ...vocabulary.types,
    ...vocabulary.shapes,
  ] as NamedType[]) {
    const twice = repeated(fields) ?? repeated(bytes)
    if (twice !== undefined) return `it names the field “${twice}” of ${of} twice`
    const none = bytes.find((field) => !fields.includes(field))
    if (none !== undefined) return `${of} has no field “${none}”`
  }
  return vocabulary
}

function repeated(list: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return list.find((item) => seen.size === seen.add(item).size)
}

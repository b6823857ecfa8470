// Converts another version's rows and states to those of this one. A field that an older version lacks gets its
// default; what only a newer one knows is omitted and noted.

import { type EventKind, indexOf, KINDS } from './event-kinds'
import {
  type AnyField,
  applied,
  canLack,
  isFor,
  lackOf,
  type OtherNames,
  type Word,
  whole,
} from './field'
import { stateShape } from './state-table'
import { type NamedType, VOCABULARY, type Vocabulary } from './vocabulary'

/** A parsed row. */
export type ParsedRow = readonly unknown[]
export type Lists = readonly (readonly string[])[]

/** The names of everything that was read and this version does not know. */
interface LeftOut {
  readonly events: ReadonlySet<string>
  readonly fields: ReadonlySet<string>
  readonly words: ReadonlySet<string>
}

/** What this version needs and a vocabulary lacks: a part of a sentence. */
export class UnreadableVocabulary extends Error {}

/** One of the other version's kinds of events. */
interface OtherKind {
  readonly name: string
  /** Fields in its rows. */
  readonly length: number
  /** Undefined: it is unknown here. */
  readonly own: { readonly index: number; readonly kind: EventKind } | undefined
  /** Its rows equal ours but for the number of their kind. */
  readonly isSame: boolean
  /** For each of our fields its index in their row; undefined: they have none. */
  readonly places: readonly (number | undefined)[]
  /** Our fields whose values may have to be translated. */
  readonly translated: readonly (AnyField | undefined)[]
  readonly placeOf: ReadonlyMap<string, number>
  readonly fields: ReadonlySet<string>
  /** Fields that this version does not know. */
  readonly unknown: readonly string[]
  /** Indexes of byte counts that this version ignores; their bytes follow the known ones. */
  readonly moreBytes: readonly number[]
}

/** Packets are numbered without gaps, so that none may be left out. */
const NEEDED: ReadonlySet<string> = new Set(['packet.sent', 'packet.carried'])

/**
 * The translation from a vocabulary to ours; undefined if it is ours. `isNewer`: kinds of events that lack a required
 * field are omitted, like unknown ones. Otherwise, and for kinds that nothing can be shown without, throws an
 * UnreadableVocabulary.
 */
export function translationFrom(theirs: Vocabulary, isNewer = false): Translation | undefined {
  const isOurs = JSON.stringify(theirs) === JSON.stringify(VOCABULARY)
  return isOurs ? undefined : new Translation(theirs, isNewer)
}

const UNKNOWN = indexOf('event.unknown')

export class Translation implements OtherNames {
  private readonly events = new Set<string>()
  private readonly fields = new Set<string>()
  private readonly words = new Set<string>()
  private readonly kinds: readonly OtherKind[]
  private readonly shapes: ReadonlyMap<string, ReadonlySet<string>>
  private readonly choices: ReadonlyMap<string, ReadonlySet<Word>>

  constructor(theirs: Vocabulary, isNewer: boolean) {
    this.shapes = new Map(theirs.shapes.map(({ name, fields }) => [name, new Set(fields)]))
    this.choices = new Map(theirs.choices.map(({ name, words }) => [name, new Set(words)]))
    const others = otherParts(theirs)
    this.kinds = theirs.types.map((type) => otherKind(type, isNewer, others, this))
    if (!theirs.types.some(({ name }) => name === 'packet.sent')) {
      throw new UnreadableVocabulary('it has no packets')
    }
    if (!this.shapes.has('state') || stateShape.isReadable?.(this) === false) {
      throw new UnreadableVocabulary('it has no states that can be shown')
    }
  }

  get leftOut(): LeftOut {
    return { events: this.events, fields: this.fields, words: this.words }
  }

  /** Our row for one of theirs, or what is wrong with it, in words. */
  row(row: unknown, lists: Lists): ParsedRow | string {
    if (!Array.isArray(row)) return 'it is no row'
    const kind = this.kindOf(row)
    if (kind === undefined) return 'its type is none that there is'
    if (row.length !== kind.length + 2) return `a row of ${kind.name} has another number of fields`
    if (!kind.moreBytes.every((place) => whole.is(row[place]))) {
      return `a row of ${kind.name} has a number of bytes that is none`
    }
    if (kind.own === undefined) {
      this.events.add(kind.name)
      return [UNKNOWN, row[1], kind.name]
    }
    if (kind.isSame) return row[0] === kind.own.index ? row : [kind.own.index, ...row.slice(1)]
    for (const field of kind.unknown) this.fields.add(field)
    return this.translated(row, kind, kind.own, lists)
  }

  /** How many bytes this version ignores behind the known ones of this row of theirs. */
  moreBytes(row: ParsedRow): number {
    let bytes = 0
    for (const place of this.kindOf(row)?.moreBytes ?? []) bytes += Number(row[place])
    return bytes
  }

  state(state: unknown): unknown {
    return stateShape.translate?.(state, this) ?? state
  }

  fieldsOf(shape: string): ReadonlySet<string> | undefined {
    return this.shapes.get(shape)
  }

  wordsOf(choice: string): ReadonlySet<Word> | undefined {
    return this.choices.get(choice)
  }

  leaveOut(what: 'field' | 'word', name: string): void {
    if (what === 'field') this.fields.add(name)
    else this.words.add(name)
  }

  private kindOf(row: ParsedRow): OtherKind | undefined {
    return typeof row[0] === 'number' ? this.kinds[row[0]] : undefined
  }

  private translated(
    row: ParsedRow,
    kind: OtherKind,
    own: { readonly index: number; readonly kind: EventKind },
    lists: Lists,
  ): ParsedRow {
    const { places, translated, placeOf } = kind
    const { fields, names, upgrade } = own.kind
    const made: unknown[] = [own.index, row[1]]
    const upgraded =
      upgrade &&
      applied(upgrade, kind.fields, fields, (name) => {
        const value = row[placeOf.get(name) ?? 0]
        return fields[name]?.wire === 'list' ? lists[Number(value)] : value
      })
    const given = upgraded as Readonly<Record<string, unknown>> | undefined
    for (let index = 0; index < names.length; index++) {
      const name = names[index] ?? ''
      const place = places[index]
      let value: unknown
      if (place === undefined) value = given?.[name]
      else {
        const field = translated[index]
        value = field?.translate === undefined ? row[place] : field.translate(row[place], this)
        if (value === undefined && !canLack(field)) return [UNKNOWN, row[1], kind.name]
      }
      made.push(value === undefined ? (fields[name]?.missing?.value ?? null) : value)
    }
    return made
  }
}

/** Our shapes and choices that differ in that vocabulary. */
function otherParts({ shapes, choices }: Vocabulary): ReadonlySet<string> {
  const theirs = new Map<string, string>()
  for (const { name, fields } of shapes) theirs.set(`shape ${name}`, fields.join())
  for (const { name, words } of choices) theirs.set(`choice ${name}`, words.join())
  const others = new Set<string>()
  const compare = (name: string, parts: readonly Word[]) => {
    if (theirs.get(name) !== parts.join()) others.add(name)
  }
  for (const { name, fields } of VOCABULARY.shapes) compare(`shape ${name}`, fields)
  for (const { name, words } of VOCABULARY.choices) compare(`choice ${name}`, words)
  return others
}

function hasOther({ shape, choice, parts = [] }: AnyField, others: ReadonlySet<string>): boolean {
  return (
    (shape !== undefined && others.has(`shape ${shape.name}`)) ||
    (choice !== undefined && others.has(`choice ${choice.name}`)) ||
    parts.some((part) => hasOther(part, others))
  )
}

function otherKind(
  { name, fields, bytes = [] }: NamedType,
  isNewer: boolean,
  others: ReadonlySet<string>,
  other: OtherNames,
): OtherKind {
  const placeOf = new Map(fields.map((field, index) => [field, 2 + index]))
  const theirs = new Set(fields)
  const kind = KINDS.find(({ type, formerly }) => type === name || formerly === name)
  const lack = kind && lackIn(kind, theirs, bytes, other)
  if (lack !== undefined && (!isNewer || NEEDED.has(name))) {
    throw new UnreadableVocabulary(`${name} has no “${lack}”`)
  }
  const own = kind && lack === undefined ? { index: KINDS.indexOf(kind), kind } : undefined
  const isUsed = (field: string) =>
    own !== undefined &&
    (Object.hasOwn(own.kind.fields, field) ||
      (own.kind.upgrade !== undefined &&
        isFor(own.kind.upgrade, theirs, own.kind.fields) &&
        Object.hasOwn(own.kind.upgrade.reads, field)))
  const moreBytes = bytes.filter((field) => !isUsed(field))
  const lastBytes = fields.findLastIndex((field) => bytes.includes(field) && isUsed(field))
  if (moreBytes.some((field) => fields.indexOf(field) < lastBytes)) {
    throw new UnreadableVocabulary(`${name} has bytes before those that are known`)
  }
  const names = own?.kind.names ?? []
  const translated = names.map((field) => {
    const ours = own?.kind.fields[field]
    return ours && hasOther(ours, others) ? ours : undefined
  })
  return {
    name,
    length: fields.length,
    own,
    isSame: fields.join() === names.join() && translated.every((field) => field === undefined),
    places: names.map((field) => placeOf.get(field)),
    translated,
    placeOf,
    fields: theirs,
    unknown: fields.filter((field) => !isUsed(field)),
    moreBytes: moreBytes.map((field) => placeOf.get(field) ?? 0),
  }
}

/** A required field that they lack, or have as bytes while ours is not, or the reverse. */
function lackIn(
  { fields, upgrade }: EventKind,
  theirs: ReadonlySet<string>,
  bytes: readonly string[],
  other: OtherNames,
): string | undefined {
  const otherwise = Object.keys(fields).find(
    (name) => theirs.has(name) && (fields[name]?.wire === 'bytes') !== bytes.includes(name),
  )
  return otherwise ?? lackOf(fields, upgrade, theirs, other)
}

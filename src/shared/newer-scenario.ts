// A scenario file of a newer version: what this one knows of it is opened, and the rest is left out by name.
import * as v from 'valibot'
import { shortened } from './format'
import { UNQUOTED } from './issue-text'

/** A pass takes one unknown field out of each object. */
const MOST_PASSES = 50
const MOST_ISSUES = 10_000
/** How deep a file's known fields are nested: the fields of features of items of its lists. */
const DEPTH = 4
const MOST_NAMES = 6
const LONGEST_NAME = 40

type Path = readonly PropertyKey[]

type KnownPart<T> =
  | { readonly ok: true; readonly output: T; readonly notice: string | undefined }
  | { readonly ok: false; readonly issue: v.BaseIssue<unknown> }

/** What the schema accepts of a file, which is JSON; refused where it needs what is not there. */
export function knownPart<T>(schema: v.GenericSchema<unknown, T>, file: unknown): KnownPart<T> {
  const value = copied(file, DEPTH)
  const leftOut = new Map<string, number>()
  for (let pass = 1; ; pass++) {
    const result = v.safeParse(schema, value, { ...UNQUOTED, abortEarly: false })
    if (result.success) return { ok: true, output: result.output, notice: noticeOf(leftOut) }
    const [issue] = result.issues
    const whole = result.issues.find((one) => unknownIn(one).length === 0)
    if (whole !== undefined || pass > MOST_PASSES || result.issues.length > MOST_ISSUES) {
      return { ok: false, issue: whole ?? issue }
    }
    const paths = result.issues.map(unknownIn)
    for (const path of inOrder(paths)) {
      remove(value, path)
      const name = nameOf(path)
      leftOut.set(name, (leftOut.get(name) ?? 0) + 1)
    }
  }
}

/** What has to go for the issue to go: the value; or what it is missing in. Empty: the whole file. */
function unknownIn({ path, input }: v.BaseIssue<unknown>): Path {
  const keys = (path ?? []).map(({ key }) => key as PropertyKey)
  return input === undefined ? keys.slice(0, -1) : keys
}

/** Each once and none within another; the last item of a list first, so that the others keep their places. */
function inOrder(paths: readonly Path[]): Path[] {
  const once = new Map(paths.map((path) => [JSON.stringify(path), path]))
  const isWithin = (path: Path) =>
    path.some((_, length) => length > 0 && once.has(JSON.stringify(path.slice(0, length))))
  const all = [...once.values()].filter((path) => !isWithin(path))
  return all.sort((one, other) => indexIn(other) - indexIn(one))
}

/** Fields go before items: an item's place is in their paths. */
function indexIn(path: Path): number {
  const last = path.at(-1)
  return typeof last === 'number' ? last : Number.POSITIVE_INFINITY
}

function copied(value: unknown, depth: number): unknown {
  if (depth === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => copied(item, depth - 1))
  const fields = Object.entries(value).map(([name, part]) => [name, copied(part, depth - 1)])
  return Object.fromEntries(fields)
}

function remove(value: unknown, path: Path): void {
  const last = path.at(-1) ?? ''
  let inside: unknown = value
  for (const key of path.slice(0, -1)) inside = Reflect.get(Object(inside), key)
  if (Array.isArray(inside)) inside.splice(Number(last), 1)
  else Reflect.deleteProperty(Object(inside), last)
}

/** `“servers.weight”`; of an item, the list that it is in. */
function nameOf(path: Path): string {
  const names = path.filter((key) => typeof key !== 'number').map(String)
  const name = `“${shortened(names.join('.'), LONGEST_NAME)}”`
  return typeof path.at(-1) === 'number' ? `of ${name}` : name
}

function noticeOf(leftOut: ReadonlyMap<string, number>): string | undefined {
  if (leftOut.size === 0) return undefined
  const names = [...leftOut].map(([name, count]) =>
    name.startsWith('of ') ? `${count} ${name}` : name,
  )
  const left = names.length - MOST_NAMES
  const shown = left > 0 ? [...names.slice(0, MOST_NAMES), `${left} more`] : names
  const list = new Intl.ListFormat('en').format(shown)
  return `This scenario was made by a newer Roundabout. What this version does not know is left out: ${list}.`
}

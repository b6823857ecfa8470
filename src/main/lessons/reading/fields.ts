// Checks the fields of a block against its schema: every mistake, each at its path and in words.
import * as v from 'valibot'
import { nearest } from '../../../shared/filter/spelling'
import { listed } from '../../../shared/format'
import { UNQUOTED } from '../../../shared/issue-text'
import type { JsonPath } from '../../../shared/json-path'
import { condition } from '../../../shared/lesson/condition'
import {
  askBlock,
  explainBlock,
  lessonHead,
  setupBlock,
  taskBlock,
} from '../../../shared/lesson/lesson'
import { pathText } from '../../../shared/scenario-file'

interface FieldMistake {
  readonly path: JsonPath
  readonly problem: string
}

/** `output` is undefined if there are mistakes. */
interface CheckedFields<T> {
  readonly output: T | undefined
  readonly mistakes: readonly FieldMistake[]
}

/** More unknown fields than that are not told one by one. */
const MOST_UNKNOWN = 30

export function checkFields<T>(
  schema: v.GenericSchema<unknown, T>,
  value: unknown,
): CheckedFields<T> {
  const mistakes: FieldMistake[] = []
  const known = structuredClone(value)
  // Valibot tells of one unknown field in an object only, so each is taken out before the next look.
  for (let turn = 0; turn <= MOST_UNKNOWN; turn++) {
    const result = v.safeParse(schema, known, { message: messageOf })
    if (result.success) {
      return { output: mistakes.length === 0 ? result.output : undefined, mistakes }
    }
    const unknown = result.issues.filter((issue) => issue.expected === 'never')
    for (const issue of unknown) {
      const path = pathOf(issue)
      mistakes.push({ path, problem: told(path, messageOf(issue)) })
      remove(known, path)
    }
    if (unknown.length === 0 || turn === MOST_UNKNOWN) {
      for (const issue of result.issues) {
        const path = pathOf(issue)
        mistakes.push({ path, problem: told(path, issue.message) })
      }
      break
    }
  }
  return { output: undefined, mistakes }
}

function told(path: JsonPath, message: string): string {
  return path.length === 0 ? message : `${pathText(path)}: ${message}`
}

function pathOf(issue: v.BaseIssue<unknown>): JsonPath {
  return (issue.path ?? []).map(({ key }) => key as string | number)
}

function remove(value: unknown, path: JsonPath): void {
  let parent = value
  for (const key of path.slice(0, -1)) parent = Reflect.get(parent as object, key)
  Reflect.deleteProperty(parent as object, path.at(-1) ?? '')
}

function messageOf(issue: v.BaseIssue<unknown>): string {
  const { expected, input, path } = issue
  if (expected === 'never') {
    const name = String(path?.at(-1)?.key)
    const near = nearest(name, FIELD_NAMES)
    return near === undefined || near === name
      ? 'There is no such field here: remove it.'
      : `There is no such field: is “${near}” meant?`
  }
  const choices = expected?.match(/"[^"]*"/g)?.map((choice) => choice.slice(1, -1)) ?? []
  if (typeof input === 'string' && choices.length > 1) {
    const near = nearest(input, choices)
    const advice = near === undefined ? `There are: ${listed(choices)}.` : `Is “${near}” meant?`
    return `There is no “${input.slice(0, 40)}” here. ${advice}`
  }
  return UNQUOTED.message(issue)
}

/** Every name of a field that a lesson can have, to suggest the one that is meant. */
export const FIELD_NAMES = namesIn([
  ...[lessonHead, setupBlock, askBlock, taskBlock, explainBlock],
  ...['event', 'figure', 'afterMs', 'all', 'any', 'inOrder'].map((name) =>
    (condition as v.LazySchema<v.GenericSchema>).getter({ [name]: 0 }),
  ),
])

function namesIn(schemas: readonly unknown[]): readonly string[] {
  const names = new Set<string>()
  const seen = new Set<unknown>()
  const waiting = [...schemas]
  while (waiting.length > 0) {
    const schema = waiting.pop()
    if (typeof schema !== 'object' || schema === null || seen.has(schema)) continue
    seen.add(schema)
    const { entries, wrapped, item, options, pipe } = schema as Readonly<Record<string, unknown>>
    if (typeof entries === 'object' && entries !== null) {
      for (const name of Object.keys(entries)) names.add(name)
      waiting.push(...Object.values(entries))
    }
    waiting.push(wrapped, item)
    if (Array.isArray(options)) waiting.push(...options)
    if (Array.isArray(pipe)) waiting.push(...pipe)
  }
  return [...names]
}

// Error texts about values of the wrong form. Valibot's own texts quote the value, which may be a
// payload and must not be logged. These name what was expected and the value's type.
import type * as v from 'valibot'

/**
 * Options for `safeParse`: `message` is the default text of a schema. Parsing stops at the first
 * issue, because a stranger can send a hundred million of them.
 */
export const UNQUOTED = {
  abortEarly: true,
  message(issue: v.BaseIssue<unknown>): string {
    const { expected, type, input } = issue
    if (expected === 'never') return 'There is no such field.'
    if (input === undefined) return 'It is missing.'
    return `Expected ${expected ?? type.replaceAll('_', ' ')}, and it is ${describeValue(issue)}.`
  },
} as const

/** Describes a value: its type, or for the right type the number itself or the length. */
export function describeValue({ received, input, kind }: v.BaseIssue<unknown>): string {
  const isSafe = kind === 'validation' && !received.startsWith('"')
  return isSafe ? received : typeName(input)
}

/**
 * Returns the text about an issue for the log. Custom checks may quote the text they have parsed,
 * as a filter's do.
 */
export function issueTextForLog({ type, message }: v.BaseIssue<unknown>): string {
  return type === 'raw_check' ? 'It is not in its form.' : message
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'string':
      return 'a text'
    case 'number':
      return 'a number'
    case 'boolean':
      return 'true or false'
    default:
      return 'an object'
  }
}

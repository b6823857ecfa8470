// Error texts about values of the wrong form, for the person who wrote them. Valibot's own texts quote the value, which
// may be a payload and must not be logged. These name what is allowed and the value's type.
import type * as v from 'valibot'

/**
 * Options for `safeParse`: `message` is the default text of a schema. Parsing stops at the first
 * issue, because a stranger can send a hundred million of them.
 */
export const UNQUOTED = {
  abortEarly: true,
  message(issue: v.BaseIssue<unknown>): string {
    const { expected, type, input } = issue
    if (expected === 'never') return 'There is no such field: remove it, or check its spelling.'
    if (input === undefined) return 'It is missing: add it.'
    return mustBe(allowedWords(type, expected), issue)
  },
} as const

/** `It must be a number from 1 to 9; here it is a text.` */
export function mustBe(allowed: string, issue: v.BaseIssue<unknown>): string {
  return `It must be ${allowed}; here it is ${describeValue(issue)}.`
}

const TYPES: Readonly<Record<string, string>> = {
  Array: 'a list in square brackets',
  Object: 'an object in braces',
  string: 'a text in quotes',
  number: 'a number without quotes',
  boolean: 'true or false without quotes',
}

/** What valibot expects, as a person would say it. */
function allowedWords(type: string, expected: string | null): string {
  const limit = /^[<>]=(\d+)$/.exec(expected ?? '')?.[1]
  switch (type) {
    case 'max_length':
      return `at most ${limit} long`
    case 'min_length':
      return `at least ${limit} long`
    case 'max_value':
      return `at most ${limit}`
    case 'min_value':
      return `at least ${limit}`
    case 'safe_integer':
    case 'integer':
      return 'a whole number'
    default: {
      const options = expected?.match(/"[^"]*"/g)
      if (options) return options.length === 1 ? String(options[0]) : `one of ${options.join(', ')}`
      return TYPES[expected ?? ''] ?? expected ?? type.replaceAll('_', ' ')
    }
  }
}

/** Describes a value: its type, or for the right type the number itself or the length. */
function describeValue({ received, input, kind }: v.BaseIssue<unknown>): string {
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

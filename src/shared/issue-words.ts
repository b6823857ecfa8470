// What is said of a value that is not what it should be. Valibot's own words quote the value: the log must not, since the
// value may be a message's text. So they say what was expected, and of what kind the value is.
import type * as v from 'valibot'

/**
 * For `safeParse`: `message` applies where a schema has no words of its own. The first issue is all that is told of, and
 * what is sent by a stranger can have a hundred million of them.
 */
export const UNQUOTED = {
  abortEarly: true,
  message(issue: v.BaseIssue<unknown>): string {
    const { expected, type, input } = issue
    if (expected === 'never') return 'There is no such field.'
    if (input === undefined) return 'It is missing.'
    return `Expected ${expected ?? type.replaceAll('_', ' ')}, and it is ${wordsFound(issue)}.`
  },
} as const

/** Says what a value is: of a value of the right kind the number itself, or how long it is; of a text no more than that. */
export function wordsFound({ received, input, kind }: v.BaseIssue<unknown>): string {
  const isSafe = kind === 'validation' && !received.startsWith('"')
  return isSafe ? received : kindOf(input)
}

/** The log's words about an issue: those of a check of its own may quote the text that it has read, as a filter's do. */
export function wordsInLog({ type, message }: v.BaseIssue<unknown>): string {
  return type === 'raw_check' ? 'It is not in its form.' : message
}

function kindOf(value: unknown): string {
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

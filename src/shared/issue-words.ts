// What is said of a value that is not what it should be. Valibot's own words quote the value: the log must not, since the
// value may be a message's text. So they say what was expected, and of what kind the value is.
import type * as v from 'valibot'

/**
 * For `safeParse`: `message` applies where a schema has no words of its own. The first issue is all that is told of, and
 * what is sent by a stranger can have a hundred million of them.
 */
export const UNQUOTED = {
  abortEarly: true,
  message({ expected, type, received, input, kind }: v.BaseIssue<unknown>): string {
    if (expected === 'never') return 'There is no such field.'
    if (input === undefined) return 'It is missing.'
    // Of a value of the right kind: a number, or how long it is. A text is in quotes.
    const isSafe = kind === 'validation' && !received.startsWith('"')
    const found = isSafe ? received : kindOf(input)
    return `Expected ${expected ?? type.replaceAll('_', ' ')}, and it is ${found}.`
  },
} as const

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

import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { issueTextForLog, UNQUOTED } from './issue-text'

const schema = v.strictObject({
  port: v.pipe(v.number(), v.minValue(1), v.maxValue(65_535)),
  count: v.optional(v.pipe(v.number(), v.safeInteger())),
  bytes: v.optional(v.pipe(v.string(), v.base64())),
  kind: v.picklist(['a', 'b']),
  text: v.pipe(v.string('Words of its own.'), v.maxLength(3)),
})
const fine = { port: 1, kind: 'a', text: 'abc' }

function wordsOf(value: unknown): string {
  const result = v.safeParse(schema, value, UNQUOTED)
  return result.issues?.[0].message ?? 'fine'
}

describe('the words about a wrong value', () => {
  it.each([
    [{ ...fine, port: 'secret' }, 'It must be a number without quotes; here it is a text.'],
    [{ ...fine, port: 70_000 }, 'It must be at most 65535; here it is 70000.'],
    [{ ...fine, count: 1.5 }, 'It must be a whole number; here it is 1.5.'],
    [{ ...fine, bytes: 'secret?' }, 'It must be base64; here it is a text.'],
    [{ ...fine, bytes: 5_551_212 }, 'It must be a text in quotes; here it is a number.'],
    [{ ...fine, kind: 'secret' }, 'It must be one of "a", "b"; here it is a text.'],
    [{ ...fine, kind: null }, 'It must be one of "a", "b"; here it is null.'],
    [{ ...fine, text: 'secret' }, 'It must be at most 3 long; here it is 6.'],
    [{ ...fine, text: 5 }, 'Words of its own.'],
    [{ ...fine, secret: 1 }, 'There is no such field: remove it, or check its spelling.'],
    [{ port: 1, kind: 'a' }, 'It is missing: add it.'],
    [['secret'], 'It is missing: add it.'],
  ])('%j', (value, words) => expect(wordsOf(value)).toBe(words))
})

it('leaves out of the log what a check quotes', () => {
  const quoting = v.rawCheck<string>(({ addIssue }) =>
    addIssue({ message: '"secret" is no word.' }),
  )
  const checked = v.safeParse(v.pipe(v.string(), quoting), 'secret', UNQUOTED)
  const kept = v.safeParse(v.string('Words of its own.'), 5, UNQUOTED)
  expect(checked.issues?.map(issueTextForLog)).toEqual(['It is not in its form.'])
  expect(kept.issues?.map(issueTextForLog)).toEqual(['Words of its own.'])
})

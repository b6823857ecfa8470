import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { problemSchema } from './contract'
import { problemKey, problemOf, withoutStop } from './problem'

const thrown = (message: string) => new TypeError(message)

describe('a fault as a problem', () => {
  it('has the words, where it arose, and what it is about', () => {
    const { message, details } = problemOf(thrown('no such node'), 'Roundabout 1.2.3')
    expect(message).toBe('no such node')
    const [head, frame] = details.split('\n')
    expect(head).toBe('TypeError: no such node')
    expect(frame).toMatch(/^ {4}at thrown .*problem\.test\.ts/)
    expect(details.endsWith('\n\nRoundabout 1.2.3')).toBe(true)
  })

  it('does not repeat what was read', () => {
    const faults = ['{"payload": secret', 'secret'].map((text) => {
      try {
        return JSON.parse(text)
      } catch (error) {
        return error
      }
    })
    const invalid = v.safeParse(v.number(), 'secret')
    faults.push(new v.ValiError(invalid.issues ?? [new Error() as never]))
    for (const fault of faults) {
      expect(String(fault)).toContain('secret')
      expect(JSON.stringify(problemOf(fault, ''))).not.toContain('secret')
      expect(problemOf(fault, '').message).toContain('what was read is not in its form')
    }
  })

  it('has a line of words, and below it where it arose and no words that look like that', () => {
    const fault = thrown('no\n    at home (file:///a.js:1:1)\n\nb@http://127.0.0.1/c.js:1:1')
    const { message, details } = problemOf(Object.assign(fault, { code: 'ERR_NODE' }), '')
    expect(message).toBe(fault.message)
    const [head, first, ...rest] = details.trimEnd().split('\n')
    expect(head).toBe(
      'TypeError [ERR_NODE]: no at home (file:///a.js:1:1) b@http://127.0.0.1/c.js:1:1',
    )
    expect(first).toMatch(/^ {4}at thrown .*problem\.test\.ts/)
    expect(rest.every((line) => line.startsWith('    at '))).toBe(true)
  })

  it.each([
    [
      'of a browser that puts no words there',
      'go@http://127.0.0.1/a.js:1:2',
      ['Error: x', 'go@http://127.0.0.1/a.js:1:2'],
    ],
    ['that begins with other words', 'Error: y\n    at go (file:///a.js:1:1)', ['Error: x']],
    [
      'that begins with a code',
      'Error [ERR_X]: x\n    at go (a.js:1:1)',
      ['Error: x', '    at go (a.js:1:1)'],
    ],
  ])('has of a stack %s the frames alone', (_, stack, lines) => {
    const { details } = problemOf({ name: 'Error', message: 'x', stack }, '')
    expect(details.trimEnd().split('\n')).toEqual(lines)
  })

  it('begins with a plain name, whatever its own is', () => {
    const heads = ['x: y', Object.assign(new Error('y'), { name: 'x y' }), new Error('')].map(
      (fault) => problemOf(fault, '').details.split('\n')[0],
    )
    expect(heads).toEqual(['Thrown: x: y', 'Thrown: x y: y', 'Error'])
  })

  it('can be told, whatever was thrown', () => {
    const hostile = {
      get message(): string {
        throw new Error('no')
      },
    }
    const long = new Error('x'.repeat(50_000))
    const anything = fc.anything({ withNullPrototype: true, withBigInt: true })
    const faults = fc.oneof(anything, fc.constantFrom(hostile, long, Symbol('s'), new Error('')))
    fc.assert(
      fc.property(faults, fc.string({ maxLength: 30_000 }), (fault, about) => {
        expect(v.safeParse(problemSchema, problemOf(fault, about)).issues).toBeUndefined()
      }),
    )
  })
})

it('is the same problem where words and place are the same', () => {
  const one = [1, 2].map(() => problemOf(thrown('a'), 'here'))
  const other = problemOf(thrown('b'), 'here')
  const elsewhere = problemOf(new TypeError('a'), 'here')
  const keys = [...one, other, elsewhere].map(problemKey)
  expect(keys[0]).toBe(keys[1])
  expect(new Set(keys).size).toBe(3)
})

it('stands within a sentence', () => {
  expect(withoutStop('It is full. ')).toBe('It is full')
})

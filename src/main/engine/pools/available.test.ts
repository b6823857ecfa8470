import { describe, expect, it } from 'vitest'
import { availability } from './available'

const servers = (healths: Record<string, 'up' | 'down'>) =>
  Object.entries(healths).map(([id, health]) => ({ id, health }))
const idsOf = (available: readonly { id: string }[]) => available.map(({ id }) => id).join(' ')

describe('availability', () => {
  it.each([
    ['up', { a: 'up', b: 'up' }, [], 'a b', []],
    ['up, not down', { a: 'down', b: 'up' }, [], 'b', [{ server: 'a', why: 'down' }]],
    ['up, not tried', { a: 'up', b: 'up' }, ['a'], 'b', [{ server: 'a', why: 'tried' }]],
    ['down where all are', { a: 'down', b: 'down' }, [], 'a b', []],
    [
      'down where those that are up were tried',
      { a: 'up', b: 'down', c: 'down' },
      ['a'],
      'b c',
      [{ server: 'a', why: 'tried' }],
    ],
    [
      'nobody where all were tried',
      { a: 'up', b: 'down' },
      ['a', 'b'],
      '',
      [
        { server: 'a', why: 'tried' },
        { server: 'b', why: 'tried' },
      ],
    ],
  ] as const)('is given to servers that are %s', (_, healths, tried, expected, passedOver) => {
    const given = availability(servers(healths), tried)
    expect(idsOf(given.available)).toBe(expected)
    expect(given.passedOver).toEqual(passedOver)
  })
})

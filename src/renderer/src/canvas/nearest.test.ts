import { describe, expect, test } from 'vitest'
import { nearestInDirection } from './nearest'

const at = (x: number, y: number) => ({ x, y, width: 10, height: 10 })
const grid = [
  ['north', at(0, -100)],
  ['east', at(100, 0)],
  ['south', at(0, 100)],
  ['west', at(-100, 0)],
  ['far east', at(300, 0)],
  ['northeast', at(100, -100)],
] as const

describe('arrow keys', () => {
  test.each([
    ['up', 'north'],
    ['right', 'east'],
    ['down', 'south'],
    ['left', 'west'],
  ] as const)('%s goes to the nearest one that way', (direction, expected) => {
    expect(nearestInDirection(at(0, 0), grid, direction)).toBe(expected)
  })

  test('prefer what is straight ahead to what is nearer but aside', () => {
    const others = [
      ['aside', at(50, 80)],
      ['ahead', at(150, 0)],
    ] as const
    expect(nearestInDirection(at(0, 0), others, 'right')).toBe('ahead')
  })

  test('go nowhere where there is nothing', () => {
    expect(nearestInDirection(at(300, 0), grid, 'right')).toBeUndefined()
  })
})

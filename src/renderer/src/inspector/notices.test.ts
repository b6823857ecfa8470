import { expect, it } from 'vitest'
import { foldedNotices } from './notices'

it('equal warnings are one notice with their number, the newest first', () => {
  const line = (at: number, text: string, level: 'info' | 'error' = 'error') => ({
    at,
    level,
    text,
  })
  const lines = [line(1, 'a'), line(2, 'b'), line(3, 'a'), line(4, 'c', 'info'), line(5, 'a')]
  expect(foldedNotices(lines)).toEqual([
    { at: 5, text: 'a', times: 3 },
    { at: 2, text: 'b', times: 1 },
  ])
})

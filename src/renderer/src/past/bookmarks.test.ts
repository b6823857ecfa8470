import { expect, it } from 'vitest'
import { bookmarkBeside } from './bookmarks'

const bookmarks = [3, 8, 8, 20].map((seq, index) => ({ id: index + 1, seq, at: seq, caption: '' }))

it.each([
  [0, 1, 1],
  [3, 1, 2],
  [8, 1, 4],
  [20, 1, undefined],
  [20, -1, 3],
  [8, -1, 1],
  [3, -1, undefined],
] as const)('goes from event %i in direction %i to bookmark %s', (seq, direction, id) => {
  expect(bookmarkBeside(bookmarks, seq, direction)?.id).toBe(id)
})

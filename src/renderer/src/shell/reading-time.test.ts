import { expect, it } from 'vitest'
import { readingMs } from './reading-time'

it('gives a long hint more time than a short one, and each some seconds', () => {
  expect(readingMs('Saved.')).toBeGreaterThan(3_000)
  const long = 'In flight: 3 messages. They wait for Play, and then go on from where they are.'
  expect(readingMs(long)).toBeGreaterThan(2 * readingMs('Saved.'))
})

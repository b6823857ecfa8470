import { expect, it } from 'vitest'
import { problemText } from './problem'

it('leaves out what a fault quotes, and says where it was', () => {
  let problem = { message: '', details: '' }
  try {
    JSON.parse('secret "one" and\n"two"')
  } catch (error) {
    if (error instanceof Error) problem = { message: error.message, details: error.stack ?? '' }
  }
  expect(problem.message).toContain('secret')
  const text = problemText(problem)
  expect(text).not.toMatch(/secret|one|two/)
  expect(text).toContain('is not valid JSON')
  expect(text).toContain('problem.test.ts')
})

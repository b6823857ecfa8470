import { expect, test } from 'vitest'
import { formError } from './command-form'

test('words that name a field stand beside it', () => {
  expect(formError('policy: A policy needs a name.', ['id', 'policy'])).toEqual({
    field: 'policy',
    text: 'A policy needs a name.',
  })
})

test('words that name no field of the form are about all of it', () => {
  const text = 'There is a server 100 already.'
  expect(formError(text, ['id', 'policy'])).toEqual({ field: null, text })
  expect(formError('payload: Too long.', ['id'])).toEqual({
    field: null,
    text: 'payload: Too long.',
  })
})

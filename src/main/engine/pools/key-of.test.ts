import { expect, it } from 'vitest'
import { keyOf } from './key-of'

const text =
  '{"type":0,"srcid":7,"privPoliId":"111","payload":"xyz","room":"B 12","seat":{"row":3}}'
const bytes = new TextEncoder().encode(text)
const message = { source: '7', payload: 'xyz' }

it.each([
  ['srcid', '7'],
  ['payload', 'xyz'],
  ['room', 'B 12'],
  ['type', '0'],
  ['seat', '{"row":3}'],
  ['none', ''],
  ['toString', ''],
  ['__proto__', ''],
])('the key of the field %s is %j', (field, key) => {
  expect(keyOf(message, bytes, field)).toBe(key)
})

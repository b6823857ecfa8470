import { expect, it } from 'vitest'
import { errorDestination } from './error-destination'

it.each([
  ['{"type":0,"srcid":7}', 7],
  ['{"type":0,"srcid":"PP_1"}', 'PP_1'],
  ['{"type":0}', 0],
  ['{"type":0,"srcid":null}', 0],
  ['{"type":0,"srcid":[7]}', 0],
  ['{"type":0,"srcid":1e999}', 0],
  ['{"type":0,"srcid":""}', 0],
  [`{"type":0,"srcid":"${'x'.repeat(100)}"}`, 0],
  ['null', 0],
  ['7', 0],
  ['{"srcid":7', 0],
])('the error about %s is for %j', (text, expected) => {
  expect(errorDestination(new TextEncoder().encode(text))).toBe(expected)
})

import { expect, it } from 'vitest'
import { codeOf } from './code-of'

it.each([
  ['', ''],
  ['#K7M4PQ', 'K7M4PQ'],
  ['#K7M%204PQ', 'K7M 4PQ'],
  ['#%', '%'],
  ['#K7%M', 'K7%M'],
])('takes the code from %j', (hash, code) => {
  expect(codeOf(hash)).toBe(code)
})

import { expect, it } from 'vitest'
import { upTo } from './up-to'

it.each([
  [undefined, { from: 10, to: 70 }],
  [30.2, { from: 10, to: 31 }],
  [5, { from: 10, to: 10 }],
  [90, { from: 10, to: 70 }],
])('at %s, the seconds %j count', (moment, span) => {
  expect(upTo(moment, { span: { from: 10, to: 70 } })).toEqual({ span })
})

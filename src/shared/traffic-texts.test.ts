import { expect, it } from 'vitest'
import { parseCommand } from './commands'
import { absentPolicies } from './traffic-texts'

const parsed = (traffic: object) =>
  parseCommand({ type: 'updateClient', node: 'client:1', traffic })

it.each([
  [{ arrivals: 'abc' }, 'arrivals: “abc” is not a time in ms, such as 12.5. Write times from 0 on'],
  [{ arrivals: '-5, 3' }, 'arrivals: “-5” is not a time in ms'],
  [{ policies: '111*0' }, 'policies: The weight of “111” is 0. Write one above 0, such as 3'],
  [
    { policies: '222, 111*-1' },
    'policies: “111*-1” has no weight that can be used. Write a number above 0 after the star, such as 111*3.',
  ],
  [{ policies: '1'.repeat(65) }, 'policies: “11111111111111111111” is too long'],
  [{ payloads: 'small*0' }, 'payloads: The weight of “small” is 0.'],
  [{ payloads: 'small*-2' }, 'payloads: “small*-2” has no weight'],
])('refuses %j: %s', (traffic, error) => {
  const read = parsed(traffic)
  expect(read.ok ? '' : read.error).toContain(error)
  expect(read.ok ? '' : read.inLog).not.toContain('“')
})

it.each([
  { arrivals: '' },
  { arrivals: '0, 12.5;40 100' },
  { policies: '' },
  { policies: '111*3, 222' },
  { policies: 'foo*0.5' },
  { payloads: 'a*b, small*9' },
])('takes %j', (traffic) => expect(parsed(traffic).ok).toBe(true))

it('says which policy no server has, and which there are', () => {
  expect(absentPolicies('111*3', new Set(['111', '222']))).toBeUndefined()
  expect(absentPolicies('111, foo', new Set(['111', '222']))).toBe(
    'No server has the policy “foo”. Write one that a server has, such as 111, 222, or add a server of this policy first.',
  )
  expect(absentPolicies('foo', new Set())).toBe(
    'No server has the policy “foo”. Add a server of this policy first.',
  )
})

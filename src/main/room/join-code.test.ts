import { expect, it } from 'vitest'
import { WRONG_CODES, WRONG_CODES_OF_ADDRESS } from '../../shared/limits'
import { Guesses, newCode, plainCode } from './join-code'

const HOST = '2001:db8:0:9::1'

it('has six letters and digits, none of which looks like another', () => {
  const codes = Array.from({ length: 200 }, newCode)
  for (const code of codes) expect(code).toMatch(/^[34679ACDEFGHJKMNPQRTWXY]{6}$/)
  expect(new Set(codes).size).toBeGreaterThan(190)
})

it('may be typed in any case, with spaces and dashes', () => {
  expect(plainCode(' k7-m4 pq ')).toBe('K7M4PQ')
})

it('is not looked at after too many wrong ones of the same machine, until some time has passed', () => {
  let now = 0
  const guesses = new Guesses('K7M4PQ', HOST, () => now)
  for (let count = 0; count < WRONG_CODES_OF_ADDRESS.burst; count++) {
    expect(guesses.check('WRONGX', '192.168.0.7')).toBe('wrong')
  }
  expect(guesses.check('K7M4PQ', '192.168.0.7')).toBe('tooMany')
  expect(guesses.check('K7M4PQ', '192.168.0.8')).toBe('right')
  now = 3_000
  expect(guesses.check('K7M4PQ', '192.168.0.7')).toBe('right')
})

it('counts a network of IPv6 as one machine', () => {
  const guesses = new Guesses('K7M4PQ', HOST, () => 0)
  for (let count = 0; count < WRONG_CODES_OF_ADDRESS.burst; count++) {
    guesses.check('WRONGX', `2001:db8:0:1::${count.toString(16)}`)
  }
  expect(guesses.check('K7M4PQ', '2001:db8:0:1:ffff::1')).toBe('tooMany')
  expect(guesses.check('K7M4PQ', '2001:db8:0:2::1')).toBe('right')
  expect(guesses.check('K7M4PQ', '::1')).toBe('right')
})

it('counts each address of the host’s own network of IPv6, where the class is', () => {
  const guesses = new Guesses('K7M4PQ', HOST, () => 0)
  for (let count = 0; count < WRONG_CODES_OF_ADDRESS.burst; count++) {
    guesses.check('WRONGX', '2001:db8:0:9::2')
  }
  expect(guesses.check('K7M4PQ', '2001:db8:0:9::2')).toBe('tooMany')
  expect(guesses.check('K7M4PQ', '2001:db8:0:9::3')).toBe('right')
})

it('is not looked at while too many wrong ones come from everywhere', () => {
  const guesses = new Guesses('K7M4PQ', HOST, () => 0)
  for (let count = 0; count < WRONG_CODES.burst; count++) guesses.check('WRONGX', `10.0.0.${count}`)
  expect(guesses.check('K7M4PQ', '192.168.0.1')).toBe('tooMany')
})

import { expect, it } from 'vitest'
import { composeAnswer, composeErrorAnswer } from '../../../shared/protocol/compose'
import { scanWhole } from './scan'
import { hashOf, verdictOn } from './verdict'

const on = (bytes: Uint8Array) => verdictOn(scanWhole(bytes)[0], 'xyz1')

it('finds an answer correct that says the hash of what was asked, letter by letter', () => {
  expect(hashOf('abc')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d')
  expect(on(composeAnswer('1', '2', hashOf('xyz1')))).toBe('correct')
  expect(on(composeAnswer('1', '2', hashOf('xyz1').toUpperCase()))).toBe('wrong')
  expect(on(composeAnswer('1', '2', ''))).toBe('wrong')
})

it('has nothing to compare in an error, and in what is no answer', () => {
  expect(on(composeErrorAnswer(2, { code: 'SERVER_CLOSED', message: 'It closed.' }))).toBe('error')
  expect(on(new TextEncoder().encode('nonsense'))).toBe('error')
  expect(on(new Uint8Array(0))).toBe('error')
})

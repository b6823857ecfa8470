import { expect, it } from 'vitest'
import { hostAndPort, isLoopback, isSameMachine, otherLoopback } from './addresses'

it('of this machine are those of both kinds, and lead to the same programs', () => {
  expect(['127.0.0.1', '127.0.0.2', '::1', '10.0.0.1', 'fe80::1'].map(isLoopback)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
  expect(isSameMachine('127.0.0.1', '::1')).toBe(true)
  expect(isSameMachine('10.0.0.1', '10.0.0.1')).toBe(true)
  expect(isSameMachine('10.0.0.1', '10.0.0.2')).toBe(false)
})

it('of this machine have one of the other kind', () => {
  expect(['127.0.0.1', '::1', '10.0.0.1'].map(otherLoopback)).toEqual([
    '::1',
    '127.0.0.1',
    undefined,
  ])
})

it('stand before a port as in a URL', () => {
  expect(hostAndPort('127.0.0.1', 2100)).toBe('127.0.0.1:2100')
  expect(hostAndPort('::1', 2100)).toBe('[::1]:2100')
})

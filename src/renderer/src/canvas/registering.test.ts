import { expect, test } from 'vitest'
import { packetWith, stateWith } from '../lab/testing'
import { registeringWords } from './registering'

const registration = (id: number) => packetWith({ id, kind: 1, from: `server:${id}` })

test('says how many servers are registering', () => {
  expect(registeringWords(stateWith([registration(1)]))).toBe('1 server is registering')
  expect(registeringWords(stateWith([registration(1), registration(2)]))).toBe(
    '2 servers are registering',
  )
})

test('says nothing of messages, of registrations that are held, and of those that are over', () => {
  const held = { held: { breakpoint: 1, behind: null } }
  const packets = [
    packetWith({ id: 1 }),
    { ...registration(2), ...held },
    { ...registration(3), status: 'delivered' as const },
  ]
  expect(registeringWords(stateWith(packets))).toBeUndefined()
})

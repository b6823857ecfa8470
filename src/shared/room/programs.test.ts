import { expect, it } from 'vitest'
import { programFigures } from './programs'

it('does not let the answers of servers pass for answers to the clients', () => {
  const group = {
    machine: '10.0.0.2',
    name: '',
    clients: 1,
    servers: 1,
    connections: 1,
    sent: 1,
    answered: 0,
    errors: 0,
    problem: '',
    limited: '',
    isKeptOut: false,
  }
  expect(programFigures(group)).toBe('Clients have sent 1 message, servers have answered 0')
  expect(programFigures({ ...group, sent: 1_500, errors: 2 })).toBe(
    'Clients have sent 1,500 messages, servers have answered 0, 2 errors',
  )
})

import { expect, it } from 'vitest'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import type { NodeState, State } from '../../../shared/state/state'
import { noteSent, stillWaiting, useWaiting } from './waiting'

const client = (id: string, origin: NodeState['origin'] = 'inside'): [string, NodeState] => [
  id,
  {
    id,
    role: 'client',
    origin,
    sent: 0,
    received: 0,
    errors: 0,
    served: 0,
    inFlight: 0,
    connections: 0,
  },
]
const nodes = new Map([
  client('client:1'),
  client('client:2'),
  client('outside:client:3', 'outside'),
])
const paused: State = { ...INITIAL_STATE, nodes, at: 100, clock: { paused: true, speed: 1 } }
const waiting = (live: State) => stillWaiting(useWaiting.getState(), live)

it('counts what is sent while time is paused, until Play or a step moves it on', () => {
  noteSent({ type: 'sendMessage', client: 'client:1' }, paused)
  noteSent({ type: 'sendMessage', client: 'client:1', count: 3 }, paused)
  noteSent({ type: 'sendAll' }, paused)
  noteSent({ type: 'step' }, paused)
  expect(waiting(paused)).toBe(6)
  expect(waiting({ ...paused, clock: { paused: false, speed: 1 } })).toBe(0)
  const stepped = { ...paused, at: 200 }
  expect(waiting(stepped)).toBe(0)
  noteSent({ type: 'sendMessage', client: 'client:2' }, stepped)
  expect(waiting(stepped)).toBe(1)
})

it('counts nothing while time runs', () => {
  const running = { ...paused, at: 300, clock: { paused: false, speed: 1 } }
  noteSent({ type: 'sendAll' }, running)
  expect(waiting({ ...paused, at: 300 })).toBe(0)
})

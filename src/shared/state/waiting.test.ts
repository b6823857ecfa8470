import { describe, expect, it } from 'vitest'
import type { EventBody, LabEvent } from '../events'
import { INITIAL_STATE, reduce } from './reduce'
import type { State } from './state'

function after(state: State, ...bodies: EventBody[]): State {
  return reduce(
    state,
    bodies.map((body, index): LabEvent => ({ seq: state.seq + index + 1, at: 10, ...body })),
  )
}

const queued = (exchange: number, policy = '111'): EventBody => ({
  type: 'exchange.queued',
  exchange,
  policy,
  position: 1,
})
const decided = (exchange: number, server: string | null, waitedMs?: number): EventBody => ({
  type: 'decision.made',
  exchange,
  attempt: 1,
  policy: '111',
  algorithm: 'round-robin',
  server,
  candidates: ['100'],
  passedOver: [],
  reason: null,
  next: null,
  ...(waitedMs !== undefined && { waitedMs }),
})
const lost = (exchange: number): EventBody => ({
  type: 'exchange.finished',
  exchange,
  client: 'client:1',
  outcome: 'lost',
  server: null,
  reason: 'CLIENT_LEFT',
})
const waiting = (state: State) => Object.fromEntries(state.waiting)

describe('the queues in the state', () => {
  const three = after(INITIAL_STATE, queued(7), queued(8), queued(5, '222'), queued(9))

  it('have each policy’s messages in order', () => {
    expect(waiting(three)).toEqual({ 111: [7, 8, 9], 222: [5] })
    expect(three.asking.get(7)).toBe('111')
  })

  it('lose a message that a server takes, that nobody could take, or whose client leaves', () => {
    expect(waiting(after(three, decided(7, '100', 3)))).toEqual({ 111: [8, 9], 222: [5] })
    expect(waiting(after(three, decided(8, null, 0)))).toEqual({ 111: [7, 9], 222: [5] })
    expect(waiting(after(three, lost(5)))).toEqual({ 111: [7, 8, 9] })
    expect(waiting(three)).toEqual({ 111: [7, 8, 9], 222: [5] })
  })

  it('lose a message of a client whose end was told before, once the proxy hears of it', () => {
    const ghost = after(INITIAL_STATE, lost(7), queued(7))
    expect(waiting(ghost)).toEqual({ 111: [7] })
    const left = after(ghost, { type: 'queue.left', exchange: 7, policy: '111' })
    expect(waiting(left)).toEqual({})
    expect(left.asking.size).toBe(0)
  })

  it('keep those that wait when others are served at once', () => {
    expect(after(three, decided(20, '100'), lost(21)).waiting).toBe(three.waiting)
  })

  it('do not keep a message whose client had left when a server took it', () => {
    const state = after(three, lost(5), decided(5, '100', 3))
    expect([...state.asking.keys()]).toEqual([7, 8, 9])
  })

  it('are empty after a reset', () => {
    expect(waiting(after(three, { type: 'scenario.reset' }))).toEqual({})
  })
})

// The limits of one machine of the room, on a clock that the test moves.
import { beforeEach, expect, it, vi } from 'vitest'
import {
  CONNECTIONS_OF_MACHINE,
  MACHINE_MESSAGE_BYTES,
  MAX_CONNECTIONS_OF_MACHINE,
  MAX_GUEST_OUTSTANDING,
  MESSAGES_OF_MACHINE,
} from '../../../shared/room/guest-limits'
import { type Guest, GuestMachine } from './machine'
import { GuestWindow } from './window'

let machine: GuestMachine
let nowMs: number

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  nowMs = 0
  machine = new GuestMachine('10.0.0.7', true, () => nowMs)
  return () => vi.useRealTimers()
})

function entered(): Guest {
  const guest = machine.enter()
  if (guest === undefined) throw new Error('It was turned away.')
  return guest
}

/** Time passes, and those who wait are served. */
function pass(ms: number): void {
  nowMs += ms
  vi.runOnlyPendingTimers()
}

it('has so many connections, and another one when one has closed', () => {
  const guests = Array.from({ length: MAX_CONNECTIONS_OF_MACHINE }, entered)
  expect(machine.enter()).toBeUndefined()
  expect(machine.turnedAway).toBe(1)
  guests[3]?.leave()
  expect(machine.enter()).toBeDefined()
})

it('opens no more connections than its rate, however short they are', () => {
  for (let count = 0; count < CONNECTIONS_OF_MACHINE.burst; count++) entered().leave()
  expect(machine.enter()).toBeUndefined()
  nowMs += 1000 / CONNECTIONS_OF_MACHINE.perSecond
  expect(machine.enter()).toBeDefined()
  expect(machine.enter()).toBeUndefined()
})

it('lets messages over its rate wait, in their order, and never those of a connection that has closed', () => {
  const [one, two] = [entered(), entered()]
  const done: number[] = []
  for (let count = 0; count < MESSAGES_OF_MACHINE.burst; count++) one.spend(1, () => done.push(0))
  expect(done).toHaveLength(MESSAGES_OF_MACHINE.burst)
  one.spend(1, () => done.push(1))
  two.spend(1, () => done.push(2))
  one.spend(1, () => done.push(3))
  expect([machine.isSlowed, done.at(-1)]).toEqual([true, 0])
  pass(1000 / MESSAGES_OF_MACHINE.perSecond)
  expect(done.at(-1)).toBe(1)
  two.leave()
  pass(1000 / MESSAGES_OF_MACHINE.perSecond)
  expect(done.slice(-2)).toEqual([1, 3])
  expect([machine.isSlowed, vi.getTimerCount()]).toEqual([false, 0])
})

it('pays for a long message as for several', () => {
  const guest = entered()
  let taken = 0
  while (!machine.isSlowed) guest.spend(9 * MACHINE_MESSAGE_BYTES, () => taken++)
  expect(taken).toBe(Math.floor(MESSAGES_OF_MACHINE.burst / 10))
})

it('is not limited if it is the lab’s own', () => {
  const own = new GuestMachine('10.0.0.1', false, () => nowMs)
  const guests = Array.from({ length: 2 * CONNECTIONS_OF_MACHINE.burst }, () => own.enter())
  expect(guests).not.toContain(undefined)
  let taken = 0
  for (let count = 0; count < 2 * MESSAGES_OF_MACHINE.burst; count++) {
    guests[0]?.spend(1, () => taken++)
  }
  expect(taken).toBe(2 * MESSAGES_OF_MACHINE.burst)
})

it('reads one message after another, and stops while as many as may be are unanswered', () => {
  let allowed = 0
  const window = new GuestWindow(entered(), () => allowed++)
  for (let count = 1; count < MAX_GUEST_OUTSTANDING; count++) {
    window.taken(100)
    expect(allowed).toBe(count)
  }
  window.taken(100)
  expect(allowed).toBe(MAX_GUEST_OUTSTANDING - 1)
  window.done()
  window.done()
  expect(allowed).toBe(MAX_GUEST_OUTSTANDING)
})

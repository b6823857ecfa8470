import { expect, it } from 'vitest'
import type { LabEvent, Piece } from '../../shared/events'
import type { Condition } from '../../shared/lesson/condition'
import { Tally, watch } from '../../shared/lesson/watch'
import { INITIAL_STATE } from '../../shared/state/reduce'
import { Observer } from './observer'

/** An observer, and what tells it that a packet was carried. */
function observed(): { observer: Observer; carry(pieces?: readonly Piece[]): void } {
  let tell = (_event: LabEvent) => {}
  const observer = new Observer({
    state: INITIAL_STATE,
    now: 0,
    subscribe(listener) {
      tell = listener
      return () => {}
    },
    schedule: () => () => {},
  })
  const carry = (pieces?: readonly Piece[]) =>
    tell({
      seq: 1,
      at: 1,
      type: 'packet.carried',
      packet: 3,
      exchange: 3,
      kind: 0,
      from: 'client:1',
      to: 'proxy',
      connection: 1,
      bytes: new Uint8Array(),
      pieces,
    })
  return { observer, carry }
}

const SENT: Condition = { event: 'packet.sent' }
const READ: Condition = { event: 'packet.read' }
const DELIVERED: Condition = { event: 'packet.delivered' }
const PIECES = [{ bytes: 1, of: 2, at: 1 }]

it.each<[Condition, readonly Piece[] | undefined, boolean]>([
  [{ event: 'packet.sent', with: { copyOf: null, kind: 0, dueAt: 1 } }, undefined, true],
  [{ event: 'packet.sent', with: { kind: 2 } }, undefined, false],
  [{ event: 'packet.delivered', with: { packet: 3 } }, undefined, true],
  [READ, undefined, false],
  [READ, PIECES, true],
  [{ event: 'packet.dropped' }, undefined, false],
  [{ inOrder: [SENT, READ, DELIVERED] }, PIECES, true],
  [{ inOrder: [DELIVERED, SENT] }, PIECES, false],
])('a carried packet is sent, read and delivered: %j', (condition, pieces, isTrue) => {
  const { observer, carry } = observed()
  const watched = watch(condition, 0)
  observer.add(watched)
  carry(pieces)
  expect(watched.isTrue).toBe(isTrue)
})

it('a carried packet counts once for each of these', () => {
  const { observer, carry } = observed()
  const tally = new Tally({ any: [SENT, DELIVERED] }, 0)
  observer.add(tally)
  carry()
  expect(tally.count).toBe(2)
})

it('who has what it waits for when the packet is sent does not hear that it is delivered', () => {
  const { observer, carry } = observed()
  const heard: string[] = []
  const stop = observer.add({
    dueAt: undefined,
    apply: ({ type }) => {
      heard.push(type)
      stop()
    },
    pass: () => {},
  })
  carry()
  expect(heard).toEqual(['packet.sent'])
})

import { describe, expect, test } from 'vitest'
import type { Packet } from '../../../shared/state/state'
import { heldFirst, heldQueuesOf, heldSelector } from './held-packets'
import { packetWith, stateWith } from './testing'

const BY_BREAKPOINT = { breakpoint: 1, behind: null }

function held(id: number, over: Partial<Packet> = {}): Packet {
  return packetWith({ id, legAt: id, legFrom: 0.5, held: BY_BREAKPOINT, ...over })
}

describe('what is held', () => {
  test('is in queues by link and direction, in order of stopping', () => {
    const queues = heldQueuesOf(
      stateWith([
        held(1, { legAt: 9 }),
        held(2, { held: { breakpoint: null, behind: 3 } }),
        held(3, { legAt: 1 }),
        held(4, { from: 'proxy', to: 'client:1' }),
        packetWith({ id: 5 }),
      ]),
    )
    expect(queues.map(({ packets }) => packets.map(({ id }) => id))).toEqual([[3, 2, 1], [4]])
    expect(queues.map(({ link, fromProxy }) => [link, fromProxy])).toEqual([
      ['client:1', false],
      ['client:1', true],
    ])
  })

  test('stays the same object while others come and go', () => {
    const select = heldSelector()
    const one = held(1)
    const before = select(stateWith([one]))
    expect(select(stateWith([one, packetWith({ id: 2 })]))).toBe(before)
    expect(select(stateWith([one, held(2)]))).not.toBe(before)
    expect(select(stateWith([packetWith({ id: 1 })]))).toEqual([])
  })

  test('is released from the selected one on, else from the one held longest', () => {
    const queues = heldQueuesOf(stateWith([held(1, { legAt: 7 }), held(2, { from: 'client:2' })]))
    expect(heldFirst(queues, 1)?.id).toBe(1)
    expect(heldFirst(queues, 99)?.id).toBe(2)
    expect(heldFirst(queues, undefined)?.id).toBe(2)
    expect(heldFirst([], 1)).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { PROXY } from '../../../../shared/ids'
import { INITIAL_STATE, reduce } from '../../../../shared/state/reduce'
import { serversOf } from './testing'
import { answeredAfter, leftOf } from './use-decay'

describe('a cost', () => {
  it('decays as Finagle’s does, by the simulated clock alone', () => {
    const decays = { from: 1_000, withinMs: 10_000, value: 500 }
    expect(leftOf(decays, 1_000)).toBe(1)
    // Finagle’s reference: .5 at t = 2 is .303265 at t = 7.
    expect(500 * leftOf(decays, 6_000)).toBeCloseTo(303.265, 3)
    expect(leftOf(decays, 900)).toBe(1)
    expect(leftOf(undefined, 6_000)).toBe(1)
  })

  it('is another one from the server’s next answer on', () => {
    const sent = (packet: number, from: string, to: string) =>
      ({
        type: 'packet.sent',
        packet,
        exchange: 1,
        kind: from === PROXY ? 0 : 2,
        from,
        to,
        connection: 1,
        dueAt: 5,
        bytes: new Uint8Array(2),
        copyOf: null,
      }) as const
    const { rows } = serversOf({ a: 1, b: 1 })
    const { packets } = reduce(INITIAL_STATE, [
      { seq: 1, at: 1, ...sent(1, PROXY, 'server:a') },
      { seq: 2, at: 5, type: 'packet.delivered', packet: 1 },
      { seq: 3, at: 6, ...sent(2, 'server:a', PROXY) },
      { seq: 4, at: 9, type: 'packet.delivered', packet: 2 },
    ])
    expect(answeredAfter({ packets, rows }, 'a', 7)).toBe(9)
    expect(answeredAfter({ packets, rows }, 'a', 10)).toBeUndefined()
    expect(answeredAfter({ packets, rows }, 'b', 0)).toBeUndefined()
  })
})

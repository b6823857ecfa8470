// Made-up reasons of decisions, of each algorithm.
import fc from 'fast-check'
import type { Reason } from '../../src/shared/decision/reason'

const server = fc.integer({ min: 1, max: 5 }).map(String)
const count = fc.nat(300)
const passed = fc.array(server, { maxLength: 3 })
const loads = fc.array(fc.record({ server, inFlight: count, weight: count }), { maxLength: 3 })
const keyed = { key: fc.string({ maxLength: 9 }), hash: fc.nat() }
const ringPoint = fc.record({ server, point: fc.nat() })

function by<const B extends Reason['by']>(name: B) {
  return fc.constant(name)
}

export const anyReason: fc.Arbitrary<Reason> = fc.oneof(
  fc.record({ by: by('round-robin'), turn: server }),
  fc.record({
    by: by('weighted-round-robin'),
    compared: fc.array(
      fc.record({ server, current: fc.integer({ min: -99, max: 99 }), effective: count }),
      { maxLength: 3 },
    ),
    total: count,
  }),
  fc.record({
    by: by('haproxy-round-robin'),
    position: count,
    due: count,
    again: count,
    weight: count,
    total: count,
  }),
  fc.record({ by: by('least-connections'), compared: loads, tied: count }),
  fc.record({ by: by('haproxy-least-connections'), compared: loads, tied: count }),
  fc.record({ by: by('same-server') }),
  fc.record({ by: by('free-slot') }),
  fc.record({ by: by('random'), drawn: count }),
  fc.record({ by: by('random'), drawn: count, weight: count, total: count }),
  fc.record({ by: by('two-choices'), drawn: loads }),
  fc.record({
    by: by('least-time'),
    drawn: fc.array(
      fc.record({ server, inFlight: count, costMs: fc.double({ min: 0, max: 9e4, noNaN: true }) }),
      { maxLength: 2 },
    ),
  }),
  fc.record({ by: by('hash'), ...keyed, total: count, passed, turn: fc.boolean() }),
  fc.record({ by: by('ring-hash'), ...keyed, point: fc.nat(), passed, turn: fc.boolean() }),
  fc.record({ by: by('haproxy-ring-hash'), ...keyed, before: ringPoint, after: ringPoint }),
  fc.record({ by: by('maglev'), key: keyed.key, slot: count, size: count }),
)

import { expect, it } from 'vitest'
import type { Harm } from '../../../shared/link-fault'
import { packetWith } from '../lab/testing'
import { harmsInFlight } from './harms-in-flight'

/** On links of their own, or all on that of one client. */
function flying(harms: readonly (readonly Harm['fault'][])[], from?: string) {
  const packets = harms.map((faults, index) => ({
    ...packetWith({ id: index + 1, from: from ?? `client:${index + 1}` }),
    ...(faults.length > 0 && { harms: faults.map((fault) => ({ fault, ms: 1, count: 1 })) }),
  }))
  return { inFlight: new Map(packets.map((packet) => [packet.id, packet])) }
}

const marks = (lab: ReturnType<typeof flying>) =>
  harmsInFlight(lab).map(({ id, harm }) => `${id} ${harm.fault}`)

it('marks each harmed packet with the gravest of what happens to it', () => {
  expect(marks(flying([['latency'], [], ['latency', 'reset-peer', 'slicer']]))).toEqual([
    '3 reset-peer',
    '1 latency',
  ])
})

it('marks of many packets the gravest, and of hundreds none', () => {
  const late = Array.from({ length: 30 }, () => ['latency'] as const)
  const all = marks(flying([...late, ['loss']]))
  expect(all).toHaveLength(12)
  expect(all[0]).toBe('31 loss')
  const hundreds = Array.from({ length: 401 }, () => ['loss'] as const)
  expect(marks(flying(hundreds))).toEqual([])
})

it('marks packets on one way that meet the same fault once, at the first of them', () => {
  const lab = flying([[], ['latency'], ['latency'], ['loss'], ['latency']], 'client:1')
  expect(harmsInFlight(lab).map(({ id, count, harm }) => [id, count, harm.fault])).toEqual([
    [4, 1, 'loss'],
    [2, 3, 'latency'],
  ])
})

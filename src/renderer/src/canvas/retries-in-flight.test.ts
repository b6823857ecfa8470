import { expect, it } from 'vitest'
import { decisionOf } from '../../../shared/decision/testing'
import { PagedList } from '../../../shared/state/paged-list'
import type { Packet } from '../../../shared/state/state'
import { packetWith } from '../lab/testing'
import { retriesInFlight } from './retries-in-flight'

function labOf(...packets: readonly Packet[]) {
  const list = PagedList.empty<Packet>().edit()
  for (const packet of packets) list.push(packet)
  const flying = packets.filter(({ endedAt }) => endedAt === undefined)
  return { packets: list.done(), inFlight: new Map(flying.map((one) => [one.id, one])) }
}

const leg = (id: number, to: string, sentAt: number, endedAt?: number) =>
  packetWith({ id, exchange: 1, from: 'proxy', to, sentAt, endedAt })
const asked = packetWith({ id: 1, exchange: 1, from: 'client:1', to: 'proxy', endedAt: 600 })

it('marks the leg of the second attempt, and its answer', () => {
  const question = {
    ...asked,
    earlierDecisions: [decisionOf({ at: 600 })],
    decision: decisionOf({ at: 1_500, attempt: 2 }),
  }
  const first = leg(2, 'server:100', 600, 1_200)
  expect(retriesInFlight(labOf(question, first, leg(3, 'server:300', 1_500)))).toBe('3:2')
})

it('marks nothing of an exchange with one attempt', () => {
  const question = { ...asked, decision: decisionOf({ at: 600 }) }
  expect(retriesInFlight(labOf(question, leg(2, 'server:100', 600)))).toBe('')
})

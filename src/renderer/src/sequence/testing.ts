// For tests: packets of a lab whose links take 600 ms.
import type { Packet } from '../../../shared/state/state'
import { testPacket } from '../lab/testing'

/** Client 1's message number `id`, sent at `id` seconds and delivered, unless said otherwise. */
export function packet(id: number, changes: Partial<Packet> = {}): Packet {
  const sentAt = changes.sentAt ?? id * 1000
  const dueAt = changes.dueAt ?? sentAt + 600
  const status = changes.status ?? 'delivered'
  return testPacket(id, {
    from: 'client:1',
    sentAt,
    dueAt,
    legAt: sentAt,
    status,
    endedAt: status === 'flying' ? undefined : dueAt,
    dropped: status === 'dropped' ? 'CLIENT_LEFT' : undefined,
    ...changes,
  })
}

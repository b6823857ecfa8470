import { expect, it } from 'vitest'
import { composeClientMessage } from '../../../shared/protocol/compose'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { sentPacket } from '../../../shared/state/sent-packet'
import type { History } from '../past/history/history'
import { arrivalsIn } from './arrivals'

const SENT = [
  { at: 5_000, bytes: composeClientMessage('1', '111', 'one') },
  { at: 5_040, bytes: composeClientMessage('7', '222', 'two') },
  { at: 5_050, bytes: new TextEncoder().encode('no message') },
  { at: 5_100, bytes: composeClientMessage('1', '111', 'one') },
]

const packets = SENT.map(({ at, bytes }, index) =>
  sentPacket({
    id: index + 1,
    exchange: index + 1,
    kind: 0,
    from: 'client:1',
    to: 'proxy',
    connection: 1,
    bytes,
    sentAt: at,
    dueAt: at,
  }),
)

/** A recording that has these packets of clients. */
function historyOf(
  count = packets.length,
  resets: readonly [seq: number, packets: number][] = [],
): History {
  const history: Partial<History> = {
    extent: { from: 0, to: 9_000, firstSeq: 1, lastSeq: 99, packets: count },
    find: async () => Uint32Array.from({ length: count }, (_, index) => index + 1),
    seek: async (moment) => {
      const seq = 'seq' in moment ? moment.seq : 0
      const last = resets.filter(([at]) => at <= seq).at(-1)
      return { ...INITIAL_STATE, seq, firstPacket: last?.[1] ?? 0 }
    },
    packets: async (ids) => ids.flatMap((id) => packets[id - 1] ?? []),
  }
  return history as History
}

const BEGIN = { seq: 1, firstPacket: 0 }

it('each message is sent again as long after the first one as it was, and stands there once', async () => {
  const { sent, clients } = await arrivalsIn(historyOf(), BEGIN)
  expect(sent).toEqual({
    messages: [
      { client: '1', policy: '111', payload: 'one' },
      { client: '7', policy: '222', payload: 'two' },
    ],
    // Servers register in the first two seconds.
    times: [2_000, 0, 2_040, 1, 2_100, 0],
  })
  // A client that only the recording has is made anew.
  const known = [{ id: '1', policy: '111', payload: 'mine' }]
  expect(clients(known)).toEqual([...known, { id: '7', policy: '222', payload: '' }])
})

it('says when there is nothing to send, or too much', async () => {
  await expect(arrivalsIn(historyOf(0), BEGIN)).rejects.toThrow('no message of a client')
  await expect(arrivalsIn(historyOf(100_001), BEGIN)).rejects.toThrow('at most 100000')
})

it('takes the messages of the scenario that is shown, from its reset to the next one', async () => {
  const history = historyOf(4, [
    [20, 1],
    [40, 3],
    [60, 4],
  ])
  const payloadsAt = async (seq: number, firstPacket: number) => {
    const { sent } = await arrivalsIn(history, { seq, firstPacket })
    return sent.messages.map(({ payload }) => payload)
  }
  expect(await payloadsAt(5, 0)).toEqual(['one'])
  expect(await payloadsAt(20, 1)).toEqual(['two'])
  expect(await payloadsAt(39, 1)).toEqual(['two'])
  expect(await payloadsAt(50, 3)).toEqual(['one'])
  await expect(payloadsAt(70, 4)).rejects.toThrow('No client sent a message in the scenario')
})

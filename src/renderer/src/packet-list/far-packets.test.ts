import { expect, it } from 'vitest'
import { composeAnswer, composeClientMessage } from '../../../shared/protocol/compose'
import { testPacket, testState } from '../lab/testing'
import { FarPackets, notAtHand } from './far-packets'
import { summaryOf, tookOf } from './summary'

/** Fetches that are answered when the test says so; the history has the packets 1 to 100. */
function setUp() {
  const asked: (readonly number[])[] = []
  const answers: ((error?: Error) => void)[] = []
  const clock = { now: 0, changes: 0 }
  let status: 'flying' | 'delivered' = 'delivered'
  const far = new FarPackets(
    (ids) => {
      asked.push(ids)
      return new Promise((resolve, reject) => {
        answers.push((error) => {
          if (error) return reject(error)
          resolve(ids.filter((id) => id <= 100).map((id) => testPacket(id, { status })))
        })
      })
    },
    () => {
      clock.changes++
    },
    () => clock.now,
  )
  const answer = async (error?: Error) => {
    answers.shift()?.(error)
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  }
  return { far, asked, answer, clock, setStatus: (next: typeof status) => (status = next) }
}

it('fetches what is in view once, and tells when it has come', async () => {
  const { far, asked, answer, clock } = setUp()
  far.want([1, 2, 3])
  far.want([1, 2, 3])
  expect(far.get(2)).toBeUndefined()
  await answer()
  expect(far.get(2)?.id).toBe(2)
  far.want([2, 3, 4])
  await answer()
  expect(asked).toEqual([[1, 2, 3], [4]])
  expect(clock.changes).toBe(2)
})

it('skips what was passed by while it was fetching', async () => {
  const { far, asked, answer } = setUp()
  far.want([1])
  for (let id = 10; id < 90; id++) far.want([id])
  await answer()
  await answer()
  expect(asked).toEqual([[1], [89]])
})

it('knows what the history does not have, and does not ask for it again', async () => {
  const { far, asked, answer } = setUp()
  far.want([99, 101])
  await answer()
  expect([far.isGone(99), far.isGone(101), far.isGone(50)]).toEqual([false, true, false])
  far.want([99, 101])
  expect(asked.length).toBe(1)
})

it('looks again, after a while, at what was under way', async () => {
  const { far, asked, answer, clock, setStatus } = setUp()
  setStatus('flying')
  far.want([1])
  await answer()
  far.want([1])
  expect(asked.length).toBe(1)
  clock.now = 1_000
  setStatus('delivered')
  far.want([1])
  await answer()
  expect(far.get(1)?.status).toBe('delivered')
})

it('says what went wrong, and tries again when it is wanted again', async () => {
  const { far, asked, answer } = setUp()
  far.want([1])
  await answer(new Error('The line is down.'))
  expect(far.problem).toBe('The line is down.')
  expect(asked.length).toBe(1)
  far.want([1])
  await answer()
  expect([far.problem, far.get(1)?.id]).toEqual([undefined, 1])
})

it('keeps a bounded number, and always what is in view', async () => {
  const far = new FarPackets(
    async (ids) => ids.map((id) => testPacket(id)),
    () => {},
  )
  for (let page = 0; page < 120; page++) {
    far.want(Array.from({ length: 50 }, (_, index) => page * 50 + index + 1))
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  }
  let kept = 0
  for (let id = 1; id <= 6_000; id++) if (far.get(id)) kept++
  expect(kept).toBe(4_000)
  expect(far.get(6_000)?.id).toBe(6_000)
  expect(far.get(1)).toBeUndefined()
})

it('knows the policy and the time of an answer whose question the state has forgotten', async () => {
  const bytes = composeClientMessage('1', '222', 'xyz1')
  const question = testPacket(1, { from: 'client:1', bytes, sentAt: 0, endedAt: 600 })
  const answer = testPacket(4, {
    exchange: 1,
    kind: 2,
    from: 'proxy',
    to: 'client:1',
    bytes: composeAnswer('200', '1', 'ab'.repeat(20)),
    sentAt: 1800,
    endedAt: 2400,
    verdict: 'correct',
  })
  const { packets } = testState([answer])
  const near = (id: number) => packets.at(id - 1)
  const asked: (readonly number[])[] = []
  const far = new FarPackets(
    async (ids) => {
      asked.push(ids)
      return [question]
    },
    () => {},
  )
  const source = { packets: { at: (index: number) => near(index + 1) ?? far.get(index + 1) } }
  expect(tookOf(source, answer)).toMatchObject({ ending: 'correct', text: '–' })
  far.want(notAtHand([answer.id], near))
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  expect(asked).toEqual([[1]])
  expect(summaryOf(source, answer).policy).toBe('222')
  expect(tookOf(source, answer)).toMatchObject({ ending: 'correct', text: '2.4 s' })
})

it('lacks the packets themselves, and each question once; a packet without an exchange has none', () => {
  const near = (id: number) =>
    [
      testPacket(8, { exchange: 2 }),
      testPacket(9, { exchange: 2 }),
      testPacket(10, { exchange: 0 }),
    ].find((packet) => packet.id === id)
  expect(notAtHand([7, 8, 9, 10], near)).toEqual([7, 2])
})

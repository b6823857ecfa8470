import { describe, expect, it } from 'vitest'
import { decisionOf } from '../../../shared/decision/testing'
import { composeAnswer, composeErrorAnswer } from '../../../shared/protocol/compose'
import type { Packet } from '../../../shared/state/state'
import { storyOf } from './story'
import { packetOf } from './testing'

const open = {
  nodes: new Map(),
  waiting: new Map<string, readonly number[]>(),
  connections: new Map([
    [
      1,
      {
        id: 1,
        from: 'client:1',
        to: 'proxy',
        fromPort: 1,
        toPort: 2,
        fromAddress: '127.0.0.1',
        toAddress: '127.0.0.1',
      },
    ],
  ]),
}
const closed = { ...open, connections: new Map() }

const told = (packets: readonly Packet[], state = open) =>
  storyOf(state, packets).lines.map(({ afterMs, text }) => `${afterMs} ${text}`)

const arrived = (at: number) => ({ status: 'delivered', endedAt: at }) as const
const question = packetOf({ sentAt: 100, ...arrived(700), decision: decisionOf({ at: 700 }) })
const forwarded = packetOf({ id: 2, from: 'proxy', to: 'server:300', sentAt: 700 })
const reply = packetOf({
  id: 3,
  kind: 2,
  from: 'server:300',
  to: 'proxy',
  bytes: composeAnswer('300', '1', 'ab'),
  sentAt: 1_300,
})
const last = packetOf({ ...reply, id: 4, from: 'proxy', to: 'client:1', sentAt: 1_900 })

describe('the story of an exchange that is tried again, or waits', () => {
  const failure = { attempt: 1, server: '100', reason: 'SERVER_CLOSED', at: 1_400 } as const
  const first = { ...forwarded, to: 'server:100', ...arrived(1_300) }
  const again = {
    ...question,
    earlierDecisions: [decisionOf({ at: 700, server: '100', reason: { by: 'same-server' } })],
    decision: decisionOf({ at: 1_425, attempt: 2, failure }),
    failures: [failure],
  }

  it('says what was tried, why again, and how long it waited', () => {
    const second = { ...forwarded, id: 3, sentAt: 1_425 }
    expect(told([again, first, second]).slice(3)).toEqual([
      '1200 server 100 got it',
      '1300 attempt 1 failed: server 100 closed the connection without an answer',
      '1325 server 300 chosen: attempt 2, since 100 closed the connection without an answer; it was tried again after 25 ms',
      '1325 the proxy forwarded it to server 300, attempt 2',
    ])
  })

  it('says how long it was in the queue', () => {
    const waited = { ...question, decision: decisionOf({ at: 1_900, waitedMs: 1_200 }) }
    expect(told([waited])).toContain(
      '1800 server 300 chosen: it was its turn; it came out of the queue after 1.2 s',
    )
  })

  it('says what the faults of a link do to a packet, when it is sent', () => {
    const harms = [
      { fault: 'loss', ms: 600, count: 2 },
      { fault: 'slicer', ms: 40, count: 3 },
    ] as const
    expect(told([question, { ...forwarded, harms, ...arrived(2_000) }]).slice(-4)).toEqual([
      '600 the proxy forwarded it to server 300',
      '600 lost twice on its link: TCP sends it again, 600 ms later, and everything behind it waits',
      '600 sliced: it arrives in 3 pieces, the last 40 ms after the first',
      '1900 server 300 got it',
    ])
  })

  it('says where in the queue it is now', () => {
    const waiting = { ...open, waiting: new Map([['111', [8, question.exchange, 9]]]) }
    const asked = { ...question, decision: undefined }
    expect(told([asked], waiting).at(-1)).toBe(
      '600 waits in the queue of policy 111: number 2 of 3',
    )
    expect(storyOf(waiting, [asked]).underWay).toBe(true)
  })
})

describe('the story of an exchange', () => {
  it('goes from the question to the checked answer, with times since it was asked', () => {
    const whole = [
      question,
      { ...forwarded, ...arrived(1_300) },
      { ...reply, ...arrived(1_900) },
      { ...last, ...arrived(2_500), verdict: 'correct' as const },
    ]
    expect(told(whole)).toEqual([
      '0 client 1 asked the proxy',
      '600 server 300 chosen: it was its turn',
      '600 the proxy forwarded it to server 300',
      '1200 server 300 got it',
      '1200 server 300 answered',
      '1800 the proxy passed the answer on to client 1',
      '2400 client 1 checked the hash: correct',
    ])
    expect(storyOf(open, whole).underWay).toBe(false)
  })

  it('is told so far while it is under way', () => {
    const story = storyOf(open, [question, forwarded])
    expect(story.underWay).toBe(true)
    expect(story.lines.at(-1)?.text).toBe('the proxy forwarded it to server 300')
    expect(storyOf(open, [question]).underWay).toBe(true)
  })

  it('says where a packet was held, edited and released', () => {
    const held = { ...forwarded, legAt: 1_000, legFrom: 0.5, heldAt: 1_000 }
    expect(told([question, { ...held, held: { breakpoint: 1, behind: null } }]).at(-1)).toBe(
      '900 held on its way',
    )
    const atOnce = { ...held, legFrom: 0, held: { breakpoint: null, behind: 9 } }
    expect(told([question, atOnce]).at(-1)).toBe('900 waits behind packet 9')
    expect(told([question, { ...held, legAt: 3_500, original: forwarded.bytes }]).at(-1)).toBe(
      '900 held on its way, edited, and released after 2.5 s',
    )
  })

  it('ends with what was lost, and why', () => {
    const lost = { status: 'dropped', endedAt: 900, dropped: 'DROPPED_BY_HAND' } as const
    expect(told([{ ...packetOf({ legAt: 300, legFrom: 0.5, heldAt: 300 }), ...lost }])).toEqual([
      '0 client 1 asked the proxy',
      '300 held on its way',
      '900 lost on its way to the proxy: it was taken off its link by hand',
    ])
    expect(storyOf(open, [{ ...question, ...lost }]).underWay).toBe(false)
  })

  it('tells the error that came instead of an answer', () => {
    const error = packetOf({
      id: 2,
      kind: 'error',
      from: 'proxy',
      to: 'client:1',
      bytes: composeErrorAnswer(1, { code: 'NO_SERVER_FOR_POLICY', message: 'Nobody serves 9.' }),
      sentAt: 700,
      ...arrived(1_300),
    })
    const nobody = decisionOf({ at: 700, server: null, candidates: [], reason: null, next: null })
    expect(told([{ ...question, decision: nobody }, error]).slice(1)).toEqual([
      '600 no server: nobody serves the policy',
      '600 the proxy sent an error to client 1: nobody serves 9',
      '1200 client 1 got the error',
    ])
  })

  it('tells a packet that was sent twice as such', () => {
    const copy = { ...forwarded, id: 3, sentAt: 800 }
    expect(told([question, forwarded, copy]).at(-1)).toBe(
      '700 the proxy forwarded it to server 300, once more',
    )
  })

  it('says of a copy that it was made by hand, and not that its sender sent it', () => {
    const copy = { ...forwarded, id: 3, sentAt: 800, copyOf: 2 }
    expect(told([question, forwarded, copy]).at(-1)).toBe('700 packet 2 was sent again by hand')
    expect(told([packetOf({ id: 6, exchange: 6, copyOf: 5 })])).toEqual([
      '0 packet 5 was sent again by hand',
    ])
  })

  it('does not say of an outside program that it has checked the hash', () => {
    const asked = { ...question, from: 'outside:client:7' }
    const wrong = { ...last, to: asked.from, ...arrived(2_500), verdict: 'wrong' as const }
    expect(told([asked, wrong]).at(-1)).toBe(
      '2400 outside client 7 got the answer: its hash is wrong',
    )
  })

  it('ends where the client has gone and nothing is under way', () => {
    const story = storyOf(closed, [question, { ...forwarded, ...arrived(1_300) }])
    expect(story.underWay).toBe(false)
    expect(story.lines.at(-1)?.text).toMatch(/^no answer/)
    expect(storyOf(closed, [question, forwarded]).underWay).toBe(true)
  })

  it('has nothing to tell of packets without their question', () => {
    expect(storyOf(open, [forwarded]).lines).toEqual([])
  })
})

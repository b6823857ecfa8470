import { describe, expect, it } from 'vitest'
import type { Decision } from '../state/state'
import { decisionOf } from './testing'
import { candidatesOf, captionOf, reasonOf, receiptOf, textOf, windowOf } from './words'

const linesOf = (decision: Decision) => {
  const { title, lines } = receiptOf(decision)
  return [title, ...lines.map(textOf)]
}

const many = Array.from({ length: 300 }, (_, index) => `S${index}`)
const down = (server: string) => ({ server, why: 'down' as const })
const turn = (server: string) => ({ by: 'round-robin' as const, turn: server })
const nobody = decisionOf({ server: null, candidates: [], reason: null, next: null })
/** Server 300 was drawn, of two that are available. */
const drawn = decisionOf({
  algorithm: 'random',
  candidates: ['100', '300', '500'],
  passedOver: [down('500')],
  reason: { by: 'random', drawn: 1 },
  next: null,
})
/** The second attempt, after 100. */
const second = decisionOf({ attempt: 2, passedOver: [{ server: '100', why: 'tried' }] })

describe('the receipt of a decision', () => {
  it('says who serves the policy, whose turn it was, and who is next', () => {
    expect(linesOf(decisionOf())).toEqual([
      'Why server 300?',
      'policy 111 is served by 100 and 300',
      'round-robin: it was the turn of 300, number 2 of 2',
      'then it was the turn of 100',
    ])
  })

  it('names each server that was passed over, and why', () => {
    const decision = decisionOf({
      candidates: ['100', '300', '500'],
      server: '500',
      passedOver: [down('100'), down('300')],
      reason: turn('100'),
    })
    expect(linesOf(decision).slice(1)).toEqual([
      'policy 111 is served by 100, 300 and 500',
      'round-robin: it was the turn of 100, number 1 of 3',
      'server 100 was passed over: it is down',
      'server 300 was passed over: it is down',
      'the next one that is up is 500',
      'then it was the turn of 100',
    ])
    expect(reasonOf(decision)).toBe('2 servers before it are down')
  })

  it('does not name a server that is down and whose turn it was not', () => {
    const decision = decisionOf({
      candidates: ['100', '300', '500'],
      passedOver: [down('500')],
    })
    expect(linesOf(decision).join()).not.toContain('passed over')
    expect(reasonOf(decision)).toBe('it was its turn')
  })

  it('says that nobody was there', () => {
    expect(linesOf(nobody)).toEqual([
      'Why no server?',
      'nobody served policy 111 when the message came',
    ])
    expect(reasonOf(nobody)).toBe('nobody serves the policy')
  })

  it('makes no ado of the only server', () => {
    const decision = decisionOf({ candidates: ['300'], next: '300' })
    expect(linesOf(decision)).toEqual([
      'Why server 300?',
      'policy 111 is served by 300',
      'round-robin: it was the turn of 300',
      'it has every turn',
    ])
  })

  it('stays short for 300 servers, most of them down', () => {
    const decision = decisionOf({
      candidates: many,
      server: 'S200',
      passedOver: many.slice(0, 200).map(down),
      reason: turn('S0'),
      next: 'S201',
    })
    const lines = linesOf(decision)
    expect(lines).toHaveLength(11)
    expect(lines[1]).toBe('policy 111 is served by 300 servers')
    expect(lines).toContain('195 more were passed over: they are down')
  })

  it('says which one was drawn at random, and has no turn', () => {
    expect(linesOf(drawn)).toEqual([
      'Why server 300?',
      'policy 111 is served by 100, 300 and 500',
      'random: number 2 of 2 was drawn, each as likely',
      'this is the way of nginx',
      'server 500 was passed over: it is down',
    ])
    expect(reasonOf(drawn)).toBe('it was drawn at random')
  })

  it('of a second attempt says whom the first one did not reach', () => {
    expect(linesOf(second)).toEqual([
      'Why then server 300?',
      'policy 111 is served by 100 and 300',
      'attempt 2: 100 failed',
      'round-robin: it was the turn of 300, number 2 of 2',
      'then it was the turn of 100',
    ])
    expect(reasonOf(second)).toBe('attempt 2, since 100 failed')
  })
})

describe('the receipt says why others were passed over', () => {
  const candidates = ['100', '200', '300', '400']
  const until = 42_000
  const choice = decisionOf({
    algorithm: 'random',
    candidates,
    reason: { by: 'random', drawn: 0 },
    next: null,
  })
  const passed = (passedOver: Decision['passedOver']) => linesOf({ ...choice, passedOver }).slice(4)

  it('with the numbers put in', () => {
    expect(
      passed([
        { server: '100', why: 'full', inFlight: 2, limit: 2 },
        { server: '200', why: 'ejected', until },
        { server: '400', why: 'circuitOpen', until },
      ]),
    ).toEqual([
      'server 100 was passed over: it is full: 2 of 2',
      'server 200 was passed over: it is ejected until 0:42',
      'server 400 was passed over: its circuit breaker is open until 0:42',
    ])
  })

  it('also where the numbers are not known', () => {
    expect(
      passed([
        { server: '100', why: 'full' },
        { server: '200', why: 'failing' },
        { server: '400', why: 'draining' },
        { server: '500', why: 'backup' },
      ]),
    ).toEqual([
      'server 100 was passed over: it is full',
      'server 200 was passed over: too many messages failed at it: it is left alone',
      'server 400 was passed over: it drains: it takes no new messages',
      'server 500 was passed over: it is a backup, and stands by',
    ])
  })

  it('and who took the turn of one that is full', () => {
    const decision = decisionOf({
      passedOver: [{ server: '100', why: 'full', inFlight: 2, limit: 2 }],
      reason: turn('100'),
    })
    expect(linesOf(decision)).toContain('the next one that can take it is 300')
    expect(reasonOf(decision)).toBe('100, whose turn it was, was passed over: it is full: 2 of 2')
    expect(textOf(captionOf(decision))).toBe('turn of 100, full → 300; next 100')
  })

  it('and that nobody could be chosen', () => {
    const nobody = decisionOf({
      server: null,
      reason: null,
      next: null,
      passedOver: [
        { server: '100', why: 'full', inFlight: 1, limit: 1 },
        { server: '300', why: 'full', inFlight: 2, limit: 2 },
      ],
    })
    expect(linesOf(nobody)).toEqual([
      'Why no server?',
      'policy 111 is served by 100 and 300',
      'none of them could be chosen',
      'server 100 was passed over: it is full: 1 of 1',
      'server 300 was passed over: it is full: 2 of 2',
    ])
    expect(reasonOf(nobody)).toBe('none of its servers can be chosen')
    expect(textOf(captionOf(nobody))).toBe('nobody can be chosen: all full')
  })
})

describe('the receipt says what came before', () => {
  it('that the message came out of the queue', () => {
    const waited = decisionOf({ waitedMs: 1_200 })
    expect(linesOf(waited)).toContain('it came out of the queue after 1.2 s')
    expect(textOf(captionOf(waited))).toBe('waited 1.2 s: turn of 300; next 100')
    const freed = decisionOf({ waitedMs: 1_200, reason: { by: 'free-slot' } })
    expect(textOf(captionOf(freed))).toMatch(/^waited 1\.2 s: room at 300/)
  })

  it('why an attempt follows, and after how long', () => {
    const failure = { attempt: 1, server: '100', reason: 'SERVER_CLOSED', at: 575 } as const
    const again = decisionOf({ attempt: 2, at: 600, failure })
    expect(linesOf(again).slice(1, 4)).toEqual([
      'policy 111 is served by 100 and 300',
      'attempt 2: 100 closed the connection without an answer',
      'it was tried again after 25 ms',
    ])
    expect(reasonOf(again)).toBe('attempt 2, since 100 closed the connection without an answer')
  })

  it('that health was ignored', () => {
    const candidates = ['100', '200', '300', '400']
    const panic = decisionOf({ panic: true, candidates, healthy: 1, of: 4, panicBelow: 50 })
    expect(linesOf(panic)).toContain('health was ignored: 1 of 4 healthy is below 50 %')
    expect(textOf(captionOf(panic))).toBe('health ignored: turn of 300; next 100')
    expect(linesOf(decisionOf({ panic: true }))).toContain('health was ignored')
  })
})

describe('a caption', () => {
  const captionText = (over: Partial<Decision>) => textOf(captionOf(decisionOf(over)))

  it('says whose turn it was and who is next', () => {
    expect(captionText({})).toBe('turn of 300; next 100')
  })
  it('says who was passed over, and why, and who was picked instead', () => {
    expect(captionText({ reason: turn('100'), passedOver: [down('100')] })).toBe(
      'turn of 100, down → 300; next 100',
    )
  })
  it('names two of those who were passed over after that one, and counts the rest', () => {
    const candidates = ['1', '2', '3', '4', '5', '300']
    const passedOver = candidates.slice(0, 5).map(down)
    expect(captionText({ candidates, reason: turn('1'), passedOver, next: null })).toBe(
      'turn of 1, down, 2 down, 3 down and 2 more → 300',
    )
  })
  it('says where nobody could be picked', () => {
    expect(captionText({ server: null, candidates: [] })).toBe('nobody serves it')
    expect(captionText({ server: null })).toBe('nobody can be chosen')
  })
  it('shortens long ids', () => {
    const long = `${'x'.repeat(63)}y`
    expect(captionText({ server: long, candidates: [long], reason: turn(long) })).toMatch(
      /^turn of x{6}…x{4}y; next 100$/,
    )
  })
  it('says who was drawn at random, of how many', () => {
    expect(textOf(captionOf(drawn))).toBe('drawn 300 of 2')
  })
  it('says which attempt it is after the first', () => {
    expect(textOf(captionOf(second))).toBe('attempt 2: turn of 300; next 100')
  })
})

it('tells each candidate’s part in the decision', () => {
  const candidates = ['100', '300', '500']
  const decision = decisionOf({ candidates, reason: turn('100'), passedOver: [down('100')] })
  expect(candidatesOf(decision)).toEqual([
    { server: '100', part: 'skipped', turn: true },
    { server: '300', part: 'picked', turn: false },
    { server: '500', part: 'passive', turn: false },
  ])
  expect(reasonOf(decision)).toBe('100, whose turn it was, is down')
  expect(candidatesOf(drawn).map(({ part, turn }) => [part, turn])).toEqual([
    ['passive', false],
    ['picked', false],
    ['skipped', false],
  ])
})

it('tells whom no attempt could reach', () => {
  expect(candidatesOf(second, true).map(({ server, part }) => [server, part])).toEqual([
    ['100', 'tried'],
    ['300', 'failed'],
  ])
})

it.each([
  [0, 0],
  [150, 150],
  [299, 299],
  [150, 154],
  [10, 200],
  [298, 3],
])(
  'shows the picked one among many, where the turn was at %d and number %d was picked',
  (place, picked) => {
    const reason = turn(`S${place}`)
    const decision = decisionOf({ candidates: many, server: `S${picked}`, reason })
    const { from, to } = windowOf(decision, 8)
    expect(to - from).toBe(8)
    expect(from).toBeGreaterThanOrEqual(0)
    expect(to).toBeLessThanOrEqual(300)
    expect(picked >= from && picked < to).toBe(true)
  },
)

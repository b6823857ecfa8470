import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer, Truth } from './answer'
import { answerWords } from './answer-words'
import { judge } from './judge'
import type { Ask } from './lesson'

const SERVER: Ask = { ask: 'server', question: 'Who?', policy: '111', others: ['It depends.'] }
const ORDER: Ask = { ask: 'order', question: 'Order?', policy: '111', length: 3 }
const SHARE: Ask = { ask: 'share', question: 'Share?', policy: '111', until: { afterMs: 1 } }
const NUMBER: Ask = {
  ask: 'number',
  question: 'How long?',
  unit: 'ms',
  tolerancePercent: 10,
  truth: { figure: 'p99', of: 'all' },
}
const CHOICE: Ask = {
  ask: 'choice',
  question: 'What?',
  choices: [{ text: 'It is lost.' }, { text: 'It is answered.', right: true }],
}

const server = (id: string | null): Truth => ({ kind: 'server', server: id })
const order = (...servers: string[]): Truth => ({ kind: 'order', servers })
const number = (value: number): Truth => ({ kind: 'number', value })
const shares = (one: number, other: number): Truth => ({
  kind: 'share',
  shares: [
    { server: '100', percent: one },
    { server: '300', percent: other },
  ],
})

const turnOf = (turn: string) => ({ by: 'round-robin', turn }) as const

it('a figure of few messages is compared with more room than its author gives, and says so', () => {
  const ask = {
    ...({ ask: 'number', question: 'How long?', unit: 'ms', tolerance: 25 } as const),
    truth: { figure: 'p50', of: 'policy 111', seconds: 4 } as const,
  }
  const judged = (value: number, samplingError: number, machineMs = 0) =>
    judge(ask, number(value), number(200), {
      measured: { messages: 20, machineMs, samplingError },
    })
  expect(judged(230, 0).isRight).toBe(false)
  expect(judged(230, 6)).toMatchObject({ isRight: true, within: 31 })
  expect(judged(230, 6, 81.4).basis).toBe(
    'Compared with what the lab has measured: the p50 of policy 111, from 20 answers in the last 4 seconds. Of each message’s time, 81 ms on average were this machine’s own: they are left out. An answer within ±31 of it is right.',
  )
})

describe('the difference in one sentence', () => {
  it.each<[string, Ask, Answer, Truth]>([
    ['You expected server 300; it was server 500.', SERVER, server('300'), server('500')],
    ['You expected nobody; it was server 500.', SERVER, server(null), server('500')],
    [
      'You said “It depends”; it was server 500.',
      SERVER,
      { kind: 'other', index: 0 },
      server('500'),
    ],
    ['As you expected, it was nobody.', SERVER, server(null), server(null)],
    [
      'You expected 100, 300 and 100; it was 100, 100 and 300. At place 2 you had server 300, and it was server 100.',
      ORDER,
      order('100', '300', '100'),
      order('100', '100', '300'),
    ],
    [
      'You expected 50 % for server 100; it got 66.7 %. In all, it was 66.7 % for 100 and 33.3 % for 300.',
      SHARE,
      shares(50, 50),
      shares(66.7, 33.3),
    ],
    [
      'As you expected, it was 52 % for 100 and 48 % for 300.',
      SHARE,
      shares(50, 50),
      shares(52, 48),
    ],
    ['You expected 200 ms; it was 1,204 ms.', NUMBER, number(200), number(1204)],
    [
      'That is close enough: you expected 200 ms; it was 204.2 ms.',
      NUMBER,
      number(200),
      number(204.2),
    ],
    [
      'You said “It is lost”; it is “It is answered”.',
      CHOICE,
      { kind: 'choice', index: 0 },
      { kind: 'choice', index: 1 },
    ],
  ])('%s', (sentence, ask, answer, truth) => {
    expect(judge(ask, answer, truth).difference).toBe(sentence)
  })

  it('says why the server was chosen, where that is a clause', () => {
    const sentence = (turn: string) =>
      judge(SERVER, server('300'), server('500'), { reason: turnOf(turn) }).difference
    expect(sentence('500')).toBe(
      'You expected server 300; it was server 500, whose turn came next.',
    )
    expect(sentence('300')).toBe(
      'You expected server 300; it was server 500, for server 300, whose turn it was, could not be chosen.',
    )
  })
})

const truths: readonly (readonly [Ask, fc.Arbitrary<Truth>])[] = [
  [SERVER, fc.option(fc.string({ minLength: 1 })).map(server)],
  [ORDER, fc.array(fc.string(), { minLength: 3, maxLength: 3 }).map((ids) => order(...ids))],
  [SHARE, fc.double({ min: 0, max: 100, noNaN: true }).map((part) => shares(part, 100 - part))],
  [NUMBER, fc.double({ noNaN: true, noDefaultInfinity: true }).map(number)],
  [CHOICE, fc.nat(1).map((index) => ({ kind: 'choice', index }))],
]

it.each(truths)('the truth itself is always right, and has words: %o', (ask, truth) => {
  fc.assert(
    fc.property(truth, (happened) => {
      expect(judge(ask, happened, happened).isRight).toBe(true)
      expect(typeof answerWords(ask, happened)).toBe('string')
    }),
  )
})

it('a number is right within its tolerance, and not beyond', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: -30, max: 30 }),
      (was, off) => {
        const answer = number(was * (1 + off / 100))
        const { isRight, within } = judge(NUMBER, answer, number(was))
        expect(isRight).toBe(Math.abs(off) <= 10)
        expect(within).toBeCloseTo(was / 10)
      },
    ),
  )
})

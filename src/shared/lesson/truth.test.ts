import { describe, expect, it } from 'vitest'
import type { EventBody, LabEvent } from '../events'
import { INITIAL_STATE } from '../state/reduce'
import { EventFacts } from './event-facts'
import type { Ask } from './lesson'
import { TruthFinder } from './truth'

const facts = new EventFacts(() => INITIAL_STATE)

type DecisionFields = Partial<Extract<EventBody, { type: 'decision.made' }>>

const decided = (
  exchange: number,
  server: string | null,
  more: DecisionFields = {},
): EventBody => ({
  type: 'decision.made',
  exchange,
  attempt: 1,
  policy: '111',
  algorithm: 'round-robin',
  server,
  candidates: ['100', '300'],
  passedOver: [],
  reason: server === null ? null : { by: 'round-robin', turn: server },
  next: null,
  ...more,
})
const finished = (
  exchange: number,
  outcome: 'answered' | 'refused' | 'lost',
  server: string | null = null,
): EventBody => ({
  type: 'exchange.finished',
  exchange,
  client: 'client:1',
  outcome,
  server,
  reason: null,
})

/** The truth after these events, a millisecond apart, as they were told one by one. */
function found(ask: Ask, exchange: number | undefined, ...bodies: EventBody[]) {
  const finder = new TruthFinder(ask, { at: 0, exchange })
  finder.pass(0, facts)
  for (const [index, body] of bodies.entries()) {
    const event: LabEvent = { seq: index + 1, at: index + 1, ...body }
    facts.learn(event)
    finder.apply(event, facts)
  }
  return finder
}

const SERVER: Ask = { ask: 'server', question: 'Who?', policy: '111' }
const CHOICE: Ask = {
  ask: 'choice',
  question: 'What?',
  choices: [
    { text: 'Answered', when: { event: 'exchange.finished', with: { outcome: 'answered' } } },
    { text: 'Refused', when: { event: 'exchange.finished', with: { outcome: 'refused' } } },
    { text: 'None of these' },
  ],
}

describe('which server', () => {
  it('is the one of the decision about the held packet, whoever else is decided about before', () => {
    const { truth, decision, reason } = found(SERVER, 7, decided(6, '100'), decided(7, '300'))
    expect(truth).toEqual({ kind: 'server', server: '300' })
    expect(decision).toEqual({ exchange: 7, attempt: 1 })
    expect(reason).toEqual({ by: 'round-robin', turn: '300' })
  })

  it('is, without a gate, that of the next decision of the policy', () => {
    const other = decided(5, '200', { policy: '222' })
    expect(found(SERVER, undefined, other).truth).toBeUndefined()
    expect(found(SERVER, undefined, other, decided(6, '300')).truth).toMatchObject({
      server: '300',
    })
  })

  it('is nobody if nobody could be chosen, or the exchange ended before', () => {
    expect(found(SERVER, 7, decided(7, null)).truth).toEqual({ kind: 'server', server: null })
    expect(found(SERVER, 7, finished(7, 'lost')).truth).toEqual({ kind: 'server', server: null })
  })

  it('has answered: that of the last attempt, shown by its decision', () => {
    const asked: Ask = { ...SERVER, truth: 'answer' }
    const story = [decided(7, '100'), decided(7, '300', { attempt: 2 })]
    expect(found(asked, 7, ...story).truth).toBeUndefined()
    const { truth, decision } = found(asked, 7, ...story, finished(7, 'answered', '300'))
    expect(truth).toEqual({ kind: 'server', server: '300' })
    expect(decision).toEqual({ exchange: 7, attempt: 2 })
    expect(found(asked, 7, ...story, finished(7, 'refused', '300')).truth).toMatchObject({
      server: null,
    })
  })

  it('is told when “until” has come true, and is what it was before', () => {
    const asked: Ask = { ...SERVER, until: { event: 'exchange.finished', with: { exchange: 7 } } }
    const story = [decided(7, '100'), decided(8, '300')]
    expect(found(asked, 7, ...story).truth).toBeUndefined()
    expect(found(asked, 7, ...story, finished(7, 'answered', '100')).truth).toMatchObject({
      server: '100',
    })
  })
})

it('an order is that of the policy’s decisions, without those that chose nobody', () => {
  const ask: Ask = { ask: 'order', question: 'Order?', policy: '111', length: 2 }
  const story = [decided(1, '300'), decided(2, '200', { policy: '222' }), decided(3, null)]
  expect(found(ask, undefined, ...story).truth).toBeUndefined()
  expect(found(ask, undefined, ...story, decided(4, '100'), decided(5, '100')).truth).toEqual({
    kind: 'order',
    servers: ['300', '100'],
  })
})

it('shares are of the decisions until the end', () => {
  const ask: Ask = {
    ask: 'share',
    question: 'Share?',
    policy: '111',
    until: { event: 'exchange.finished' },
  }
  const story = ['100', '300', '300', '300'].map((server, index) => decided(index + 1, server))
  expect(found(ask, undefined, ...story).truth).toBeUndefined()
  expect(found(ask, undefined, ...story, finished(1, 'answered')).truth).toEqual({
    kind: 'share',
    shares: [
      { server: '100', percent: 25 },
      { server: '300', percent: 75 },
    ],
  })
  expect(found(ask, undefined, finished(1, 'answered')).truth).toBeUndefined()
})

it('a number counts until the exchange of the gate is finished', () => {
  const ask: Ask = {
    ask: 'number',
    question: 'How many?',
    truth: { counts: { event: 'decision.made', with: { policy: '111' } } },
  }
  const story = [decided(7, '100'), decided(7, '300', { attempt: 2 })]
  expect(found(ask, 7, ...story, finished(6, 'answered')).truth).toBeUndefined()
  expect(found(ask, 7, ...story, finished(7, 'answered'), decided(8, '100')).truth).toEqual({
    kind: 'number',
    value: 2,
  })
})

describe('a choice', () => {
  it('is right if it came true first', () => {
    const story = [finished(1, 'refused'), finished(2, 'answered')]
    expect(found(CHOICE, undefined, ...story).truth).toEqual({ kind: 'choice', index: 1 })
  })

  it('without a condition is right if none of the others came true until the end', () => {
    const ask: Ask = { ...CHOICE, until: { event: 'decision.made', count: 2 } }
    const story = [decided(1, '100'), decided(2, '100')]
    expect(found(ask, undefined, decided(1, '100')).truth).toBeUndefined()
    expect(found(ask, undefined, ...story).truth).toEqual({ kind: 'choice', index: 2 })
    expect(found(ask, undefined, finished(1, 'answered'), ...story).truth).toMatchObject({
      index: 0,
    })
  })

  it('that its author calls right is so at once', () => {
    const choices = [{ text: 'No' }, { text: 'Yes', right: true as const }]
    const ask: Ask = { ask: 'choice', question: 'Well?', choices }
    expect(found(ask, undefined).truth).toEqual({ kind: 'choice', index: 1 })
  })
})

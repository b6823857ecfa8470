import { expect, it } from 'vitest'
import type { ShownVote } from '../../../shared/room/vote'
import { lookedAt, ownAnswer, useClass } from './class-state'

const choice = (index: number) => ({ kind: 'choice', index }) as const
const VOTE: ShownVote = {
  id: 3,
  round: 2,
  question: 'Which?',
  ask: { kind: 'choice', options: ['a', 'b'], servers: [] },
  isRevealed: false,
  answered: 0,
  bars: null,
  truth: null,
}

it('has the answer of the open round only, until the reveal', () => {
  const state = { ...useClass.getState(), vote: VOTE }
  const first = { question: 3, round: 1, answer: choice(0) }
  expect(ownAnswer({ ...state, mine: first })).toBeNull()
  expect(ownAnswer({ ...state, mine: { ...first, round: 2 } })).toEqual(choice(0))
  expect(ownAnswer({ ...state, mine: { ...first, question: 2 } })).toBeNull()
  expect(ownAnswer({ ...state, vote: { ...VOTE, isRevealed: true }, mine: first })).toEqual(
    choice(0),
  )
})

it('shows an answer that is on its way before the one that was counted', () => {
  const mine = { question: 3, round: 2, answer: choice(0) }
  const sending = { question: 3, round: 2, answer: choice(1) }
  expect(ownAnswer({ ...useClass.getState(), vote: VOTE, mine, sending })).toEqual(choice(1))
})

it('looks where the instructor points, or where the person does', () => {
  const state = { ...useClass.getState(), pointed: 'server:100', chosen: 'client:1' }
  expect(lookedAt(state)).toBe('server:100')
  expect(lookedAt({ ...state, follows: false })).toBe('client:1')
})

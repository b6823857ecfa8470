import { expect, it } from 'vitest'
import { askGate } from '../lab/testing'
import { answerMark } from './answer-mark'

const { question } = askGate()

it('a server of the open question can be chosen, and says that it is the answer', () => {
  expect(answerMark('300', question, null, undefined)).toMatchObject({
    isChoosable: true,
    isAnswer: false,
    words: '',
  })
  const answer = { kind: 'server', server: '300' } as const
  expect(answerMark('300', question, answer, undefined).words).toBe('your answer')
  expect(answerMark('200', question, answer, undefined).isChoosable).toBe(false)
})

it('an order says the places', () => {
  const answer = { kind: 'order', servers: ['100', '300', '100'] } as const
  expect(
    answerMark('100', undefined, { ...answer, servers: [...answer.servers] }, undefined),
  ).toEqual({
    isChoosable: false,
    isAnswer: true,
    isTruth: false,
    words: 'your answer: 1, 3',
  })
})

it('after the reveal, the answer and what happened stand beside one another', () => {
  const answer = { kind: 'server', server: '300' } as const
  const truth = { kind: 'server', server: '100' } as const
  expect(answerMark('300', undefined, answer, truth).words).toBe('your answer')
  expect(answerMark('100', undefined, answer, truth).words).toBe('✓ this one it was')
  expect(answerMark('100', undefined, truth, truth).words).toBe('✓ your answer was right')
})

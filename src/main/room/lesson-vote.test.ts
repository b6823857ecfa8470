import { expect, it } from 'vitest'
import type { LessonView, ShownQuestion } from '../../shared/lesson/lesson-line'
import { lessonAnswer, lessonQuestion } from './lesson-vote'

const SERVER: ShownQuestion = {
  kind: 'server',
  question: 'Which **server** gets `it`?',
  servers: ['100', '300'],
  others: ['It depends'],
}

function view(question: ShownQuestion, changes: Partial<LessonView> = {}): LessonView {
  return {
    id: 'a-lesson',
    title: 'A lesson',
    misbelief: null,
    steps: [],
    at: 2,
    reached: 2,
    phase: 'open',
    problem: '',
    text: '',
    gate: { kind: 'ask', question, held: 7, answer: null, reveal: null },
    afterText: '',
    notes: '',
    spotlight: [],
    locks: [],
    program: null,
    pictures: {},
    next: null,
    mistakes: [],
    ...changes,
  }
}

it('is what the lesson asks, as long as it does', () => {
  expect(lessonQuestion(view(SERVER))).toMatchObject({
    question: 'Which server gets it?',
    ask: { kind: 'choice', options: ['Server 100', 'Server 300', 'It depends', 'Nobody gets it'] },
    truth: null,
  })
  expect(lessonQuestion(null)).toBeUndefined()
  expect(lessonQuestion(view(SERVER, { phase: 'preparing' }))).toBeUndefined()
  expect(lessonQuestion(view(SERVER, { gate: { kind: 'nothing' } }))).toBeUndefined()
})

it('is revealed by what happened in the lesson', () => {
  const reveal = {
    truth: { kind: 'server', server: '300' } as const,
    isRight: true,
    difference: '',
    // It is about the answer that was given in the lesson’s column, not about those of the class.
    because: 'It is not its turn.',
  }
  const gate = { kind: 'ask', question: SERVER, held: null, answer: null, reveal } as const
  expect(lessonQuestion(view(SERVER, { phase: 'done', gate }))?.truth).toEqual({
    right: ['Server 300'],
    words: 'The answer: Server 300.',
  })
})

it('can be answered by nobody, and revealed as such', () => {
  const gate = { kind: 'ask', question: SERVER, held: null, answer: null } as const
  const choose = (index: number) =>
    lessonAnswer({ ...gate, reveal: null }, { kind: 'choice', index })
  expect(choose(1)).toEqual({ kind: 'server', server: '300' })
  expect(choose(2)).toEqual({ kind: 'other', index: 0 })
  expect(choose(3)).toEqual({ kind: 'server', server: null })
  const truth = { kind: 'server', server: null } as const
  const reveal = { truth, isRight: false, difference: '', because: '' }
  expect(
    lessonQuestion(view(SERVER, { phase: 'done', gate: { ...gate, reveal } }))?.truth,
  ).toMatchObject({ right: ['Nobody gets it'] })
})

it('asks for shares, and shows what they were', () => {
  const question: ShownQuestion = { kind: 'share', question: 'How much?', servers: ['100', '300'] }
  const shares = [
    { server: '300', percent: 24.6 },
    { server: '100', percent: 75.4 },
  ]
  const reveal = {
    truth: { kind: 'share', shares } as const,
    isRight: false,
    difference: '',
    because: '',
  }
  const gate = { kind: 'ask', question, held: null, answer: null, reveal } as const
  expect(lessonQuestion(view(question, { phase: 'done', gate }))).toMatchObject({
    ask: { kind: 'share', options: ['Server 100', 'Server 300'] },
    truth: { right: [], words: 'This is what happened.', shares: [75, 25] },
  })
  expect(lessonAnswer(gate, { kind: 'share', percents: [60, 40] })).toEqual({
    kind: 'share',
    shares: [
      { server: '100', percent: 60 },
      { server: '300', percent: 40 },
    ],
  })
})

it('takes a number for right as the lesson does', () => {
  const question: ShownQuestion = {
    kind: 'number',
    question: 'How long?',
    unit: 'ms',
    least: undefined,
    most: undefined,
  }
  const truth = { kind: 'number', value: 200 } as const
  const reveal = { truth, isRight: false, difference: '', because: '', within: 20 }
  const gate = { kind: 'ask', question, held: null, answer: null, reveal } as const
  expect(lessonQuestion(view(question, { phase: 'done', gate }))?.truth).toMatchObject({
    right: ['200 ms'],
    number: { value: 200, within: 20 },
  })
})

it('answers in the lesson’s terms', () => {
  const { gate } = view(SERVER)
  expect(lessonAnswer(gate, { kind: 'choice', index: 1 })).toEqual({
    kind: 'server',
    server: '300',
  })
  expect(lessonAnswer(gate, { kind: 'choice', index: 2 })).toEqual({ kind: 'other', index: 0 })
  const order = view({ kind: 'order', question: '?', servers: ['100', '300'], length: 2 }).gate
  expect(lessonAnswer(order, { kind: 'order', indexes: [1, 0] })).toEqual({
    kind: 'order',
    servers: ['300', '100'],
  })
})

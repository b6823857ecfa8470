import { expect, it } from 'vitest'
import type { LessonInfo, ShownQuestion } from '../../../shared/lesson/lesson-line'
import { askGate, lessonView } from '../lab/testing'
import {
  placeWords,
  progressWords,
  shownAnswerWords,
  spokenWords,
  stepWords,
  sumWords,
} from './words'

const NUMBER: ShownQuestion = {
  kind: 'number',
  question: '',
  unit: 'messages',
  least: undefined,
  most: undefined,
}
const { question: SERVER } = askGate()

it('says where one is', () => {
  const view = lessonView()
  expect(placeWords(view)).toBe('Step 2 of 3 · predict')
  expect(stepWords(view, 1)).toBe('Step 2: The first message')
  expect(stepWords(view, 2)).toBe('Step 3: Do it, not reached yet')
  const [first] = view.steps
  const steps = [{ ...first, title: 'Look', asks: 'ask' as const, outcome: 'wrong' as const }]
  expect(stepWords({ ...view, steps }, 0)).toBe('Step 1: Look, not as expected')
})

it('puts answers into words', () => {
  expect(shownAnswerWords(SERVER, { kind: 'server', server: '300' })).toBe('server 300')
  expect(shownAnswerWords(SERVER, { kind: 'server', server: null })).toBe('nobody')
  const others = { ...SERVER, kind: 'server' as const, servers: [], others: ['It depends'] }
  expect(shownAnswerWords(others, { kind: 'other', index: 0 })).toBe('It depends')
  expect(shownAnswerWords(SERVER, { kind: 'order', servers: ['100', '300'] })).toBe('100, 300')
  expect(shownAnswerWords(NUMBER, { kind: 'number', value: 40 })).toBe('40 messages')
  expect(shownAnswerWords(NUMBER, { kind: 'number', value: 12.3456 })).toBe('12.35 messages')
  const shares = [{ server: '100', percent: 33.333 }]
  expect(shownAnswerWords(SERVER, { kind: 'share', shares })).toBe('server 100: 33.33 %')
})

it('tells a screen reader what has changed in the step', () => {
  expect(spokenWords(lessonView())).toBe('The question is open.')
  expect(spokenWords(lessonView({ gate: askGate({ held: 41 }) }))).toBe(
    'The question is open. Message 41 waits for your answer.',
  )
  const reveal = {
    truth: { kind: 'server', server: '100' },
    isRight: false,
    difference: 'Server 100 got it.',
    because: '',
  } as const
  expect(spokenWords(lessonView({ phase: 'done', gate: askGate({ reveal }) }))).toBe(
    'Not as you expected. Server 100 got it.',
  )
  expect(spokenWords(lessonView({ at: 0, phase: 'done', gate: { kind: 'nothing' } }))).toBe(
    'Step 1 of 3 · look: Look.',
  )
})

it('sums up what was predicted, and how far one has come', () => {
  const steps = [
    { title: '', asks: 'ask', outcome: 'right' },
    { title: '', asks: 'ask', outcome: 'wrong' },
    { title: '', asks: 'task', outcome: 'skipped' },
  ] as const
  expect(sumWords({ steps })).toBe('1 of 2 predictions came true; 1 step passed over.')
  expect(sumWords({ steps: [] })).toBe('')
  const info: LessonInfo = {
    id: 'x',
    title: '',
    summary: '',
    minutes: 1,
    steps: 7,
    reached: 3,
    isFinished: false,
    isShipped: true,
  }
  expect(progressWords(info)).toBe('step 3 of 7')
  expect(progressWords({ ...info, reached: 0 })).toBe('7 steps')
  expect(progressWords({ ...info, isFinished: true })).toBe('finished')
})

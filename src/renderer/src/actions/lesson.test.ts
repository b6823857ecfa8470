import { expect, it } from 'vitest'
import { askGate, lessonView } from '../lab/testing'
import { wayOn } from './lesson'

const ANSWER = { kind: 'server', server: '300' } as const

it('an open question is revealed once it has an answer', () => {
  expect(wayOn(lessonView(), null)).toMatchObject({ label: 'Reveal', request: undefined })
  expect(wayOn(lessonView(), ANSWER)?.request).toEqual({ kind: 'answer', answer: ANSWER })
})

it('a step is left when it is over, and not before', () => {
  const gate = askGate({ answer: ANSWER })
  const revealing = lessonView({ phase: 'revealing', gate })
  expect(wayOn(revealing, null)).toMatchObject({ label: 'Next', request: undefined })
  const done = lessonView({ phase: 'done', gate })
  expect(wayOn(done, null)?.request).toEqual({ kind: 'goTo', step: 2 })
  expect(wayOn(lessonView({ phase: 'playing', reached: 2 }), null)?.request).toEqual({
    kind: 'goTo',
    step: 2,
  })
  expect(
    wayOn(lessonView({ at: 2, phase: 'done', gate: { kind: 'nothing' } }), null),
  ).toBeUndefined()
})

it('a stuck step begins again, and a program is started only when it is allowed', () => {
  expect(wayOn(lessonView({ phase: 'stuck' }), null)?.request).toEqual({ kind: 'again' })
  expect(wayOn(lessonView({ phase: 'programAsked' }), null)?.request).toEqual({
    kind: 'allowProgram',
  })
})

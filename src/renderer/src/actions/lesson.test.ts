import { expect, it } from 'vitest'
import { askGate, lessonView } from '../lab/testing'
import { wayOn } from './lesson'

const TYPED = {
  programs: { proxy: '', server: 'python3 a.py {revproc}', client: 'python3 a.py' },
  folder: '',
}
const ANSWER = { kind: 'server', server: '300' } as const

it('an open question is revealed once it has an answer', () => {
  expect(wayOn(lessonView(), null, TYPED)).toMatchObject({ label: 'Reveal', request: undefined })
  expect(wayOn(lessonView(), ANSWER, TYPED)?.request).toEqual({ kind: 'answer', answer: ANSWER })
})

it('says why an answer is none yet', () => {
  const number = { kind: 'number', question: 'How many?', unit: '', least: 0, most: 50 } as const
  const view = lessonView({ gate: askGate({ question: number }) })
  const way = (value: number) => wayOn(view, { kind: 'number', value }, TYPED)
  expect(wayOn(view, null, TYPED)?.why).toBe('Answer the question first.')
  expect(way(180)).toMatchObject({ request: undefined, why: 'The number is at most 50.' })
  expect(way(18)?.request).toEqual({ kind: 'answer', answer: { kind: 'number', value: 18 } })
})

it('a step is left when it is over, and not before', () => {
  const gate = askGate({ answer: ANSWER })
  const revealing = lessonView({ phase: 'revealing', gate })
  expect(wayOn(revealing, null, TYPED)).toMatchObject({ label: 'Next', request: undefined })
  const done = lessonView({ phase: 'done', gate })
  expect(wayOn(done, null, TYPED)?.request).toEqual({ kind: 'goTo', step: 2 })
  expect(wayOn(lessonView({ phase: 'playing', reached: 2 }), null, TYPED)?.request).toEqual({
    kind: 'goTo',
    step: 2,
  })
  expect(
    wayOn(lessonView({ at: 2, phase: 'done', gate: { kind: 'nothing' } }), null, TYPED),
  ).toBeUndefined()
})

it('a stuck step begins again, and a program is started only when it is allowed', () => {
  expect(wayOn(lessonView({ phase: 'stuck' }), null, TYPED)?.request).toEqual({ kind: 'again' })
  expect(wayOn(lessonView({ phase: 'programAsked' }), null, TYPED)?.request).toEqual({
    kind: 'allowProgram',
  })
})

it('a task that checks a program checks it, once its command is right, or ends the check', () => {
  const checking = (program: 'proxy' | 'server' | 'client', isRunning = false) => {
    const check = { program, isRunning, error: '', requirements: [] }
    const gate = {
      kind: 'task',
      task: '',
      isDone: false,
      spoilt: null,
      hints: [],
      hintsLeft: 0,
    } as const
    return lessonView({ gate: { ...gate, check } })
  }
  expect(wayOn(checking('server'), null, TYPED)).toMatchObject({
    label: 'Check it',
    request: { kind: 'check', command: 'python3 a.py {revproc}' },
  })
  expect(wayOn(checking('server'), null, { ...TYPED, folder: '/a' })?.request).toMatchObject({
    folder: '/a',
  })
  expect(wayOn(checking('server', true), null, TYPED)?.request).toEqual({ kind: 'stopCheck' })
  for (const program of ['proxy', 'client'] as const) {
    const way = wayOn(checking(program), null, TYPED)
    expect(way?.request).toBeUndefined()
    expect(way?.why).toContain(program === 'proxy' ? 'Write the command' : '{revproc}')
  }
})

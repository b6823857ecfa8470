import { expect, it } from 'vitest'
import type { ShownQuestion } from '../../../shared/lesson/lesson-line'
import { composeClientMessage } from '../../../shared/protocol/compose'
import type { RowState, State } from '../../../shared/state/state'
import { askGate, lessonView, packetWith, stateWith } from './testing'
import { undisclosedPolicy, withoutTurns } from './undisclosed'

const NEXT = new Map([
  ['111', '300'],
  ['222', '200'],
  ['333', null],
])

function lab(): State {
  const row = { server: '100', policy: '111' } as RowState
  const packet = packetWith({ id: 1, bytes: composeClientMessage('4', '222', 'xyz4') })
  return { ...stateWith([packet]), rows: new Map([['100', row]]), next: NEXT }
}

const CHOICE: ShownQuestion = { kind: 'choice', question: '', choices: ['one', 'two'] }

it('hides the turns of the policy whose servers can be chosen', () => {
  expect(undisclosedPolicy(lessonView(), lab())).toBe('111')
  expect(undisclosedPolicy(null, lab())).toBeUndefined()
  expect(undisclosedPolicy(lessonView({ gate: { kind: 'nothing' } }), lab())).toBeUndefined()
})

it('hides the turns of the packet that waits, and all of them where neither tells the policy', () => {
  const gate = askGate({ question: CHOICE, held: 1 })
  expect(undisclosedPolicy(lessonView({ gate }), lab())).toBe('222')
  expect(undisclosedPolicy(lessonView({ gate: { ...gate, held: null } }), lab())).toBe('all')
})

it('hides them while the lab is made ready, and no more once there is an answer', () => {
  expect(undisclosedPolicy(lessonView({ phase: 'playing' }), lab())).toBe('111')
  const gate = askGate({ answer: { kind: 'server', server: '100' } })
  expect(undisclosedPolicy(lessonView({ phase: 'revealing', gate }), lab())).toBeUndefined()
  expect(undisclosedPolicy(lessonView({ phase: 'done' }), lab())).toBeUndefined()
})

it('puts a question mark in place of the next server, and leaves the others', () => {
  const state = lab()
  expect([...withoutTurns(state, '111').next]).toEqual([
    ['111', '?'],
    ['222', '200'],
    ['333', null],
  ])
  expect(withoutTurns(state, '111').next).toBe(withoutTurns(state, '111').next)
  expect([...withoutTurns(state, 'all').next.values()]).toEqual(['?', '?', null])
  expect(withoutTurns(state, undefined)).toBe(state)
})

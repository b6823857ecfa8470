import { beforeEach, expect, it } from 'vitest'
import type { ProgramCheckUpdate } from '../../../shared/check/program-check'
import type { CheckedRequirement } from '../../../shared/check/result'
import { fakeBridge } from '../line/testing'
import {
  askForCheck,
  firstFailed,
  resultOf,
  startProgramChecks,
  stopChecking,
  useProgramCheck,
} from './run'

const REQUEST = { program: 'proxy', command: 'python3 a.py {port}' } as const
const asked = ['one', 'two', 'three'].map((id) => ({ id, title: id, points: 2 }))

let tell: (update: ProgramCheckUpdate) => void
let line: ReturnType<typeof fakeBridge>
let sent: unknown[]

beforeEach(() => {
  line = fakeBridge()
  sent = []
  startProgramChecks({
    ...line.bridge,
    checkProgram: (request) => sent.push(request),
    stopProgramCheck: () => sent.push('stop'),
    onProgramCheck(listener) {
      tell = listener
      return () => {}
    },
  })
  askForCheck(REQUEST)
  tell({ kind: 'began', requirements: asked })
})

function checked(id: string, outcome: CheckedRequirement['outcome']): ProgramCheckUpdate {
  const requirement = { id, title: id, why: '', hint: '', points: 2, outcome, tookMs: 1 }
  return { kind: 'checked', requirement }
}

it('fills the list in its order, whatever comes first', () => {
  tell({ kind: 'dialect', dialect: 'ids as texts' })
  tell(checked('three', 'failed'))
  expect(firstFailed(useProgramCheck.getState())).toBe('three')
  tell(checked('two', 'failed'))
  expect(firstFailed(useProgramCheck.getState())).toBe('two')
  tell(checked('one', 'passed'))
  tell({ kind: 'done', tookMs: 12 })
  expect(useProgramCheck.getState().phase).toBe('done')
  expect(resultOf(useProgramCheck.getState())).toMatchObject({
    subject: 'proxy',
    program: 'python3 a.py {port}',
    dialect: 'ids as texts',
    requirements: [{ id: 'one' }, { id: 'two' }, { id: 'three' }],
    tookMs: 12,
  })
})

it('keeps what was tried when it is stopped, and begins anew when it is run again', () => {
  tell(checked('one', 'passed'))
  stopChecking()
  stopChecking()
  expect(sent).toEqual([REQUEST, 'stop'])
  tell(checked('two', 'not tried'))
  tell({ kind: 'done', tookMs: 5 })
  expect(useProgramCheck.getState().checked.size).toBe(2)
  askForCheck(REQUEST)
  expect(useProgramCheck.getState()).toMatchObject({ phase: 'running', asked: [], tookMs: 0 })
})

it('has failed when the connection is lost, which ends the program, and hears no more', () => {
  line.connected(false)
  tell(checked('one', 'passed'))
  expect(useProgramCheck.getState()).toMatchObject({
    phase: 'failed',
    error: 'The connection to the engine was lost.',
  })
  expect(useProgramCheck.getState().checked.size).toBe(0)
})

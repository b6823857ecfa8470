import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { CLASSIC_POOL } from '../../shared/scenario'
import type { MemoryLab } from '../engine'
import { createMemoryLab } from '../engine'
import { Ballot } from './ballot'
import type { ClassRoom } from './class-room'
import { ClassQuestions } from './questions'

let lab: MemoryLab

beforeEach(async () => {
  lab = await createMemoryLab({ scenario: CLASSIC_POOL, isRecorded: false })
  lab.rest()
})
afterEach(() => lab.engine.close())

it.each([
  [false, 0, 0],
  [true, 1, 1],
])(
  'has a breakpoint after a question is put only if the class is still there: %s',
  async (stays, votes, traps) => {
    const ballot = new Ballot()
    const room = { ballot, voteChanged() {} } as unknown as ClassRoom
    const questions = new ClassQuestions(lab.engine, room, undefined)
    const put = questions.put({ kind: 'nextServer', policy: '111', send: false })
    if (!stays) questions.close()
    await put
    expect(ballot.votes).toHaveLength(votes)
    await expect.poll(() => lab.engine.state.breakpoints.size).toBe(traps)
  },
)

function asked() {
  const room = { ballot: new Ballot(), voteChanged() {} } as unknown as ClassRoom
  const questions = new ClassQuestions(lab.engine, room, undefined)
  onTestFinished(() => questions.close())
  return questions
}

it('says that no server gets the message if its client is removed before the reveal', async () => {
  const questions = asked()
  await questions.put({ kind: 'nextServer', policy: '111', send: true })
  expect(() => lab.rest()).toThrow('paused')
  expect(questions.conducted()).toMatchObject({ waitsFor: '', isRevealed: false })
  await lab.engine.execute({ type: 'removeNode', node: 'client:1' })
  expect(questions.conducted()).toMatchObject({
    isRevealed: true,
    truth: { right: [], words: 'The message was lost: no server gets it.' },
  })
})

it('waits for no message after a reset, which takes its breakpoint away', async () => {
  const questions = asked()
  await questions.put({ kind: 'nextServer', policy: '111', send: false })
  await lab.engine.execute({ type: 'reset' })
  expect(lab.engine.state.breakpoints.size).toBe(0)
  expect(questions.conducted()).toMatchObject({
    waitsFor: '',
    truth: { words: 'The lab was set up anew before a message came: ask once more.' },
  })
})

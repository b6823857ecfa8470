import { afterEach, beforeEach, expect, it } from 'vitest'
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

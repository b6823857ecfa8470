import { expect, it } from 'vitest'
import type { Step } from '../../shared/lesson/lesson'
import { labPlan } from './plan'

function step(part: Partial<Step>): Step {
  return {
    title: 'A step',
    text: '',
    setup: {},
    asks: { kind: 'nothing' },
    afterText: '',
    notes: '',
    line: 1,
    ...part,
  }
}

const pause = { type: 'pause' }
const resume = { type: 'resume' }
const asking = step({
  setup: { commands: [pause] },
  asks: {
    kind: 'ask',
    ask: 'server',
    question: 'Which?',
    policy: '111',
    gate: { holds: 'type:0', send: '1' },
    commands: [resume],
  },
})

it('a lab is as the questions before have left it: with their commands, and with the messages that their gates held', () => {
  const opening = step({ setup: { scenario: 'scenarios/a.roundabout-scenario' } })
  expect(labPlan({ steps: [opening, asking, step({})] }, 2)).toEqual({
    scenario: 'scenarios/a.roundabout-scenario',
    commands: [pause, { type: 'sendMessage', client: 'client:1' }, resume],
    speed: undefined,
  })
})

it('a step that opens a scenario needs nothing of those before it', () => {
  const opening = step({ setup: { scenario: 'scenarios/b.roundabout-scenario' } })
  expect(labPlan({ steps: [asking, opening] }, 1).commands).toEqual([])
})

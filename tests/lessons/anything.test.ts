// Whatever a person does, in whatever order: the lesson always has a way on, and nothing has a fault.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { LessonRequest } from '../../src/shared/lesson/lesson-line'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { createPlayer, isOver, type Player } from './player'
import { SAMPLE } from './sample'
import { wrongAnswer } from './wrong-answer'

/** Everything may be touched in each of its steps. */
const UNLOCKED = {
  ...SAMPLE,
  steps: SAMPLE.steps.map((step) => ({ ...step, setup: { ...step.setup, lock: [] } })),
}

const command = fc.constantFrom<object>(
  { type: 'pause' },
  { type: 'resume' },
  { type: 'step' },
  { type: 'stepToDecision' },
  { type: 'setSpeed', speed: 8 },
  { type: 'lookBack', pausesLab: true },
  { type: 'returnToLive' },
  { type: 'removeNode', node: 'client:1' },
  { type: 'removeNode', node: 'server:100' },
  { type: 'updateServer', node: 'server:300', stopped: true },
  { type: 'addServer', policy: '111' },
  { type: 'sendMessage', client: 'client:3', count: 3 },
  { type: 'sendAll' },
  { type: 'setBreakpoint', filter: 'type:0' },
  { type: 'releaseAll' },
  { type: 'openScenario', scenario: CLASSIC_POOL },
  { type: 'reset' },
  { type: 'newSession', pool: 'asItIs' },
  { type: 'undo' },
  { type: 'redo' },
)
const request = fc.oneof(
  fc.constantFrom<LessonRequest>(
    { kind: 'again' },
    { kind: 'skip' },
    { kind: 'hint' },
    { kind: 'explain', text: 'So.' },
    { kind: 'allowProgram' },
    { kind: 'check', command: 'any' },
    { kind: 'close' },
    { kind: 'open', id: 'sample' },
    { kind: 'open', id: 'sample', anew: true },
    { kind: 'export', format: 'html' },
  ),
  fc.nat(SAMPLE.steps.length).map((step): LessonRequest => ({ kind: 'goTo', step })),
)
const action = fc.oneof(
  command.map((touched) => ({ touched })),
  request.map((asked) => ({ asked })),
  fc.constant({ answers: true }),
  fc.nat(30_000).map((passes) => ({ passes })),
)

async function act(player: Player, what: Partial<Record<string, unknown>>): Promise<void> {
  if ('touched' in what) await player.touch(what.touched as object)
  else if ('asked' in what) await player.ask(what.asked as LessonRequest)
  else if ('passes' in what) await player.pass(what.passes as number)
  else if (player.runner.view?.gate.kind === 'ask') {
    await player.ask({ kind: 'answer', answer: wrongAnswer(player.view, null) })
  }
}

it('every step can be begun again, and is told or skipped', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
      const player = await createPlayer(UNLOCKED)
      for (const each of actions) await act(player, each)
      await player.touch({ type: 'returnToLive' })
      if (player.runner.view === null) await player.ask({ kind: 'open', id: 'sample' })
      await player.ask({ kind: 'again' })
      await player.until(({ phase }) => phase === 'open' || isOver(phase))
      const { at, phase, problem } = player.view
      expect({ phase, problem }).toEqual({ phase: expect.stringMatching(/open|done/), problem: '' })
      await player.ask({ kind: 'skip' })
      await player.until((view) => isOver(view.phase) || view.phase === 'open')
      expect(player.view.at).toBe(Math.min(at + 1, UNLOCKED.steps.length - 1))
      await player.close()
    }),
    { numRuns: 20 },
  )
})

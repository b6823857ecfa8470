// Opens a lesson for a test, at the step that a person comes to first.
import { expect } from 'vitest'
import type { Lesson } from '../../src/shared/lesson/lesson'
import { createPlayer, isOver, type Player } from './player'

export const isOpen = ({ phase }: { phase: string }) => phase === 'open'

/** Resolves when the first step asks something, is over or is stuck. */
export async function opened(lesson: Lesson): Promise<Player> {
  const player = await createPlayer(lesson)
  await player.until(({ phase }) => isOver(phase) || phase === 'open' || phase === 'programAsked')
  return player
}

/** The step is stuck and says so; begun again, it waits for its answer. */
export async function expectStuck(player: Player, problem: RegExp): Promise<void> {
  expect(player.view).toMatchObject({ phase: 'stuck', problem: expect.stringMatching(problem) })
  await player.ask({ kind: 'again' })
  await player.until(isOpen)
  expect(player.view.problem).toBe('')
}

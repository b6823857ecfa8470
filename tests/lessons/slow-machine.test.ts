// Lessons 7 and 9 ask for figures that are measured. On a machine that is so busy that sockets have a turn only now and then, each
// message takes longer than the lab itself makes it take; who reckons rightly is judged as on any other machine.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLessonAt } from '../../src/main/lessons/index'
import type { Lesson } from '../../src/shared/lesson/lesson'
import { createPlayer, type Player, playStep, stoppedAt } from './player'
import { SHIPPED } from './shipped'
import { wrongAnswer } from './wrong-answer'

const LESSONS = join(import.meta.dirname, '../../resources/lessons')
/** Simulated time between two turns of the sockets: the longer one makes messages arrive together, and wait for one another. */
const TURNS_MS = [70, 300]

async function read(folder: string): Promise<Lesson> {
  const { lesson } = await readLessonAt(join(LESSONS, folder))
  if (lesson === undefined) throw new Error(`${folder} cannot be played.`)
  return lesson
}

async function begun(folder: string, title: string, turnEveryMs: number): Promise<Player> {
  const lesson = await read(folder)
  const record = stoppedAt(lesson.steps.findIndex((step) => step.title === title))
  return createPlayer(lesson, { record, turnEveryMs })
}

const BUSY = ['07-a-slow-server', '09-the-knee'].flatMap((folder) =>
  TURNS_MS.map((turnMs) => [folder, turnMs] as const),
)

describe.each(BUSY)('%s, a turn every %i ms', (folder, turnMs) => {
  it.each(Object.entries(SHIPPED[folder]?.truths ?? {}))('%s', async (title, truth) => {
    const outcomes: unknown[] = []
    for (const isRight of [true, false]) {
      const player = await begun(folder, title, turnMs)
      const answer = () => (isRight ? truth : wrongAnswer(player.view, truth))
      outcomes.push((await playStep(player, answer, undefined)).outcome)
      await player.close()
    }
    expect(outcomes).toEqual(['right', 'wrong'])
  })

  it.each(Object.entries(SHIPPED[folder]?.solutions ?? {}))('%s', async (title, solution) => {
    const player = await begun(folder, title, turnMs)
    const { outcome } = await playStep(
      player,
      ({ gate }) => expect.unreachable(gate.kind),
      solution,
    )
    await player.close()
    expect(outcome).toBe('done')
  })
})

it('says what is compared, and that the machine took longer than the answer may be off', async () => {
  const player = await begun('09-the-knee', 'One server at work', 70)
  await playStep(player, () => ({ kind: 'number', value: 180 }), undefined)
  const { gate } = player.view
  await player.close()
  const { basis = '' } = (gate.kind === 'ask' && gate.reveal) || {}
  expect(basis).toMatch(
    /^Compared with what the lab has measured: the p50 of policy 111, from 20 answers in the last 4 seconds\. /,
  )
  const [, machineMs, within] =
    /Of each message’s time, (\d+) ms on average .* within ±(\d+) of it/.exec(basis) ?? []
  expect(Number(machineMs)).toBeGreaterThan(2 * Number(within))
})

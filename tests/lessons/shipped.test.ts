// The lessons that ship with the app are played: from the first step to the last with right answers; each step by itself, as if
// the person had stopped there, with a wrong one; and their tasks with what spoils them.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderFiles } from '../../src/main/lessons/reading/folder'
import { readLesson } from '../../src/main/lessons/reading/read-lesson'
import type { Lesson } from '../../src/shared/lesson/lesson'
import { createPlayer, give, playLesson, playStep, stoppedAt } from './player'
import { SHIPPED } from './shipped'
import { wrongAnswer } from './wrong-answer'

const LESSONS = join(import.meta.dirname, '../../resources/lessons')

async function read(folder: string): Promise<Lesson> {
  const { lesson, problems } = readLesson(await folderFiles(join(LESSONS, folder)))
  expect(problems).toEqual([])
  if (lesson === undefined) throw new Error(`${folder} cannot be played.`)
  return lesson
}

describe.each(Object.entries(SHIPPED))('%s', (folder, { truths, solutions, spoilers = {} }) => {
  const titled = <T>(lesson: Lesson, known: Readonly<Record<string, T>>) =>
    lesson.steps.map(({ title }) => known[title] ?? null)

  it('is played from the first step to the last', async () => {
    const lesson = await read(folder)
    const played = await playLesson(lesson, 'right', {
      truths: titled(lesson, truths),
      solutions: (title) => solutions[title],
    })
    const outcomes = { ask: 'right', task: 'done', explain: 'done', nothing: null }
    expect(played.map(({ title, outcome }) => [title, outcome])).toEqual(
      lesson.steps.map(({ title, asks }) => [title, outcomes[asks.kind]]),
    )
  })

  it('can be begun at each step, and a wrong answer is a wrong one', async () => {
    const lesson = await read(folder)
    const known = titled(lesson, truths)
    for (const [at, { title, asks }] of lesson.steps.entries()) {
      if (asks.kind !== 'ask') continue
      const player = await createPlayer(lesson, { record: stoppedAt(at) })
      const answer = () => wrongAnswer(player.view, known[at] ?? null)
      const { outcome } = await playStep(player, answer, undefined)
      await player.close()
      expect([title, outcome]).toEqual([title, 'wrong'])
    }
  })

  const spoilt = Object.entries(spoilers)
  it.runIf(spoilt.length > 0)('has tasks that can be spoilt', async () => {
    const lesson = await read(folder)
    for (const [title, ways] of spoilt) {
      const at = lesson.steps.findIndex((step) => step.title === title)
      for (const way of ways) {
        const player = await createPlayer(lesson, { record: stoppedAt(at) })
        await player.until(({ phase }) => phase === 'open')
        for (const each of way) await give(player, each)
        await player.until(({ gate }) => gate.kind === 'task' && gate.spoilt !== null)
        expect(player.view.phase).toBe('open')
        await player.close()
      }
    }
  })
})

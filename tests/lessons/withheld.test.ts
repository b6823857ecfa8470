// No step of a lesson that ships can be passed by what did not happen: while the lesson hears nothing of the lab, an answer stays
// without its truth, and a task is not done. And what its author promised: three predictions against its misbelief.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readLessonAt } from '../../src/main/lessons/index'
import type { Ask, Lesson } from '../../src/shared/lesson/lesson'
import { createPlayer, give, isOver } from './player'
import { SHIPPED } from './shipped'
import { wrongAnswer } from './wrong-answer'

const WITHHELD_MS = 2_000
const LESSONS = join(import.meta.dirname, '../../resources/lessons')

async function read(folder: string): Promise<Lesson> {
  const { lesson } = await readLessonAt(join(LESSONS, folder))
  if (lesson === undefined) throw new Error(`${folder} cannot be played.`)
  return lesson
}

/** What its author says is right is so at once; so is a figure of the seconds before. */
function isKnown(ask: Ask): boolean {
  if (ask.until !== undefined) return false
  if (ask.ask === 'choice') return ask.choices.some(({ right }) => right)
  return ask.ask === 'number' && 'figure' in ask.truth && ask.gate === undefined
}

/** The lessons in which one writes a program ask less. */
function predictionsOwed({ misbelief, steps }: Lesson): number {
  const checks = steps.some(({ asks }) => asks.kind === 'task' && asks.check !== undefined)
  return misbelief === undefined || checks ? 0 : 3
}

describe.each(readdirSync(LESSONS))('%s', (folder) => {
  let reading: Promise<Lesson>
  beforeAll(() => {
    reading = read(folder)
  })

  it('asks for three predictions at least, if it is built against a misbelief', async () => {
    const lesson = await reading
    const predictions = lesson.steps.filter(({ asks }) => asks.kind === 'ask')
    expect(predictions.length).toBeGreaterThanOrEqual(predictionsOwed(lesson))
  })

  it('believes the events only', async () => {
    const lesson = await reading
    const player = await createPlayer(lesson)
    for (const [at, { title, asks }] of lesson.steps.entries()) {
      await player.until(
        (view) => view.at === at && (isOver(view.phase) || /open|programAsked/.test(view.phase)),
      )
      if (player.view.phase === 'programAsked') {
        await player.ask({ kind: 'allowProgram' })
        await player.until(({ phase }) => phase === 'open' || isOver(phase))
      }
      const { phase, problem } = player.view
      expect([title, phase, problem]).toEqual([title, phase === 'done' ? phase : 'open', ''])
      if (asks.kind === 'ask' && !isKnown(asks)) {
        player.withhold(true)
        await player.ask({ kind: 'answer', answer: wrongAnswer(player.view, null) })
        await player.pass(WITHHELD_MS)
        expect([title, player.view.phase]).toEqual([title, 'revealing'])
      } else if (asks.kind === 'task' && asks.check === undefined) {
        player.withhold(true)
        for (const each of SHIPPED[folder]?.solutions[title] ?? []) await give(player, each)
        await player.pass(WITHHELD_MS)
        expect([title, player.view.phase]).toEqual([title, 'open'])
      }
      player.withhold(false)
      await player.ask({ kind: 'skip' })
    }
    await player.close()
  })
})

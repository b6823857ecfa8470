import { expect, it } from 'vitest'
import { createPlayer, playStep } from './player'
import { lessonOf, stepOf } from './sample'

it('a figure counts each second once, also one in which the question was open', async () => {
  const { scenarios } = lessonOf([])
  const [scenario = ''] = scenarios.keys()
  const lesson = lessonOf([
    stepOf({
      title: 'The rate',
      setup: { scenario },
      asks: {
        kind: 'ask',
        ask: 'number',
        question: 'How many messages a second?',
        truth: { figure: 'rate', of: 'all', seconds: 10 },
        commands: [{ type: 'sendMessage', client: 'client:1', count: 20 }],
        until: { afterMs: 10_000 },
      },
    }),
  ])
  const player = await createPlayer(lesson)
  await player.until(({ phase }) => phase === 'open')
  const { truth } = await playStep(player, () => ({ kind: 'number', value: 0 }), undefined)
  // All of it happens within the first second, and there are figures of no other one.
  expect(truth).toEqual({ kind: 'number', value: 20 })
  await player.close()
})

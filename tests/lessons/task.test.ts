// A task: what does it, what spoils it, and its hints.
import { afterEach, describe, expect, it } from 'vitest'
import { isOpen, opened } from './opened'
import type { Player } from './player'
import { lessonOf, SCENARIO, stepOf } from './sample'

let player: Player
afterEach(() => player.close())

describe('a task', () => {
  const task = (more: object = {}) =>
    lessonOf([
      stepOf({
        title: 'Do it',
        setup: { scenario: SCENARIO },
        asks: {
          kind: 'task',
          task: 'Answer once.',
          done: { event: 'answer.verified' },
          never: [{ condition: { event: 'node.removed' }, because: 'A server was removed.' }],
          hints: ['One', 'Two'],
          ...more,
        },
      }),
    ])

  it('is spoilt for good by what it forbids, and is begun again', async () => {
    player = await opened(task())
    await player.touch({ type: 'removeNode', node: 'server:400' })
    await player.touch({ type: 'sendMessage', client: 'client:1' })
    await player.pass(10_000)
    expect(player.view).toMatchObject({
      phase: 'open',
      gate: { isDone: false, spoilt: 'A server was removed.' },
    })
    await player.ask({ kind: 'again' })
    await player.until(isOpen)
    await player.touch({ type: 'sendMessage', client: 'client:1' })
    await player.until(({ phase }) => phase === 'done')
  })

  it('gives its hints one after another', async () => {
    player = await opened(task())
    for (const hints of [['One'], ['One', 'Two'], ['One', 'Two']]) {
      await player.ask({ kind: 'hint' })
      expect(player.view.gate).toMatchObject({ hints, hintsLeft: 2 - hints.length })
    }
    expect(player.refusals).toEqual(['There is no further hint.'])
  })

  it('what happened before it began does not do it', async () => {
    player = await opened(task())
    await player.touch({ type: 'sendMessage', client: 'client:1' })
    await player.until(({ phase }) => phase === 'done')
    await player.ask({ kind: 'again' })
    await player.until(isOpen)
    await player.pass(5_000)
    expect(player.view.phase).toBe('open')
  })
})

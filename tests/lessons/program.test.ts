// A step that puts a program in the proxy's place: only with the person's leave, and only while the step is played.
import { afterEach, describe, expect, it } from 'vitest'
import { expectStuck, isOpen, opened } from './opened'
import { isOver, type Player } from './player'
import { lessonOf, SCENARIO, stepOf } from './sample'

let player: Player
afterEach(() => player.close())

describe('a program of the lesson', () => {
  const step = stepOf({
    title: 'Another proxy',
    setup: { scenario: SCENARIO, proxy: 'programs/one.py' },
    asks: {
      kind: 'ask',
      ask: 'choice',
      question: 'What happens?',
      commands: [{ type: 'sendMessage', client: 'client:1' }],
      choices: [
        { text: 'It is answered.', when: { event: 'answer.verified' } },
        { text: 'It is not.', when: { event: 'exchange.finished', with: { outcome: 'lost' } } },
      ],
    },
  })
  const programs = new Map([['programs/one.py', 'print()']])
  const lesson = lessonOf([step, stepOf({ title: 'Next', setup: { scenario: SCENARIO } })], {
    programs,
  })

  it('starts only once it is allowed, and is removed with its step', async () => {
    player = await opened(lesson)
    expect(player.view).toMatchObject({
      phase: 'programAsked',
      program: expect.stringContaining('one.py -port {port}'),
    })
    expect(player.lab.engine.state.foreign).toBeNull()
    await player.ask({ kind: 'allowProgram' })
    await player.until(isOpen)
    expect(player.lab.engine.state.foreign).toMatchObject({ kind: 'program' })
    await player.ask({ kind: 'answer', answer: { kind: 'choice', index: 0 } })
    await player.until(({ phase }) => isOver(phase))
    expect(player.view.steps[0]?.outcome).toBe('right')
    await player.ask({ kind: 'goTo', step: 1 })
    await player.until(({ phase }) => isOver(phase))
    expect(player.lab.engine.state.foreign).toBeNull()
  })

  it('is taken away by somebody: the step begins again without asking a second time', async () => {
    player = await opened(lesson)
    await player.ask({ kind: 'allowProgram' })
    await player.until(isOpen)
    await player.touch({ type: 'returnProxy' })
    await expectStuck(player, /program/)
    expect(player.lab.engine.state.foreign).toMatchObject({ kind: 'program' })
  })

  it.each(['program', 'running'])('cannot come in by a command: %s', async (by) => {
    const swap = { type: 'swapProxy', by, command: 'python3 any.py {port}', port: 17_001 }
    const commands = stepOf({ title: 'Sly', setup: { scenario: SCENARIO, commands: [swap] } })
    player = await opened(lessonOf([commands]))
    expect(player.view).toMatchObject({
      phase: 'stuck',
      problem: 'A lesson puts a program in the proxy’s place by “proxy” only.',
    })
    expect(player.lab.engine.state.foreign).toBeNull()
  })

  it('need not be allowed: the step can be skipped', async () => {
    player = await opened(lesson)
    await player.ask({ kind: 'skip' })
    await player.until(({ at, phase }) => at === 1 && isOver(phase))
    expect(player.lab.engine.state.foreign).toBeNull()
  })
})

// What a person does while a step is played: it says what happened and offers a way on. Nothing hangs, nothing throws.
import { afterEach, describe, expect, it } from 'vitest'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { expectStuck, isOpen, opened } from './opened'
import { createPlayer, isOver, type Player } from './player'
import { GATED, lessonOf, SCENARIO, stepOf } from './sample'

let player: Player
afterEach(() => player.close())

const UNLOCKED = { ...GATED, setup: { scenario: SCENARIO } }

function heldPacket(): number {
  const { gate } = player.view
  if (gate.kind !== 'ask' || gate.held === null) throw new Error('No packet is held.')
  return gate.held
}

describe('while a packet waits for the answer', () => {
  it.each([
    [
      'opens another scenario',
      { type: 'openScenario', scenario: CLASSIC_POOL },
      /another scenario/i,
    ],
    ['resets the lab', { type: 'reset' }, /reset/],
    ['undoes what opened the scenario', { type: 'undo' }, /another scenario/i],
    ['begins a new session', { type: 'newSession', pool: 'asItIs' }, /new session/],
    ['releases everything', { type: 'releaseAll' }, /released before/],
    ['removes the client', { type: 'removeNode', node: 'client:1' }, /packet that waited/],
  ])('somebody %s', async (_, command, problem) => {
    player = await opened(lessonOf([UNLOCKED]))
    expect(await player.touch(command)).toMatchObject({ ok: true })
    await player.pass(10)
    await expectStuck(player, problem)
  })

  it.each(['release', 'drop', 'sendTwice'])('somebody asks for: %s', async (type) => {
    player = await opened(lessonOf([UNLOCKED]))
    await player.touch({ type, packet: heldPacket() })
    await expectStuck(player, /packet that waited/)
  })

  it('somebody lets time pass: the packet is still held, and the answer still counts', async () => {
    player = await opened(lessonOf([UNLOCKED]))
    await player.touch({ type: 'resume' })
    await player.pass(20_000)
    await player.touch({ type: 'setSpeed', speed: 4 })
    expect(player.view.phase).toBe('open')
    await player.ask({ kind: 'answer', answer: { kind: 'server', server: '100' } })
    await player.until(({ phase }) => isOver(phase))
    expect(player.view.steps[0]?.outcome).toBe('right')
  })

  it('an edited packet is what the proxy decides about', async () => {
    player = await opened(lessonOf([UNLOCKED]))
    const text = '{"type":0,"srcid":1,"privPoliId":222,"payloadsize":4,"payload":"xyz1"}'
    await player.touch({ type: 'edit', packet: heldPacket(), bytes: btoa(text) })
    await player.ask({ kind: 'answer', answer: { kind: 'server', server: '100' } })
    await player.until(({ phase }) => isOver(phase))
    expect(player.view.gate).toMatchObject({
      reveal: { isRight: false, truth: { kind: 'server', server: '200' } },
    })
  })

  it('nobody can serve: the truth is “nobody”', async () => {
    player = await opened(lessonOf([UNLOCKED]))
    for (const node of ['server:100', 'server:300']) {
      await player.touch({ type: 'removeNode', node })
    }
    await player.ask({ kind: 'answer', answer: { kind: 'server', server: '100' } })
    await player.until(({ phase }) => isOver(phase))
    expect(player.view.gate).toMatchObject({
      reveal: { truth: { server: null }, difference: 'You expected server 100; it was nobody.' },
    })
  })
})

describe('what a step locks', () => {
  it('is refused with a sentence, by undo as well, and free again when the lesson is closed', async () => {
    player = await opened(lessonOf([GATED]))
    const kept = 'The lesson keeps the servers as they are in this step.'
    const remove = { type: 'removeNode', node: 'server:100' }
    expect(await player.touch(remove)).toEqual({ ok: false, error: kept })
    expect(await player.touch({ type: 'undo' })).toMatchObject({ ok: false })
    expect(await player.touch({ type: 'resume' })).toMatchObject({ ok: false })
    expect(player.view.phase).toBe('open')
    await player.ask({ kind: 'close' })
    expect(player.runner.view).toBeNull()
    expect(player.lab.engine.state.breakpoints.size).toBe(0)
    expect(await player.touch(remove)).toMatchObject({ ok: true })
  })
})

describe('a step whose event does not come', () => {
  const never = { event: 'node.removed' as const, where: 'server:100' }

  it('is told so after its time, and can be skipped', async () => {
    const step = stepOf({ title: 'Wait', setup: { scenario: SCENARIO, play: { until: never } } })
    player = await opened(lessonOf([step, stepOf({ title: 'Next' })]))
    expect(player.view).toMatchObject({
      phase: 'stuck',
      problem: 'What this step waits for did not happen within 60 s of simulated time.',
    })
    await player.ask({ kind: 'skip' })
    await player.until(({ phase }) => isOver(phase))
    expect(player.view).toMatchObject({ at: 1, phase: 'done' })
  })

  it('says that the lab is paused, and goes on when it runs', async () => {
    const step = stepOf({
      title: 'Wait',
      setup: { scenario: SCENARIO, play: { until: { afterMs: 5_000 } } },
    })
    player = await createPlayer(lessonOf([step]))
    await player.until(({ phase }) => phase === 'playing')
    await player.pass(1_000)
    await player.touch({ type: 'pause' })
    expect(player.view).toMatchObject({
      phase: 'playing',
      problem: 'The lab is paused: let it run, and the step goes on.',
    })
    await player.touch({ type: 'resume' })
    expect(player.view.problem).toBe('')
    await player.until(({ phase }) => phase === 'done')
    expect(player.lab.clock.paused).toBe(true)
  })

  it('a gate whose packet does not come', async () => {
    const asks = { ...GATED.asks, gate: { holds: 'policy:nobody' } } as typeof GATED.asks
    player = await opened(lessonOf([{ ...GATED, asks }, stepOf({ title: 'Next' })]))
    expect(player.view).toMatchObject({
      phase: 'stuck',
      problem: 'The packet that this question is about did not come.',
    })
    await player.ask({ kind: 'skip' })
    await player.until(({ phase }) => isOver(phase))
    expect(player.lab.engine.state.breakpoints.size).toBe(0)
    expect(player.view.steps[0]?.outcome).toBe('skipped')
  })

  it('a command that the lab refuses', async () => {
    const step = stepOf({
      title: 'Wrong',
      setup: { scenario: SCENARIO, commands: [{ type: 'removeNode', node: 'server:999' }] },
    })
    player = await opened(lessonOf([step]))
    expect(player.view).toMatchObject({ phase: 'stuck', problem: expect.stringContaining('999') })
  })
})

describe('back and forth', () => {
  const steps = [
    stepOf({ title: 'Begin', setup: { scenario: SCENARIO } }),
    { ...GATED, setup: {} },
    stepOf({ title: 'End' }),
  ]

  it('no step may be opened before those in front of it', async () => {
    player = await opened(lessonOf(steps))
    await player.ask({ kind: 'goTo', step: 2 })
    expect(player.refusals).toEqual(['Step 3 comes after step 2: do or skip that first.'])
  })

  it('a step that was answered shows its answer again, and asks anew if it is begun again', async () => {
    player = await opened(lessonOf(steps))
    await player.ask({ kind: 'goTo', step: 1 })
    await player.until(isOpen)
    await player.ask({ kind: 'answer', answer: { kind: 'server', server: '300' } })
    await player.until(({ phase }) => isOver(phase))
    const { gate } = player.view
    await player.ask({ kind: 'goTo', step: 2 })
    await player.ask({ kind: 'goTo', step: 1 })
    await player.until(({ phase }) => isOver(phase))
    expect(player.view.gate).toMatchObject(
      gate.kind === 'ask' ? { answer: gate.answer, reveal: gate.reveal } : {},
    )
    await player.ask({ kind: 'again' })
    await player.until(isOpen)
    await player.ask({ kind: 'answer', answer: { kind: 'server', server: '100' } })
    await player.until(({ phase }) => isOver(phase))
    expect(player.view.steps[1]?.outcome).toBe('right')
  })

  it.each([
    [{ kind: 'choice', index: 0 }, /another kind/],
    [{ kind: 'server', server: '999' }, /cannot be chosen/],
    [{ kind: 'other', index: 7 }, /not offered/],
  ] as const)('what is no answer is refused', async (answer, why) => {
    player = await opened(lessonOf([GATED]))
    await player.ask({ kind: 'answer', answer })
    expect(player.refusals).toEqual([expect.stringMatching(why)])
    expect(player.view.phase).toBe('open')
  })
})

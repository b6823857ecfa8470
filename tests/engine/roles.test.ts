// What operators and viewers may do, and what looking back means for the lab and for everybody else.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Screen } from '../../src/main/engine'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { createTestLab, type TestLab } from '../support/test-lab'
import { wellFormedCommands } from '../support/well-formed'

const PAST_REFUSED = {
  ok: false,
  error: 'This window shows the past. Go back to live first.',
}
const VIEWER_REFUSED = {
  ok: false,
  error: 'A viewer may look at the lab, and not change it.',
}

let lab: TestLab
let operator: Screen
let viewer: Screen

beforeEach(async () => {
  lab = await createTestLab({ scenario: CLASSIC_POOL, latencyMs: 100 })
  operator = lab.engine.openScreen('operator')
  viewer = lab.engine.openScreen('viewer')
})

const lookBack = (pausesLab: boolean) => ({ type: 'lookBack', pausesLab })
const returnToLive = { type: 'returnToLive' }

describe('an operator’s window that looks back', () => {
  it('pauses the lab, which runs on afterwards', async () => {
    expect(await operator.execute(lookBack(true))).toEqual({ ok: true })
    expect(lab.clock.paused).toBe(true)
    expect(await operator.execute(returnToLive)).toEqual({ ok: true })
    expect(lab.clock.paused).toBe(false)
  })

  it('tells every window that the pause is for it, until somebody pauses or steps by hand', async () => {
    await operator.execute(lookBack(true))
    expect(lab.engine.state.clock).toMatchObject({ paused: true, lookingBack: true })
    const second = lab.engine.openScreen('operator')
    await second.execute({ type: 'pause' })
    expect(lab.engine.state.clock).toEqual({ paused: true, speed: 1 })
    await operator.execute(returnToLive)
    expect(lab.clock.paused).toBe(true)
  })

  it('does not claim a pause that somebody made by hand before', async () => {
    await operator.execute({ type: 'pause' })
    await operator.execute(lookBack(true))
    expect(lab.engine.state.clock).toEqual({ paused: true, speed: 1 })
  })

  it('leaves a paused lab paused', async () => {
    await operator.execute({ type: 'pause' })
    await operator.execute(lookBack(true))
    await operator.execute(returnToLive)
    expect(lab.clock.paused).toBe(true)
  })

  it('lets the lab run where the operator wants that', async () => {
    await operator.execute(lookBack(false))
    expect(lab.clock.paused).toBe(false)
  })

  it('cannot change the present, and the refusal says why', async () => {
    await operator.execute({ type: 'sendMessage', client: 'client:1' })
    await operator.execute(lookBack(true))
    const { seq } = lab.engine.state
    for (const command of [
      { type: 'resume' },
      { type: 'step' },
      { type: 'stepToDecision' },
      { type: 'stepToEnd', packet: 1 },
      { type: 'sendMessage', client: 'client:1' },
      { type: 'sendAll' },
      { type: 'reset' },
    ]) {
      expect(await operator.execute(command)).toEqual(PAST_REFUSED)
    }
    expect(lab.engine.state.seq).toBe(seq)
    await operator.execute(returnToLive)
    expect(await operator.execute({ type: 'sendAll' })).toEqual({ ok: true })
  })

  it('opens no scenario', async () => {
    await operator.execute(lookBack(true))
    const scenario = { name: 'Lesson', servers: [], clients: [] }
    expect(await operator.execute({ type: 'openScenario', scenario })).toEqual(PAST_REFUSED)
    expect(lab.engine.state.scenario).toBe('Classic pool')
  })

  it('stops no other operator: the lab runs for them, and stays as they left it', async () => {
    const other = lab.engine.openScreen('operator')
    await operator.execute(lookBack(true))
    expect(await other.execute({ type: 'sendAll' })).toEqual({ ok: true })
    expect(await other.execute({ type: 'resume' })).toEqual({ ok: true })
    expect(lab.clock.paused).toBe(false)
    await other.execute({ type: 'pause' })
    await operator.execute(returnToLive)
    expect(lab.clock.paused).toBe(true)
  })

  it('counts no longer once it is closed', async () => {
    const other = lab.engine.openScreen('operator')
    await operator.execute(lookBack(true))
    await other.execute(lookBack(true))
    operator.close()
    expect(lab.clock.paused).toBe(true)
    other.close()
    expect(lab.clock.paused).toBe(false)
    expect(await operator.execute(lookBack(true))).toMatchObject({ ok: false })
    expect(lab.clock.paused).toBe(false)
  })
})

describe('a viewer', () => {
  it('looks back and stops nobody', async () => {
    expect(await viewer.execute(lookBack(false))).toEqual({ ok: true })
    expect(lab.clock.paused).toBe(false)
    expect(await operator.execute({ type: 'sendAll' })).toEqual({ ok: true })
    expect(await viewer.execute(returnToLive)).toEqual({ ok: true })
  })

  it('cannot have the lab paused', async () => {
    expect(await viewer.execute(lookBack(true))).toEqual({
      ok: false,
      error: 'A viewer cannot pause the lab.',
    })
    expect(lab.clock.paused).toBe(false)
  })

  it.each(
    Object.values(wellFormedCommands('hello')).filter(
      ({ type }) => !/look|returnToLive/.test(type),
    ),
  )('changes nothing: $type', async (command) => {
    const { seq } = lab.engine.state
    expect(await viewer.execute(command)).toEqual(VIEWER_REFUSED)
    expect(lab.engine.state.seq).toBe(seq)
  })
})

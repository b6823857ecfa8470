// What screens look at is reported while at least one of them does, and is in the state that all have.
import { describe, expect, it } from 'vitest'
import { SHADOW_ORDER } from '../../src/shared/decision/others'
import type { Scenario } from '../../src/shared/scenario'
import { createTestLab, type TestLab } from '../support/test-lab'

const POOL: Scenario = {
  name: 'Looked at',
  pools: [{ policy: '111', algorithm: 'weighted-round-robin' }],
  servers: [
    { id: '1', policy: '111', weight: 2 },
    { id: '2', policy: '111' },
    { id: '3', policy: '222' },
  ],
  clients: [{ id: '1', policy: '111', payload: 'xyz' }],
}

const look = (pictures: string[], others: string[] = []) => ({ type: 'look', pictures, others })

async function begun(scenario = POOL): Promise<TestLab> {
  const lab = await createTestLab({ scenario })
  lab.rest()
  return lab
}

async function sends(lab: TestLab, count: number): Promise<void> {
  await lab.engine.execute({ type: 'sendMessage', client: 'client:1', count })
  lab.rest()
}

const decisions = ({ events }: TestLab) =>
  events.flatMap((event) => (event.type === 'decision.made' ? [event] : []))
const watched = ({ engine }: TestLab) => engine.state.watched.get('111')

describe('the next choices', () => {
  it('are told while one of several screens looks, and follow each decision', async () => {
    const lab = await begun()
    await sends(lab, 1)
    expect(watched(lab)).toBeUndefined()
    const [one, other] = [lab.engine.openScreen('viewer'), lab.engine.openScreen('operator')]
    await one.execute(look(['111']))
    await other.execute(look(['111', '222']))
    expect(watched(lab)?.coming.join(' ')).toBe('2 1 1 2 1 1 2 1 1 2')
    await sends(lab, 1)
    expect(watched(lab)?.coming.join(' ')).toBe('1 1 2 1 1 2 1 1 2 1')
    one.close()
    expect(watched(lab)?.coming).toHaveLength(10)
    await other.execute(look(['222']))
    expect(watched(lab)?.coming).toEqual([])
    await sends(lab, 1)
    expect(decisions(lab).at(-1)).not.toHaveProperty('coming')
  })

  it('are told anew where a server is down, and in the session that follows', async () => {
    const lab = await begun()
    const screen = lab.engine.openScreen('operator')
    await screen.execute(look(['111']))
    await screen.execute({ type: 'removeNode', node: 'server:2' })
    lab.rest()
    expect(new Set(watched(lab)?.coming)).toEqual(new Set(['1']))
    await lab.engine.execute({ type: 'newSession', pool: 'asOpened' })
    lab.rest()
    expect(watched(lab)?.coming).toHaveLength(10)
  })
})

describe('what the others would have chosen', () => {
  it('is counted from the first message on that somebody looks at, and with a switch anew', async () => {
    const lab = await begun()
    const screen = lab.engine.openScreen('viewer')
    await sends(lab, 3)
    expect(watched(lab)?.tally).toBeUndefined()
    await screen.execute(look([], ['111']))
    await sends(lab, 6)
    const made = decisions(lab).slice(3)
    expect(made.map(({ others }) => others?.message)).toEqual([1, 2, 3, 4, 5, 6])
    const tally = watched(lab)?.tally
    expect(tally?.messages).toBe(6)
    for (const [index, name] of SHADOW_ORDER.entries()) {
      const elsewhere = made.filter(({ server, others }) => server !== others?.chosen[index])
      expect([name, tally?.elsewhere[index]]).toEqual([name, elsewhere.length])
      const given = tally?.servers.map((server, place) => [server, tally.given[index]?.[place]])
      const counted = ['1', '2'].map((server) => [
        server,
        made.filter(({ others }) => others?.chosen[index] === server).length,
      ])
      expect(new Map(given as [string, number][])).toEqual(new Map(counted as [string, number][]))
    }
    expect(tally?.elsewhere[SHADOW_ORDER.indexOf('weighted-round-robin')]).toBe(0)
    await lab.engine.execute({ type: 'updatePool', policy: '111', algorithm: 'random' })
    expect(watched(lab)?.tally).toBeUndefined()
    await sends(lab, 2)
    expect(watched(lab)?.tally).toMatchObject({ messages: 2 })
    await screen.execute(look([]))
    await sends(lab, 1)
    expect(watched(lab)?.tally).toBeUndefined()
    await screen.execute(look([], ['111']))
    await sends(lab, 1)
    expect(watched(lab)?.tally).toMatchObject({ messages: 1 })
  })
})

describe('a reset while somebody looks', () => {
  it.each(['reset', 'newSession'])('begins everything anew: %s', async (type) => {
    const lab = await begun()
    const screen = lab.engine.openScreen('operator')
    await screen.execute(look(['111'], ['111']))
    await sends(lab, 4)
    await lab.engine.execute(type === 'reset' ? { type } : { type, pool: 'asOpened' })
    lab.rest()
    expect(watched(lab)?.tally).toBeUndefined()
    await sends(lab, 3)
    expect(watched(lab)?.tally).toMatchObject({ messages: 3 })
    expect(watched(lab)?.coming.join(' ')).toBe('1 2 1 1 2 1 1 2 1 1')
    const others = decisions(lab).slice(-3)
    expect(others.map((made) => made.others?.message)).toEqual([1, 2, 3])
  })
})

describe('keys that move', () => {
  it('are told when a server leaves and when another one comes', async () => {
    const lab = await begun({
      ...POOL,
      pools: [{ policy: '111', algorithm: 'hash', hashKey: 'payload' }],
    })
    const screen = lab.engine.openScreen('operator')
    await screen.execute(look(['111']))
    for (const payload of ['a', 'b', 'c', 'd', 'e', 'f']) {
      await lab.engine.execute({ type: 'sendMessage', client: 'client:1', payload })
    }
    lab.rest()
    const before = new Map(decisions(lab).map(({ reason, server }) => [reason, server]))
    const ofOne = [...before.values()].filter((server) => server === '1').length
    await screen.execute({ type: 'removeNode', node: 'server:1' })
    lab.rest()
    const moved = { policy: '111', gone: ['1'], back: [], keys: 6, moved: ofOne, needless: 0 }
    expect(lab.events.findLast(({ type }) => type === 'keys.moved')).toMatchObject(moved)
    expect(watched(lab)?.keysMoved).toMatchObject({ moved: ofOne })
    await lab.engine.execute({ type: 'updatePool', policy: '111', algorithm: 'maglev' })
    expect(watched(lab)?.keysMoved).toBeUndefined()
  })
})

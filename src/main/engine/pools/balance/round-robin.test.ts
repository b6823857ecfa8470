import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passedOverIn } from '../../../../shared/decision/words'
import { availability, candidatesAmong, type Rules } from '../available'
import { type RunningAlgorithm, start } from './algorithm'
import { roundRobin } from './round-robin'
import { ask, members } from './testing'

type Server = ReturnType<typeof members>[number] & { health?: 'up' | 'down' }

interface Pool {
  servers: Server[]
  running: RunningAlgorithm
}

const RULES: Rules<Server> = {
  backups: 'nginx',
  panicPercent: 0,
  unhealthy: ({ health }) => (health === 'down' ? 'down' : undefined),
  isCircuitOpen: () => false,
  lastResort: true,
}
const idsOf = (servers: readonly Server[]) => servers.map(({ id }) => id)

/** The next `count` choices, and for each the servers that it passed over in turn. */
function choose({ servers, running }: Pool, count: number) {
  const chosen: string[] = []
  const passed: string[][] = []
  for (let choice = 0; choice < count; choice++) {
    const { available, passedOver } = availability(candidatesAmong(servers, RULES, 0), {
      tried: [],
    })
    const [next] = running.coming(available, 1)
    const { server, reason } = running.choose(available, ask())
    expect(server).toBe(next)
    chosen.push(server)
    const candidates = idsOf(servers)
    passed.push(
      passedOverIn({ server, candidates, passedOver, reason: reason() }).map(
        (passed) => passed.server,
      ),
    )
  }
  return { chosen, passed }
}

type Step = readonly [what: 'join' | 'leave' | 'health' | 'choose', which: number]

/** A pool after this history. The same history twice gives two pools alike. */
function play(history: readonly Step[]): Pool {
  const servers: Server[] = []
  const running = start(roundRobin, servers)
  let lastId = 0
  for (const [what, which] of history) {
    const index = which % Math.max(servers.length, 1)
    const server = servers[index]
    if (what === 'join') {
      servers.push(...members(String(++lastId)))
      running.changed(servers)
    } else if (server === undefined) continue
    else if (what === 'choose') choose({ servers, running }, 1)
    else if (what === 'leave') {
      servers.splice(index, 1)
      running.changed(servers)
    } else server.health = server.health === 'down' ? 'up' : 'down'
  }
  return { servers, running }
}

/** The same pool with all of its servers up. */
function allUp(history: readonly Step[]): Pool {
  const pool = play(history)
  for (const server of pool.servers) server.health = 'up'
  return pool
}

const histories = fc
  .array(fc.tuple(fc.constantFrom('join', 'join', 'leave', 'health', 'choose'), fc.nat(9)), {
    maxLength: 40,
  })
  .map((steps): readonly Step[] => steps)
  .filter((history) => play(history).servers.length > 0)

function begun(...servers: Server[]): Pool {
  return { servers, running: start(roundRobin, servers) }
}

describe('round-robin', () => {
  it('takes servers in order of registration, from the first', () => {
    expect(choose(begun(...members('1', '2', '3')), 7).chosen).toEqual([
      ...['1', '2', '3'],
      ...['1', '2', '3'],
      '1',
    ])
  })

  it('is fair: over k rounds every server that is up is chosen k times, and no other', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 4 }), (history, rounds) => {
        const pool = play(history)
        const reachable = pool.servers.filter(({ health }) => health !== 'down')
        const takers = reachable.length > 0 ? reachable : pool.servers
        const { chosen } = choose(pool, rounds * takers.length)
        const expected = Array.from({ length: rounds }, () => idsOf(takers)).flat()
        expect([...chosen].sort()).toEqual(expected.sort())
      }),
    )
  })

  it('goes around in order of registration', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const pool = allUp(history)
        const ids = idsOf(pool.servers)
        const { chosen } = choose(pool, ids.length)
        const start = chosen.indexOf(ids[0] ?? '')
        expect([...chosen.slice(start), ...chosen.slice(0, start)]).toEqual(ids)
      }),
    )
  })

  it('says whom it passed over: all between the last choice and this one', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const pool = play(history)
        const countUp = pool.servers.filter(({ health }) => health !== 'down').length
        const { chosen, passed } = choose(pool, 2 * countUp)
        const story = chosen.flatMap((id, index) => [...(passed[index] ?? []), id])
        expect(story).toEqual(choose(allUp(history), story.length).chosen)
      }),
    )
  })

  it('passes over nobody where all are down: each gets its chance', () => {
    const down = members('1', '2').map((server): Server => ({ ...server, health: 'down' }))
    const { chosen, passed } = choose(begun(...down), 3)
    expect(chosen).toEqual(['1', '2', '1'])
    expect(passed.flat()).toEqual([])
  })

  it('does not change the turns of the others when a server leaves', () => {
    fc.assert(
      fc.property(histories, fc.nat(20), (history, which) => {
        const pool = allUp(history)
        const before = choose(allUp(history), pool.servers.length).chosen
        const [leaver] = pool.servers.splice(which % pool.servers.length, 1)
        if (pool.servers.length === 0) return
        pool.running.changed(pool.servers)
        const after = choose(pool, pool.servers.length).chosen
        expect(after).toEqual(before.filter((id) => id !== leaver?.id))
      }),
    )
  })

  it('does not change the turns of the others when a server joins', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const pool = allUp(history)
        const before = choose(allUp(history), pool.servers.length).chosen
        pool.servers.push(...members('new'))
        pool.running.changed(pool.servers)
        const after = choose(pool, pool.servers.length).chosen
        expect(after.filter((id) => id !== 'new')).toEqual(before)
      }),
    )
  })
})

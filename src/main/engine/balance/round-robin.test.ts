import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Candidate } from './balancer'
import { roundRobin } from './round-robin'

/** The next `count` choices, and what is remembered after them. */
function choose(candidates: readonly Candidate[], turn: number, count: number) {
  let memory = turn
  const chosen: string[] = []
  const skipped: string[][] = []
  for (let pick = 0; pick < count; pick++) {
    const choice = roundRobin.choose(candidates, memory)
    if (choice === undefined) break
    memory = choice.memory
    chosen.push(candidates[choice.index]?.id ?? '')
    skipped.push(choice.skipped.map(({ server }) => server))
  }
  return { chosen, skipped, memory }
}

const up = (...ids: string[]): Candidate[] => ids.map((id) => ({ id, health: 'up' }))

interface Pool {
  candidates: Candidate[]
  turn: number
}

/** A pool after any history of servers that join, leave, go down, come up and are chosen. */
const pools: fc.Arbitrary<Pool> = fc
  .array(fc.tuple(fc.constantFrom('join', 'join', 'leave', 'turn', 'choose'), fc.nat(9)), {
    maxLength: 40,
  })
  .map((history) => {
    const candidates: Candidate[] = []
    let turn = roundRobin.initial
    let lastId = 0
    for (const [what, which] of history) {
      const index = which % Math.max(candidates.length, 1)
      const candidate = candidates[index]
      if (what === 'join') candidates.push({ id: String(++lastId), health: 'up' })
      else if (what === 'choose') turn = choose(candidates, turn, 1).memory
      else if (candidate === undefined) continue
      else if (what === 'leave') {
        candidates.splice(index, 1)
        turn = roundRobin.left(turn, index)
      } else {
        const health = candidate.health === 'up' ? 'down' : 'up'
        candidates[index] = { id: candidate.id, health }
      }
    }
    return { candidates, turn }
  })

const poolsWithServers = pools.filter(({ candidates }) => candidates.length > 0)
const idsOf = (candidates: readonly Candidate[]) => candidates.map(({ id }) => id)

describe('round-robin', () => {
  it('takes servers in order of registration, from the first', () => {
    expect(choose(up('1', '2', '3'), roundRobin.initial, 7).chosen).toEqual([
      ...['1', '2', '3'],
      ...['1', '2', '3'],
      '1',
    ])
  })

  it('chooses nobody where there is nobody', () => {
    expect(roundRobin.choose([], roundRobin.initial)).toBeUndefined()
  })

  it('is fair: over k rounds every server that is up is chosen k times, and no other', () => {
    fc.assert(
      fc.property(
        poolsWithServers,
        fc.integer({ min: 1, max: 4 }),
        ({ candidates, turn }, rounds) => {
          const reachable = candidates.filter(({ health }) => health === 'up')
          const takers = reachable.length > 0 ? reachable : candidates
          const { chosen } = choose(candidates, turn, rounds * takers.length)
          const expected = Array.from({ length: rounds }, () => idsOf(takers)).flat()
          expect([...chosen].sort()).toEqual(expected.sort())
        },
      ),
    )
  })

  it('goes around in order of registration', () => {
    fc.assert(
      fc.property(poolsWithServers, ({ candidates, turn }) => {
        const everyone = up(...idsOf(candidates))
        const { chosen } = choose(everyone, turn, everyone.length)
        const start = chosen.indexOf(everyone[0]?.id ?? '')
        expect([...chosen.slice(start), ...chosen.slice(0, start)]).toEqual(idsOf(everyone))
      }),
    )
  })

  it('says whom it passed over: all between the last choice and this one', () => {
    fc.assert(
      fc.property(poolsWithServers, ({ candidates, turn }) => {
        const isUp = ({ health }: Candidate) => health === 'up'
        const { chosen, skipped } = choose(candidates, turn, 2 * candidates.filter(isUp).length)
        const story = chosen.flatMap((id, index) => [...(skipped[index] ?? []), id])
        const all = choose(up(...idsOf(candidates)), turn, story.length).chosen
        expect(story).toEqual(all)
      }),
    )
  })

  it('passes over nobody where all are down: each gets its chance', () => {
    const down = up('1', '2').map(({ id }): Candidate => ({ id, health: 'down' }))
    const { chosen, skipped } = choose(down, roundRobin.initial, 3)
    expect(chosen).toEqual(['1', '2', '1'])
    expect(skipped.flat()).toEqual([])
  })

  it('does not change the turns of the others when a server leaves', () => {
    fc.assert(
      fc.property(poolsWithServers, fc.nat(20), ({ candidates, turn }, which) => {
        const index = which % candidates.length
        const leaver = candidates[index]?.id
        const rest = candidates.filter((_, place) => place !== index)
        const before = choose(up(...idsOf(candidates)), turn, candidates.length).chosen
        const after = choose(up(...idsOf(rest)), roundRobin.left(turn, index), rest.length).chosen
        expect(after).toEqual(before.filter((id) => id !== leaver))
      }),
    )
  })

  it('does not change the turns of the others when a server joins', () => {
    fc.assert(
      fc.property(poolsWithServers, ({ candidates, turn }) => {
        const before = choose(up(...idsOf(candidates)), turn, candidates.length).chosen
        const joined = up(...idsOf(candidates), 'new')
        const after = choose(joined, turn, joined.length).chosen
        expect(after.filter((id) => id !== 'new')).toEqual(before)
      }),
    )
  })
})

// What the algorithms promise, whatever the weights, who is down, and the keys.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlgorithmName } from '../../../../shared/decision/reason'
import { POOL_SETTINGS } from '../../../../shared/settings/pool'
import { createRandom } from '../../clock/random'
import { beginSmooth, failSmoothly, pickSmoothly, type Smooth } from './smooth'
import { keys, TestPool, weighted } from './testing'

const ALL = POOL_SETTINGS.algorithm.options.map(({ value }) => value)
const weights = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 7 })

function serversOf(list: readonly number[]) {
  return weighted(Object.fromEntries(list.map((weight, index) => [`s${index}`, weight])))
}

function gcd(one: number, other: number): number {
  return other === 0 ? one : gcd(other, one % other)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function counts(sequence: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {}
  for (const id of sequence) found[id] = (found[id] ?? 0) + 1
  return found
}

describe('turns by weight', () => {
  // HAProxy’s first period may be one off: with weights 3, 3, 2 the real one has ababcaba, then cbabcaba again and again.
  it.each([
    ['weighted-round-robin', 0],
    ['haproxy-round-robin', 1],
  ] as const)('are in exact proportion in each period: %s, after %i', (algorithm, first) => {
    fc.assert(
      fc.property(weights, fc.nat(2), (list, periods) => {
        const pool = new TestPool(algorithm, serversOf(list))
        const divisor = list.reduce(gcd)
        const period = sum(list) / divisor
        pool.oneByOne((first + periods) * period)
        const expected = list.map((weight, index) => [`s${index}`, weight / divisor])
        expect(counts(pool.oneByOne(period).split(' '))).toEqual(Object.fromEntries(expected))
      }),
    )
  })

  it('are known before they are taken', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('weighted-round-robin' as const, 'haproxy-round-robin' as const),
        weights,
        (algorithm, list) => {
          const pool = new TestPool(algorithm, serversOf(list))
          for (let count = 0; count < 2 * sum(list); count++) {
            const next = pool.pool.coming()[0]
            expect(pool.dispatch().server.id).toBe(next)
          }
        },
      ),
    )
  })
})

describe('nginx’s current weights', () => {
  const steps = fc.array(
    fc.record({
      places: fc.uniqueArray(fc.nat(6), { minLength: 1 }),
      fails: fc.option(fc.nat(6)),
      maxFails: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 60 },
  )

  it('sum up to 0 after each choice, whoever is skipped and however servers fail and recover', () => {
    fc.assert(
      fc.property(weights, steps, (list, history) => {
        const servers = serversOf(list)
        let smooth: Smooth = beginSmooth(servers)
        for (const { places, fails, maxFails } of history) {
          const among = places.filter((place) => place < list.length).sort((a, b) => a - b)
          if (among.length > 0) smooth = pickSmoothly(smooth, Int32Array.from(among)).smooth
          const failed = servers[fails ?? list.length]
          if (failed) smooth = failSmoothly(smooth, failed, maxFails)
          expect(sum(smooth.current)).toBe(0)
          for (const [place, share] of smooth.effective.entries()) {
            expect(share).toBeGreaterThanOrEqual(0)
            expect(share).toBeLessThanOrEqual(list[place] ?? 0)
          }
        }
      }),
    )
  })

  it('leave the memory from before a choice as it was', () => {
    const pool = serversOf([3, 2, 1])
    const before = beginSmooth(pool)
    const { place } = pickSmoothly(before, null)
    expect(pickSmoothly(before, null).place).toBe(place)
  })
})

describe('the least loaded', () => {
  it.each([
    ['least-connections', (inFlight: number, weight: number) => inFlight / weight],
    [
      'haproxy-least-connections',
      (inFlight: number, weight: number) =>
        inFlight === 0 ? 0 : Math.floor(((inFlight + 1) * 256) / weight),
    ],
  ] as const)('is chosen by %s', (algorithm, loadOf) => {
    const answers = fc.array(fc.boolean(), { maxLength: 60 })
    fc.assert(
      fc.property(weights, answers, fc.nat(), (list, history, seed) => {
        const pool = new TestPool(algorithm, serversOf(list))
        const random = createRandom(seed)
        const load = ({ load, weight }: { load: { inFlight: number }; weight: number }) =>
          loadOf(load.inFlight, weight)
        for (const answers of history) {
          const busy = [...pool.servers.values()].filter(({ load }) => load.inFlight > 0)
          const one = busy[random.integer(Math.max(1, busy.length))]
          if (answers && one) pool.answers(one.id)
          else {
            const { server } = pool.dispatch()
            expect(load(server)).toBe(Math.min(...[...pool.servers.values()].map(load)))
            pool.pool.began(server)
          }
        }
      }),
    )
  })
})

describe('peak EWMA', () => {
  it('has the costs of Finagle’s', () => {
    const pool = new TestPool('least-time', weighted({ a: 1 }))
    const at = (seconds: number) => {
      pool.now = seconds * 1_000
    }
    const cost = () => {
      const { reason } = pool.dispatch()
      return reason.by === 'least-time' ? (reason.drawn[0]?.costMs ?? 0) / 1_000 : 0
    }
    const answered = (tookSeconds: number) => {
      pool.pool.began(pool.server('a'))
      pool.answers('a', tookSeconds * 1_000)
    }
    expect(cost()).toBe(0)
    for (const [took, when] of [
      [0.1, 0.1],
      [0.1, 1],
      [0.5, 2],
    ] as const) {
      at(when)
      answered(took)
      expect(cost()).toBeCloseTo(took, 9)
    }
    at(7)
    expect(cost()).toBeCloseTo(0.303265, 6)
    at(12)
    answered(0.1)
    expect(cost()).toBeCloseTo(0.223287, 6)
    at(22)
    expect(cost()).toBeCloseTo(0.082143, 6)
  })

  it('gives a new server one message, and no more before its first answer', () => {
    const pool = new TestPool('least-time', weighted({ a: 1, b: 1 }))
    pool.pool.began(pool.server('a'))
    pool.answers('a', 900)
    expect(pool.held(4)).toBe('b a a a')
    pool.answers('b', 10)
    expect(pool.held(3)).toBe('b b b')
  })
})

describe('two choices', () => {
  it('are of different servers, by weight, and the second wins a tie', () => {
    fc.assert(
      fc.property(weights, fc.nat(), (list, seed) => {
        const pool = new TestPool('two-choices', serversOf(list), {}, createRandom(seed))
        const { server, reason } = pool.dispatch()
        if (reason.by !== 'two-choices') throw new Error('It is another algorithm.')
        const [one, other] = reason.drawn
        expect(one?.server).not.toBe(other?.server)
        expect(server.id).toBe(other?.server)
      }),
    )
  })

  it('never choose the busier one for its weight', () => {
    fc.assert(
      fc.property(weights, fc.nat(), (list, seed) => {
        const pool = new TestPool('two-choices', serversOf(list), {}, createRandom(seed))
        for (let count = 0; count < 30; count++) {
          const { server, reason } = pool.dispatch()
          if (reason.by !== 'two-choices') throw new Error('It is another algorithm.')
          const loads = reason.drawn.map(({ inFlight, weight }) => inFlight / weight)
          const own = server.load.inFlight / server.weight
          expect(own).toBe(Math.min(...loads))
          pool.pool.began(server)
        }
      }),
    )
  })
})

describe('a draw by weight', () => {
  it('comes to each server as often as its weight says, as far as chance allows', () => {
    const list = [5, 1, 3]
    const pool = new TestPool('random', serversOf(list), {}, createRandom(7))
    const found = counts(pool.oneByOne(9_000).split(' '))
    for (const [index, weight] of list.entries()) {
      const expected = weight * 1_000
      const deviation = Math.sqrt(9_000 * (weight / 9) * (1 - weight / 9))
      expect(Math.abs((found[`s${index}`] ?? 0) - expected)).toBeLessThan(5 * deviation)
    }
  })
})

it.each(ALL)('%s is the same again from the same memory, seed and message', (algorithm) => {
  fc.assert(
    fc.property(weights, fc.nat(), (list, seed) => {
      const play = (name: AlgorithmName) => {
        const pool = new TestPool(name, serversOf(list), {}, createRandom(seed))
        const random = createRandom(seed)
        return keys(25).map((key) => {
          const { server, reason } = pool.dispatch(key)
          pool.pool.began(server)
          if (random.integer(2) === 0) pool.answers(server.id, 1 + random.integer(500))
          return [server.id, reason]
        })
      }
      expect(play(algorithm)).toEqual(play(algorithm))
    }),
    { numRuns: 20 },
  )
})

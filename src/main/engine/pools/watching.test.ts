// What a pool tells only while somebody looks: the next choices, keys that move, and what others would have chosen.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SHADOW_ORDER } from '../../../shared/decision/others'
import type { AlgorithmName } from '../../../shared/decision/reason'
import { keys, members, TestPool, weighted } from './balance/testing'

const WEIGHTS = { a: 5, b: 1, c: 1, d: 2 }
const IDS = Object.keys(WEIGHTS)

/** A small table of Maglev is quick to build. */
const poolOf = (algorithm: AlgorithmName) =>
  new TestPool(algorithm, weighted(WEIGHTS), { tableSize: 251 })
const PICTURE = { picture: true, others: false }

/** What happens to a pool. */
type Step = readonly [what: 'message' | 'answer' | 'down' | 'up' | 'weigh' | 'fail', which: number]
const steps = fc.array(
  fc.tuple(
    fc.constantFrom('message', 'message', 'message', 'answer', 'down', 'up', 'weigh', 'fail'),
    fc.nat(31),
  ) as fc.Arbitrary<Step>,
  { maxLength: 60 },
)

/** Returns the servers of the messages, whose keys are numbers. */
function play(pool: TestPool, story: readonly Step[]): string[] {
  const chosen: string[] = []
  const waiting: string[] = []
  for (const [what, which] of story) {
    const id = IDS[which % IDS.length] ?? 'a'
    pool.now += 3
    if (what === 'message') {
      const { server } = pool.dispatch(`${which}`)
      pool.pool.began(server)
      chosen.push(server.id)
      waiting.push(server.id)
    } else if (what === 'answer') {
      const answered = waiting.splice(which % Math.max(1, waiting.length), 1)[0]
      if (answered !== undefined) pool.answers(answered, which)
    } else if (what === 'weigh') pool.weigh(id, 1 + (which % 5))
    else if (what === 'fail') pool.refuses(id)
    else pool.set(id, what)
  }
  return chosen
}

describe('looking', () => {
  it('changes no choice, whatever happens meanwhile', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SHADOW_ORDER), steps, (algorithm, story) => {
        const alone = poolOf(algorithm)
        const watched = poolOf(algorithm)
        watched.watch()
        expect(play(watched, story)).toEqual(play(alone, story))
      }),
    )
  })
})

describe('the next ten choices', () => {
  it.each(['round-robin', 'weighted-round-robin', 'haproxy-round-robin'] as const)(
    'of %s are those of the next ten messages, also with servers down or recovering',
    (algorithm) => {
      fc.assert(
        fc.property(steps, (story) => {
          const pool = poolOf(algorithm)
          pool.watch(PICTURE)
          play(pool, story)
          const coming = pool.pool.coming()
          expect(coming).toHaveLength(10)
          expect(pool.oneByOne(10).split(' ')).toEqual(coming)
        }),
      )
    },
  )

  it('are one where nobody looks, and none where the algorithm has no turn', () => {
    const pool = poolOf('weighted-round-robin')
    expect(pool.pool.coming()).toEqual(['a'])
    const random = poolOf('random')
    random.watch(PICTURE)
    expect(random.pool.coming()).toEqual([])
  })
})

describe('a shadow', () => {
  const place = (name: AlgorithmName) => SHADOW_ORDER.indexOf(name)

  it('chooses as its algorithm itself does with the same servers, messages and load', () => {
    const drawing: readonly AlgorithmName[] = ['random', 'two-choices', 'least-time']
    const foreseeable = SHADOW_ORDER.filter((name) => !drawing.includes(name))
    fc.assert(
      fc.property(fc.constantFrom(...foreseeable), steps, (own, story) => {
        const pool = poolOf(own)
        pool.watch()
        const others = foreseeable.map((name) => ({ name, itself: poolOf(name) }))
        for (const step of story) {
          const [what, which] = step
          if (what !== 'message') {
            play(pool, [step])
            for (const { itself } of others) play(itself, [step])
            continue
          }
          const key = `${which}`
          const waited = which % 3 === 0
          if (which % 5 === 0) {
            for (const each of [pool, ...others.map(({ itself }) => itself)])
              each.pool.queueBegins()
          }
          const dispatch = pool.dispatch(key, [], waited)
          for (const { name, itself } of others) {
            const { server } = itself.dispatch(key, [], waited)
            expect([name, dispatch.others?.chosen[place(name)]]).toEqual([name, server.id])
          }
          // Its load is the real one: that of the server that was really chosen.
          for (const each of [pool, ...others.map(({ itself }) => itself)]) {
            each.pool.began(each.server(dispatch.server.id))
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  it('of HAProxy’s is not asked about a freed slot, as its algorithm is not', () => {
    const limited = members('a', 'b').map((member) => ({
      ...member,
      maxConnections: 1,
      settings: { weight: 1, maxConnections: 1 },
    }))
    const pool = new TestPool('round-robin', limited)
    pool.watch()
    pool.pool.began(pool.server('b'))
    expect(pool.dispatch('1', [], true).server.id).toBe('a')
    pool.answers('b')
    expect(pool.dispatch().others?.chosen[place('haproxy-round-robin')]).toBe('a')
  })

  it('learns how long the real answers take', () => {
    const pool = new TestPool('round-robin', weighted({ a: 1, b: 1 }))
    pool.watch()
    for (const took of [900, 10]) {
      const { server } = pool.dispatch()
      pool.pool.began(server)
      pool.answers(server.id, took)
    }
    expect(pool.dispatch().others?.chosen[place('least-time')]).toBe('b')
  })

  it('sees first attempts only, begins anew with a switch, and is gone when nobody looks', () => {
    const pool = poolOf('round-robin')
    expect(pool.dispatch().others).toBeUndefined()
    pool.watch()
    expect(pool.dispatch().others?.message).toBe(1)
    expect(pool.dispatch('1', ['a']).others).toBeUndefined()
    expect(pool.dispatch().others?.message).toBe(2)
    pool.switchTo('random')
    pool.watch()
    expect(pool.dispatch().others?.message).toBe(1)
    pool.pool.watch({ picture: true, others: false }, () => {
      throw new Error('Nobody looks.')
    })
    expect(pool.dispatch().others).toBeUndefined()
  })
})

describe('keys', () => {
  const EVEN = { a: 1, b: 1, c: 1, d: 1 }
  const seen = (algorithm: AlgorithmName, count = 30) => {
    const pool = new TestPool(algorithm, weighted(EVEN))
    pool.watch(PICTURE)
    for (const key of keys(count)) pool.dispatch(key)
    return pool
  }

  // The tables that were measured on the real ones: shared with vectors.test.ts.
  it.each([
    ['ring-hash', 'left', 11, 0],
    ['ring-hash', 'down', 11, 0],
    ['hash', 'left', 23, 16],
    ['hash', 'down', 7, 0],
    ['haproxy-ring-hash', 'down', 15, 0],
    ['maglev', 'down', 10, 0],
  ] as const)('of %s, with b %s: %d of 30 move, %d of them needlessly', (...told) => {
    const [algorithm, how, moved, needless] = told
    const pool = seen(algorithm)
    if (how === 'left') pool.leave('b')
    else pool.set('b', 'down')
    const counts = { keys: 30, oneIn: 1, moved, needless }
    expect(pool.pool.takeKeysMoved()).toEqual({ gone: ['b'], back: [], ...counts })
    expect(pool.pool.takeKeysMoved()).toBeUndefined()
    if (how === 'left') return
    pool.set('b', 'up')
    expect(pool.pool.takeKeysMoved()).toEqual({ gone: [], back: ['b'], ...counts })
  })

  it.each(['hash', 'ring-hash', 'haproxy-ring-hash', 'maglev'] as const)(
    'of %s have not moved while their own server was full',
    (algorithm) => {
      const [unlimited, limited] = [seen(algorithm), seen(algorithm, 0)]
      for (const one of limited.servers.values()) one.settings = { weight: 1, maxConnections: 10 }
      limited.pool.memberChanged()
      for (const key of keys(30)) limited.pool.began(limited.dispatch(key).server)
      for (const { id } of limited.servers.values())
        for (let n = 0; n < 10; n++) limited.answers(id)
      limited.pool.memberChanged()
      expect(limited.pool.takeKeysMoved()).toBeUndefined()
      for (const one of [unlimited, limited]) one.leave('b')
      expect(limited.pool.takeKeysMoved()).toEqual(unlimited.pool.takeKeysMoved())
    },
  )

  it('are counted as moved where their next message does go elsewhere', () => {
    const pool = seen('ring-hash')
    const before = pool.forKeys(keys(30))
    pool.leave('b')
    const after = pool.forKeys(keys(30))
    const moved = [...before].filter((server, index) => server !== after[index])
    expect(pool.pool.takeKeysMoved()?.moved).toBe(moved.length)
  })

  it('of more than ten thousand are a fair sample', () => {
    const pool = seen('ring-hash', 25_000)
    pool.leave('b')
    const told = pool.pool.takeKeysMoved()
    expect(told?.oneIn).toBe(4)
    expect((told?.keys ?? 0) / 6_250).toBeCloseTo(1, 1)
    // nginx gives b 26.6 % of the keys of four servers.
    expect((told?.moved ?? 0) / (told?.keys ?? 1)).toBeCloseTo(0.266, 1)
    expect(told?.needless).toBe(0)
  })

  it('are not looked at where the algorithm has none', () => {
    const pool = seen('round-robin')
    pool.leave('b')
    expect(pool.pool.takeKeysMoved()).toBeUndefined()
  })
})

// The sequences that were measured on nginx 1.22.1 and HAProxy 2.6.12 (tests/reference/vectors.json), one connection after
// another or held, and ours.
import { describe, expect, it } from 'vitest'
import vectors from '../../../../../tests/reference/vectors.json'
import { fill } from '../../../../shared/balance/maglev-table'
import type { AlgorithmName } from '../../../../shared/decision/reason'
import { keys, TestPool, weighted } from './testing'

const NAMES = ['a', 'b', 'c', 'd']

/** `w4321`, `lc321`: weights of a, b, c, d. */
function weightsOf(name: string): Record<string, number> {
  const digits = [...(/\d+/.exec(name)?.[0] ?? '')].map(Number)
  return Object.fromEntries(digits.map((weight, index) => [NAMES[index] ?? '', weight]))
}

function poolOf(algorithm: AlgorithmName, name: string): TestPool {
  const pool = new TestPool(algorithm, weighted(weightsOf(name)))
  const [, down] = /_([a-d])down/.exec(name) ?? []
  if (down) pool.set(down, 'down')
  return pool
}

function lengthOf(sequence: string): number {
  return sequence.split(' ').length
}

describe.each([
  ['nginx', 'weighted-round-robin'],
  ['haproxy roundrobin', 'haproxy-round-robin'],
] as const)('turns as %s takes them', (product, algorithm) => {
  it.each(Object.entries(vectors[product]))('for %s: %s', (name, sequence) => {
    expect(poolOf(algorithm, name).oneByOne(lengthOf(sequence))).toBe(sequence)
  })
})

describe.each([
  ['nginx leastconn', 'least-connections'],
  ['haproxy leastconn', 'haproxy-least-connections'],
] as const)('the least loaded as in %s', (product, algorithm) => {
  const of: Record<string, string> = vectors[product]
  it.each(Object.entries(of))('for %s: %s', (name, sequence) => {
    const pool = poolOf(algorithm, name)
    const count = lengthOf(sequence)
    if (name.endsWith('one at a time')) {
      expect(pool.oneByOne(count)).toBe(sequence)
      return
    }
    const [weights = ''] = name.split(' ')
    const first = of[`${weights} 12 held`] ?? ''
    expect(pool.held(12)).toBe(first)
    if (!name.includes('closed')) return
    pool.answers('a')
    pool.answers('a')
    expect(pool.held(count)).toBe(sequence)
  })
})

describe('keys', () => {
  const measured = vectors['hash measured']
  const models = vectors['hash models']
  const all = { a: 1, b: 1, c: 1, d: 1 }
  const three = weighted(all).filter(({ id }) => id !== 'b')

  it.each([
    ['ring-hash', measured['nginx ch4'], {}],
    ['ring-hash', measured['nginx ch_w'], { a: 3 }],
    ['hash', measured['nginx h4'], {}],
    ['haproxy-ring-hash', measured['haproxy hc4'], {}],
    ['haproxy-ring-hash', measured['haproxy hc_w'], { a: 3 }],
    ['haproxy-ring-hash', measured['haproxy hc_w16'], { a: 16, b: 16, c: 16, d: 16 }],
    ['maglev', models['maglev M=65537'], {}],
  ] as const)('%s gives servers %s', (algorithm, servers, weights) => {
    const pool = new TestPool(algorithm, weighted({ ...all, ...weights }))
    expect(pool.forKeys(keys(30))).toBe(servers)
  })

  it.each([
    ['ring-hash', measured['nginx ch4_bdown']],
    ['hash', measured['nginx h4_bdown']],
    ['haproxy-ring-hash', measured['haproxy hc4_bdown']],
    ['maglev', models['maglev M=65537 without b']],
  ] as const)('%s gives, with b down, servers %s', (algorithm, servers) => {
    const pool = new TestPool(algorithm, weighted(all))
    const before = pool.forKeys(keys(30))
    pool.set('b', 'down')
    expect(pool.forKeys(keys(30))).toBe(servers)
    pool.set('b', 'up')
    expect(pool.forKeys(keys(30))).toBe(before)
  })

  it.each([
    ['ring-hash', measured['nginx ch3']],
    ['hash', measured['nginx h3']],
    ['haproxy-ring-hash', measured['haproxy hc3']],
    ['maglev', models['maglev M=65537 without b']],
  ] as const)('%s gives, when b has left, servers %s', (algorithm, servers) => {
    const pool = new TestPool(algorithm, weighted(all))
    pool.leave('b')
    expect(pool.forKeys(keys(30))).toBe(servers)
  })

  it('of a pool that begins without b have their servers by new numbers in HAProxy', () => {
    const pool = new TestPool('haproxy-ring-hash', three)
    expect(pool.forKeys(keys(30))).toBe(measured['haproxy hc3renum'])
  })

  it('have their servers in a small table of Maglev', () => {
    const settings = { tableSize: 251 }
    const pool = new TestPool('maglev', weighted(all), settings)
    expect(pool.forKeys(keys(30))).toBe(models['maglev M=251'])
    pool.leave('b')
    expect(pool.forKeys(keys(30))).toBe(models['maglev M=251 without b'])
  })
})

it('fills the example table of Maglev’s paper', () => {
  const [b0, b1, b2] = [
    { offset: 3, skip: 4, weight: 1 },
    { offset: 0, skip: 2, weight: 1 },
    { offset: 3, skip: 1, weight: 1 },
  ]
  expect([...fill([b0, b1, b2], 7)]).toEqual([1, 0, 1, 0, 2, 2, 0])
  expect([...fill([b0, b2], 7)]).toEqual([0, 0, 0, 0, 1, 1, 1])
})

/** max_fails and fail_timeout are nginx's defaults. */
const NGINX = { health: { maxFails: 1, failTimeoutMs: 10_000, answers: false } }

describe('nginx with weights 4, 3, 2, 1 where b refuses', () => {
  it('looks at the others a second time', () => {
    const pool = new TestPool('weighted-round-robin', weighted(weightsOf('4321')), NGINX)
    const chosen: string[] = []
    for (let count = 0; count < 12; count++) {
      const { server } = pool.dispatch()
      if (server.id !== 'b') {
        chosen.push(server.id)
        continue
      }
      pool.refuses('b')
      chosen.push(`b>${pool.dispatch('1', ['b']).server.id}`)
    }
    expect(chosen.join(' ')).toBe('a b>c a d a c a a c a d a')
  })

  it('lets b come back slowly', () => {
    const pool = new TestPool('weighted-round-robin', weighted(weightsOf('4321')), NGINX)
    pool.oneByOne(1)
    pool.refuses(pool.dispatch().server.id)
    pool.oneByOne(10)
    pool.now = 11_000
    expect(pool.oneByOne(20)).toBe('a c a a b c a d b a c b a a b c a d b a')
  })

  it('does not hold failures against the only server', () => {
    const pool = new TestPool('weighted-round-robin', weighted({ a: 2 }), NGINX)
    pool.refuses('a')
    expect(pool.isUp('a')).toBe(true)
    expect(pool.dispatch().reason).toMatchObject({ compared: [{ current: 2, effective: 2 }] })
  })
})

describe('HAProxy with weights 4, 3, 2, 1', () => {
  it('goes on at once without b, and b waits when it is back', () => {
    const pool = poolOf('haproxy-round-robin', '4321')
    pool.set('b', 'down')
    expect(pool.oneByOne(14)).toBe('a a c a d a c a a c a d a c')
  })
})

/** `+`: a message; `-a`: server a answers. Returns the servers of the messages, with a queue for those that must wait. */
function withLimits(limits: Readonly<Record<string, number>>, weights: string, steps: string) {
  const limited = weighted(weightsOf(weights)).map((member) => {
    const maxConnections = limits[member.id] ?? 0
    return { ...member, maxConnections, settings: { ...member.settings, maxConnections } }
  })
  const test = new TestPool('haproxy-round-robin', limited)
  let waiting = 0
  return steps.split(' ').flatMap((step) => {
    const isNew = step === '+'
    if (!isNew) test.answers(step.slice(1))
    if (isNew && !test.pool.canTake && ++waiting === 1) test.pool.queueBegins()
    if (!test.pool.canTake || (!isNew && waiting === 0)) return []
    const { server, reason } = test.dispatch('1', [], !isNew)
    test.pool.began(server)
    expect(reason.by).toBe(isNew ? 'haproxy-round-robin' : 'free-slot')
    if (!isNew) waiting--
    return [server.id]
  })
}

describe('HAProxy with weights 4, 3, 1 and limits 2, 2, 1', () => {
  it('turns the wheel for a message that begins a queue, and not for a slot that is free again', () => {
    const servers = withLimits({ a: 2, b: 2, c: 1 }, '431', '+ + + + + + -b -b + -b -b -c + +')
    expect(servers.join(' ')).toBe('a b a b c b b b c')
  })
})

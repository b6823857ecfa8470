// The real nginx and HAProxy beside our algorithms, decision by decision: random weights, servers that go away and come back,
// connections that stay, random keys.
import { afterEach, describe, expect, it } from 'vitest'
import { createRandom, type Random } from '../../src/main/engine/clock/random'
import { TestPool, weighted } from '../../src/main/engine/pools/balance/testing'
import type { AlgorithmName } from '../../src/shared/decision/reason'
import { type Held, NamedServer } from './balancers'
import { Haproxy, hasHaproxy } from './haproxy'
import { hasNginx, Nginx } from './nginx'
import { attempts } from './ours'

if (!hasNginx) console.warn('NGINX_PATH names no nginx: the tests beside it are skipped.')
if (!hasHaproxy) console.warn('HAPROXY_PATH names no HAProxy: the tests beside it are skipped.')

const NAMES = ['a', 'b', 'c', 'd', 'e']
const SEEDS = [1, 2, 3]
const STEPS = 150

const cleanUps: (() => void | Promise<void>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

interface Both {
  servers: NamedServer[]
  weights: number[]
  ours: TestPool
  random: Random
  /** nginx's, for an hour; 0: nobody counts. */
  maxFails: number
  /** How many of the last servers are backups. */
  backups: number
}

/** Three to five servers with random weights, in both worlds. */
async function begin(
  algorithm: AlgorithmName,
  seed: number,
  heaviest: number,
  { http = false, maxFails = 0, backups = 0 } = {},
): Promise<Both> {
  const random = createRandom(seed, algorithm)
  const servers = NAMES.slice(0, 3 + random.integer(3)).map((name) => new NamedServer(name, http))
  for (const server of servers) {
    await server.listen()
    cleanUps.push(() => server.stop())
  }
  const weights = servers.map(() => 1 + random.integer(heaviest))
  const ofOurs = weighted(Object.fromEntries(servers.map(({ name }, i) => [name, weights[i] ?? 1])))
  const members = ofOurs.map((member, index) => ({ ...member, port: servers[index]?.port ?? 0 }))
  for (const member of members.slice(members.length - backups)) member.backup = true
  const health = { maxFails, failTimeoutMs: 3_600_000, answers: false }
  const ours = new TestPool(algorithm, members, maxFails > 0 ? { health } : {})
  return { servers, weights, ours, random, maxFails, backups }
}

function oneOf<T>(items: readonly T[], random: Random): T {
  const item = items[random.integer(items.length)]
  if (item === undefined) throw new Error('There is nothing to choose from.')
  return item
}

/** One world after another takes the same steps. `never`: how many of the first servers never refuse. */
async function besideNginx(
  both: Both,
  method: string,
  ask: (nginx: Nginx) => { key?: string; held: Promise<Held> },
  stays: boolean,
  never = 1,
): Promise<void> {
  const { servers, weights, ours, random, maxFails, backups } = both
  const nginx = await Nginx.start(servers, weights, method, { maxFails, backups })
  cleanUps.push(() => nginx.stop())
  const refused = new Set<NamedServer>()
  const held: Held[] = []
  const chosen: [ours: string, theirs: string][] = []
  for (let step = 0; step < STEPS; step++) {
    const what = random.integer(10)
    if (what === 0) {
      const server = oneOf(servers.slice(never), random)
      if (refused.delete(server)) await server.listen()
      else {
        server.refuse()
        refused.add(server)
      }
    } else if (stays && what < 4 && held.length > 0) {
      const [leaving] = held.splice(random.integer(held.length), 1)
      await leaving?.close()
      if (leaving) ours.answers(leaving.name)
    } else {
      const { key, held: asked } = ask(nginx)
      const connection = await asked
      const name = attempts(ours, refused, { key }).at(-1) ?? ''
      chosen.push([name, connection.name])
      if (stays) held.push(connection)
      else {
        await connection.close()
        if (name !== '') ours.answers(name)
      }
    }
  }
  for (const connection of held) await connection.close()
  expect(chosen.map(([mine]) => mine).join(' ')).toBe(chosen.map(([, real]) => real).join(' '))
}

describe.skipIf(!hasNginx).each(SEEDS)('beside nginx, seed %i', (seed) => {
  const plain = (nginx: Nginx) => ({ held: nginx.hold() })

  it('weighted round-robin takes the same turns', async () => {
    const both = await begin('weighted-round-robin', seed, 9, { maxFails: 3 })
    await besideNginx(both, '', plain, false)
  })

  it('backups share where nobody else is left', async () => {
    const both = await begin('weighted-round-robin', seed, 3, { maxFails: 1, backups: 2 })
    await besideNginx(both, '', plain, false, 0)
  })

  it('least connections chooses the same servers', async () => {
    const both = await begin('least-connections', seed, 4, { maxFails: 2 })
    await besideNginx(both, 'least_conn;', plain, true)
  })

  it.each([
    ['hash', 'hash $proxy_protocol_addr;'],
    ['ring-hash', 'hash $proxy_protocol_addr consistent;'],
  ] as const)('%s gives keys the same servers', async (algorithm, method) => {
    const both = await begin(algorithm, seed, 5, { maxFails: 3 })
    const keyed = (nginx: Nginx) => {
      const key = randomKey('0123456789abcdef.:', both.random)
      return { key, held: nginx.hold(`PROXY TCP6 ${key} ::1 1 2\r\n`) }
    }
    await besideNginx(both, method, keyed, false)
  })
})

function randomKey(characters: string, random: Random): string {
  return Array.from({ length: 1 + random.integer(30) }, () => oneOf([...characters], random)).join(
    '',
  )
}

describe.skipIf(!hasHaproxy).each(SEEDS)('beside HAProxy, seed %i', (seed) => {
  async function besideHaproxy(both: Both, balance: readonly string[], stays: boolean) {
    const { servers, weights, ours, random } = both
    const haproxy = await Haproxy.start(servers, weights, balance)
    cleanUps.push(() => haproxy.stop())
    const held: Held[] = []
    const chosen: [ours: string, theirs: string][] = []
    for (let step = 0; step < STEPS; step++) {
      const what = random.integer(12)
      if (what < 2) await changeBoth(haproxy, both, what === 0 ? 'state' : 'weight')
      else if (stays && what < 6 && held.length > 0) {
        const [leaving] = held.splice(random.integer(held.length), 1)
        await leaving?.close()
        await haproxy.settles(held.length)
        if (leaving) ours.answers(leaving.name)
      } else {
        const connection = await haproxy.hold()
        const { server } = ours.dispatch()
        ours.pool.began(server)
        chosen.push([server.id, connection.name])
        if (stays) held.push(connection)
        else {
          await connection.close()
          await haproxy.settles(0)
          ours.answers(server.id)
        }
      }
    }
    for (const connection of held) await connection.close()
    expect(chosen.map(([mine]) => mine).join(' ')).toBe(chosen.map(([, real]) => real).join(' '))
  }

  /** The first server stays. */
  async function changeBoth(
    haproxy: Haproxy,
    { servers, ours, random }: Both,
    what: 'state' | 'weight',
  ) {
    const { name } = oneOf(servers.slice(1), random)
    if (what === 'weight') {
      const weight = 1 + random.integer(9)
      expect(await haproxy.tell(`set server pool/${name} weight ${weight}`)).toBe('')
      ours.weigh(name, weight)
      return
    }
    const isUp = ours.isUp(name)
    expect(await haproxy.tell(`set server pool/${name} state ${isUp ? 'maint' : 'ready'}`)).toBe('')
    ours.set(name, isUp ? 'down' : 'up')
  }

  it('the wheel takes the same turns', async () => {
    await besideHaproxy(await begin('haproxy-round-robin', seed, 9), ['balance roundrobin'], false)
  })

  it('least connections chooses the same servers', async () => {
    const both = await begin('haproxy-least-connections', seed, 4)
    await besideHaproxy(both, ['balance leastconn'], true)
  })

  it('ring hash gives keys the same servers', async () => {
    const both = await begin('haproxy-ring-hash', seed, 9, { http: true })
    const { servers, weights, ours, random } = both
    const haproxy = await Haproxy.start(
      servers,
      weights,
      ['balance hdr(key)', 'hash-type consistent'],
      true,
    )
    cleanUps.push(() => haproxy.stop())
    const chosen: [ours: string, theirs: string][] = []
    for (let step = 0; step < STEPS; step++) {
      const what = random.integer(12)
      if (what < 2) await changeBoth(haproxy, both, what === 0 ? 'state' : 'weight')
      else {
        const key = randomKey('abcxyzABCXYZ0189-_.!', random)
        chosen.push([ours.dispatch(key).server.id, await haproxy.forKey(key)])
      }
    }
    expect(chosen.map(([mine]) => mine).join(' ')).toBe(chosen.map(([, real]) => real).join(' '))
  })
})

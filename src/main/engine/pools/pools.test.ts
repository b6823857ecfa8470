import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlgorithmName } from '../../../shared/decision/reason'
import { settled } from '../../../shared/settings/derive'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import type { PoolServer } from './pool-server'
import { Pools } from './pools'

const SERVERS = ['1', '2', '3', '4']
const KEY = '1'
const TIME = { now: 0 }

interface Server extends PoolServer {
  policy: string
  isDown?: boolean
}

const newServer = (id: string, policy: string): Server => ({
  id,
  policy,
  node: `server:${id}`,
  settings: { weight: 1, maxConnections: 0 },
  weight: 1,
  maxConnections: 0,
  backup: false,
  drain: false,
  address: '127.0.0.1',
  port: 21_101,
  load: { inFlight: 0 },
})

function configure(pools: Pools<Server>, policy: string, algorithm: AlgorithmName): void {
  pools.configure(policy, settled(POOL_SETTINGS, { algorithm }))
}

function poolsWith(...servers: [id: string, policy: string][]) {
  const pools = new Pools<Server>(TIME)
  const all = servers.map(([id, policy]) => newServer(id, policy))
  for (const server of all) pools.join(server)
  return { pools, all }
}

describe('a pool', () => {
  it('dispatches to a server that is up, and says why and whom it passed over', () => {
    const { pools, all } = poolsWith(['1', '111'], ['2', '111'], ['3', '111'])
    const pool = pools.get('111')
    const [first] = all
    if (first) pool?.restoreDown(first)
    expect(pool?.ids).toEqual(['1', '2', '3'])
    expect(pool?.dispatch(KEY)).toEqual({
      server: all[1],
      reason: { by: 'round-robin', turn: '1' },
      passedOver: [{ server: '1', why: 'down' }],
      panic: undefined,
    })
  })

  it('does not dispatch to a server that was tried, and to nobody when all were', () => {
    const { pools } = poolsWith(['1', '111'], ['2', '111'])
    const pool = pools.get('111')
    expect(pool?.dispatch(KEY, ['1'])).toMatchObject({
      server: { id: '2' },
      passedOver: [{ server: '1', why: 'tried' }],
    })
    expect(pool?.dispatch(KEY, ['1', '2'])).toEqual({
      server: undefined,
      passedOver: [
        { server: '1', why: 'tried' },
        { server: '2', why: 'tried' },
      ],
    })
  })

  it('is gone when its last server has left', () => {
    const { pools, all } = poolsWith(['1', '111'])
    for (const server of all) pools.leave(server)
    expect(pools.get('111')).toBeUndefined()
  })

  it('begins anew with another algorithm', () => {
    const { pools } = poolsWith(['1', '111'], ['2', '111'])
    const pool = pools.get('111')
    pool?.dispatch(KEY)
    expect(pool?.coming()[0]).toBe('2')
    configure(pools, '111', 'random')
    expect([pools.settingsOf('111').algorithm, pool?.coming()]).toEqual(['random', []])
    expect(pool?.dispatch(KEY)).toMatchObject({ reason: { by: 'random' } })
    configure(pools, '111', 'round-robin')
    expect(pool?.coming()[0]).toBe('1')
  })

  it('draws the same whatever other policies draw meanwhile', () => {
    const draws = fc.array(fc.constantFrom('111', '222', '333'), { maxLength: 60 })
    const chosen = (seed: number, policies: readonly string[]) => {
      const pools = new Pools<Server>(TIME)
      pools.setSeed(seed)
      for (const policy of ['111', '222', '333']) {
        configure(pools, policy, 'random')
        for (const id of SERVERS) pools.join(newServer(policy + id, policy))
      }
      return policies.map((policy) => pools.get(policy)?.dispatch(KEY)?.server?.id)
    }
    fc.assert(
      fc.property(fc.integer(), draws, (seed, policies) => {
        const alone = policies.filter((policy) => policy === '111')
        const among = chosen(seed, policies).filter((_, index) => policies[index] === '111')
        expect(among).toEqual(chosen(seed, alone))
      }),
    )
  })

  it('draws anew when the seed is set, and otherwise than another policy', () => {
    const { pools } = poolsWith(
      ...['111', '222'].flatMap((p) => SERVERS.map((s) => [p + s, p] as [string, string])),
    )
    for (const policy of ['111', '222']) configure(pools, policy, 'random')
    const places = (policy: string) =>
      Array.from({ length: 30 }, () => pools.get(policy)?.dispatch(KEY)?.server?.id.slice(3))
    pools.setSeed(7)
    const drawn = places('111')
    expect(places('222')).not.toEqual(drawn)
    pools.setSeed(7)
    expect(places('111')).toEqual(drawn)
    pools.setSeed(8)
    expect(places('111')).not.toEqual(drawn)
  })

  const histories = fc.array(
    fc.record({
      what: fc.constantFrom('join', 'move', 'leave', 'health', 'choose'),
      id: fc.constantFrom('1', '2', '3', '4'),
      policy: fc.constantFrom('111', '222'),
      tried: fc.uniqueArray(fc.constantFrom('1', '2', '3', '4'), { maxLength: 3 }),
    }),
    { maxLength: 60 },
  )
  it.each<AlgorithmName>(POOL_SETTINGS.algorithm.options.map(({ value }) => value))(
    'with %s chooses a member, untried, and up while another one is, however it is changed',
    (algorithm) => {
      fc.assert(
        fc.property(histories, (history) => {
          const pools = new Pools<Server>(TIME)
          for (const policy of ['111', '222']) configure(pools, policy, algorithm)
          const servers = new Map<string, Server>()
          for (const { what, id, policy, tried } of history) {
            const server = servers.get(id)
            if (what === 'join' && server === undefined) {
              servers.set(id, newServer(id, policy))
              pools.join(servers.get(id) as Server)
            } else if (what === 'move' && server) {
              pools.leave(server)
              server.policy = policy
              server.isDown = false
              pools.join(server)
            } else if (what === 'leave' && server) {
              pools.leave(server)
              servers.delete(id)
            } else if (what === 'health' && server) {
              if (server.isDown) pools.get(server.policy)?.registered(server)
              else pools.get(server.policy)?.restoreDown(server)
              server.isDown = !server.isDown
            } else if (what === 'choose') {
              const pool = pools.get(policy)
              const members = [...servers.values()].filter((other) => other.policy === policy)
              const untried = members.filter((member) => !tried.some((id) => id === member.id))
              const next = pool?.coming()[0] ?? null
              const dispatch = pool?.dispatch(KEY, tried)
              expect(new Set(pool?.ids)).toEqual(new Set(members.map(({ id }) => id)))
              if (dispatch?.server === undefined) expect(untried).toEqual([])
              else {
                expect(untried).toContain(dispatch.server)
                if (untried.some(({ isDown }) => !isDown)) {
                  expect(dispatch.server.isDown).toBeFalsy()
                }
              }
              if (tried.length === 0 && (algorithm === 'round-robin' || next !== null)) {
                expect(dispatch?.server?.id ?? null).toBe(next)
              }
            }
          }
        }),
      )
    },
  )
})

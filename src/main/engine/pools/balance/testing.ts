// For tests of the algorithms: members, what a choice is made for, and a pool that tests tell what happens.
import type { AlgorithmName } from '../../../../shared/decision/reason'
import { settled } from '../../../../shared/settings/derive'
import { POOL_SETTINGS, type PoolValues } from '../../../../shared/settings/pool'
import { createRandom, type Random } from '../../clock/random'
import { Pool } from '../pool'
import type { PoolServer } from '../pool-server'
import type { DecisionWatch } from '../watch'
import type { ChoiceContext, Member } from './algorithm'

interface TestMember extends Member {
  readonly node: string
  settings: { weight: number; maxConnections: number }
  weight: number
  maxConnections: number
  drain: boolean
  backup: boolean
  readonly load: { inFlight: number }
}

const FIRST_PORT = 21_101

export function members(...ids: string[]): TestMember[] {
  return weighted(Object.fromEntries(ids.map((id) => [id, 1])))
}

/** On the ports 21101, 21102 and so on. */
export function weighted(weights: Readonly<Record<string, number>>): TestMember[] {
  return Object.entries(weights).map(([id, weight], index) => ({
    id,
    node: `server:${id}`,
    settings: { weight, maxConnections: 0 },
    weight,
    address: '127.0.0.1',
    port: FIRST_PORT + index,
    drain: false,
    backup: false,
    maxConnections: 0,
    load: { inFlight: 0 },
  }))
}

export function ask(seed = 1, key = '1', now = 0): ChoiceContext {
  return { key, tried: 0, waited: false, now, random: createRandom(seed) }
}

/** A pool with an algorithm whose servers tests know by name. */
export class TestPool {
  readonly pool: Pool<PoolServer & TestMember>
  readonly servers: Map<string, TestMember>
  now = 0

  constructor(
    algorithm: AlgorithmName,
    members: readonly TestMember[],
    settings: Partial<PoolValues> = {},
    random: Random = createRandom(1),
  ) {
    this.pool = new Pool(settled(POOL_SETTINGS, { ...settings, algorithm }), random, this)
    this.servers = new Map(members.map((member) => [member.id, member]))
    for (const member of members) this.pool.join(member)
  }

  server(id: string): TestMember {
    const server = this.servers.get(id)
    if (server === undefined) throw new Error(`There is no server ${id}.`)
    return server
  }

  dispatch(key = '1', tried: readonly string[] = [], waited = false) {
    const dispatch = this.pool.dispatch(key, tried, waited)
    if (dispatch.server === undefined) throw new Error('Nobody is available.')
    return dispatch
  }

  /** The servers of the next messages. Each of them is answered before the next one comes. */
  oneByOne(count: number): string {
    return this.times(count, () => {
      const { server } = this.dispatch()
      this.pool.began(server)
      this.pool.reached(server)
      this.pool.ended(server, this.now - 1)
      return server.id
    })
  }

  /** The servers of the next messages, none of which is answered. */
  held(count: number): string {
    return this.times(count, () => {
      const { server } = this.dispatch()
      this.pool.began(server)
      return server.id
    })
  }

  /** For each key its server, as a text. */
  forKeys(keys: readonly string[]): string {
    return keys.map((key) => this.dispatch(key).server.id).join('')
  }

  /** It was chosen, and refuses. */
  refuses(id: string): void {
    this.pool.began(this.server(id))
    this.pool.ended(this.server(id), this.now, 'unreachable')
  }

  isUp(id: string): boolean {
    return this.pool.condition(this.server(id)).health === 'up'
  }

  answers(id: string, tookMs = 1): void {
    this.pool.ended(this.server(id), this.now - tookMs)
  }

  set(id: string, health: 'up' | 'down'): void {
    if (health === 'up') this.pool.registered(this.server(id))
    else this.pool.restoreDown(this.server(id))
  }

  weigh(id: string, weight: number): void {
    this.server(id).settings = { weight, maxConnections: 0 }
    this.pool.memberChanged()
  }

  /** Somebody looks, at everything that there is unless this is given. */
  watch(watched: DecisionWatch = { picture: true, others: true }): void {
    this.pool.watch(watched, (use) => createRandom(9, use))
  }

  switchTo(algorithm: AlgorithmName): void {
    this.pool.configure(settled(POOL_SETTINGS, { algorithm }))
  }

  leave(id: string): void {
    this.pool.leave(this.server(id))
  }

  private times(count: number, choose: () => string): string {
    return Array.from({ length: count }, choose).join(' ')
  }
}

/** `key-1`, `key-2` and so on. */
export function keys(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `key-${index + 1}`)
}

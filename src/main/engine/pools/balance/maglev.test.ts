// A table of Maglev and servers that fill up.
import { describe, expect, it } from 'vitest'
import { keys, members, TestPool } from './testing'

function limited(names: string, maxConnections: number): TestPool {
  const all = members(...names)
  for (const one of all) one.settings = { weight: 1, maxConnections }
  return new TestPool('maglev', all, { tableSize: 251 })
}

/** How many tables with this server are built from now on: each reads its address once. */
function countTables(pool: TestPool, of = 'a'): { readonly count: number } {
  const reads = { count: 0 }
  const { address } = pool.server(of)
  Object.defineProperty(pool.server(of), 'address', {
    get: () => {
      reads.count++
      return address
    },
  })
  return reads
}

describe('a server at its limit', () => {
  const KEYS = keys(60)

  it('keeps its slots: its keys go to the next slots, and those of others stay', () => {
    const pool = limited('abcd', 1)
    const serversFor = () => KEYS.map((key) => pool.dispatch(key).server.id)
    const before = serversFor()
    pool.pool.began(pool.server('b'))
    for (const [index, server] of serversFor().entries()) {
      if (before[index] === 'b') expect(server).not.toBe('b')
      else expect(server).toBe(before[index])
    }
    pool.answers('b')
    expect(serversFor()).toEqual(before)
  })

  it('makes no other table, however often it fills and has room again', () => {
    const pool = limited('abc', 1)
    const tables = countTables(pool)
    pool.dispatch()
    pool.pool.began(pool.server('a'))
    for (const key of KEYS) {
      const { server } = pool.dispatch(key)
      pool.pool.began(server)
      pool.dispatch(key)
      pool.answers(server.id)
    }
    expect(tables.count).toBe(1)
  })

  it('makes no other table where a backup helps out, either', () => {
    const pool = limited('abc', 1)
    for (const id of 'bc') pool.server(id).backup = true
    pool.pool.memberChanged()
    const tables = [countTables(pool), countTables(pool, 'b')]
    for (const key of KEYS) {
      const { server } = pool.dispatch(key)
      pool.pool.began(server)
      expect([server.id, pool.dispatch(key).server.id]).toEqual([
        'a',
        expect.stringMatching(/[bc]/),
      ])
      pool.answers('a')
    }
    expect(tables.map(({ count }) => count)).toEqual([1, 1])
  })

  it('gets no message where those with room have no slot', () => {
    const all = members(...'abcdefghij')
    for (const one of all) one.settings = { weight: 1, maxConnections: 1 }
    const pool = new TestPool('maglev', all, { tableSize: 7 })
    expect(new Set(pool.held(10).split(' ')).size).toBe(10)
  })
})

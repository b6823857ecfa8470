// A table of Maglev and servers that fill up.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { maglevTable } from '../../../../shared/balance/maglev-table'
import { keys, members, TestPool } from './testing'

vi.mock('../../../../shared/balance/maglev-table', { spy: true })

function limited(names: string, maxConnections: number): TestPool {
  const all = members(...names)
  for (const one of all) one.settings = { weight: 1, maxConnections }
  return new TestPool('maglev', all, { tableSize: 251 })
}

beforeEach(() => {
  vi.mocked(maglevTable).mockClear()
})

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
    pool.dispatch()
    pool.pool.began(pool.server('a'))
    for (const key of KEYS) {
      const { server } = pool.dispatch(key)
      pool.pool.began(server)
      pool.dispatch(key)
      pool.answers(server.id)
    }
    expect(maglevTable).toHaveBeenCalledTimes(1)
  })

  it('makes no other table where a backup helps out, either', () => {
    const pool = limited('ab', 1)
    const backup = pool.server('b')
    backup.backup = true
    pool.pool.memberChanged()
    for (const key of KEYS) {
      const { server } = pool.dispatch(key)
      pool.pool.began(server)
      expect([server.id, pool.dispatch(key).server.id]).toEqual(['a', 'b'])
      pool.answers('a')
    }
    expect(maglevTable).toHaveBeenCalledTimes(2)
  })

  it('gets no message where those with room have no slot', () => {
    const all = members(...'abcdefghij')
    for (const one of all) one.settings = { weight: 1, maxConnections: 1 }
    const pool = new TestPool('maglev', all, { tableSize: 7 })
    expect(new Set(pool.held(10).split(' ')).size).toBe(10)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roundRobin } from '../balance/round-robin'
import { SwitchingTable } from './switching-table'

function tableWith(...rows: [id: string, policy: string][]): SwitchingTable<number> {
  const table = new SwitchingTable(roundRobin)
  for (const [id, policy] of rows) register(table, id, policy)
  return table
}

function register(table: SwitchingTable<number>, id: string, policy: string, port = 5_000) {
  return table.register({ id, policy, port, address: '127.0.0.1', node: `server:${id}` })
}

describe('the message switching table', () => {
  it('has a row for each server, with the policy that it registered last', () => {
    const table = tableWith(['100', '111'], ['200', '222'], ['100', '222'])
    expect(table.size).toBe(2)
    expect(table.get('100')?.policy).toBe('222')
    expect(table.get('999')).toBeUndefined()
  })

  it('updates a row in place: the same server, up and to be proven again', () => {
    const table = tableWith(['100', '111'])
    const server = table.get('100')
    if (server) Object.assign(server, { health: 'down', proven: true })
    expect(register(table, '100', '111', 6_000)).toBe(server)
    expect(server).toMatchObject({ port: 6_000, health: 'up', proven: false })
    expect(table.rowOf(register(table, '100', '111'))).toEqual({
      server: '100',
      policy: '111',
      listenPort: 5_000,
      address: '127.0.0.1',
      node: 'server:100',
      health: 'up',
    })
  })

  it('picks with the receipt: place, number, and whom it passed over', () => {
    const table = tableWith(['1', '111'], ['2', '111'], ['3', '111'])
    const first = table.get('1')
    if (first) first.health = 'down'
    const pick = table.pick('111')
    expect(pick?.server.id).toBe('2')
    expect(pick).toMatchObject({
      candidates: ['1', '2', '3'],
      turn: 0,
      skipped: [{ server: '1', reason: 'down' }],
    })
  })

  it('knows nobody for a policy whose servers have left', () => {
    const table = tableWith(['1', '111'])
    expect(table.remove('1')?.id).toBe('1')
    expect(table.remove('1')).toBeUndefined()
    expect([table.pick('111'), table.next('111'), table.size]).toEqual([undefined, null, 0])
  })

  it('always picks whom it said would be next, however it is changed', () => {
    const ids = fc.constantFrom('1', '2', '3', '4')
    const policies = fc.constantFrom('111', '222')
    const step = fc.oneof(
      fc.record({ what: fc.constant('register' as const), id: ids, policy: policies }),
      fc.record({ what: fc.constantFrom('remove', 'turn'), id: ids, policy: policies }),
      fc.record({ what: fc.constant('pick' as const), id: ids, policy: policies }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const table = tableWith()
        const rows = new Map<string, string>()
        for (const { what, id, policy } of steps) {
          const server = table.get(id)
          if (what === 'register') {
            register(table, id, policy)
            rows.set(id, policy)
          } else if (what === 'remove') {
            table.remove(id)
            rows.delete(id)
          } else if (what === 'turn') {
            if (server) server.health = server.health === 'up' ? 'down' : 'up'
          } else {
            const next = table.next(policy)
            const pick = table.pick(policy)
            expect(pick?.server.id ?? null).toBe(next)
            const serving = [...rows].filter(([, served]) => served === policy)
            expect(new Set(pick?.candidates)).toEqual(new Set(serving.map(([id]) => id)))
            if (pick) expect(rows.get(pick.server.id)).toBe(policy)
          }
          expect(table.size).toBe(rows.size)
        }
      }),
    )
  })
})

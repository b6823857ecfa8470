import { describe, expect, it } from 'vitest'
import { rowOf, SwitchingTable } from './table'

function register(table: SwitchingTable, id: string, policy: string, port = 5_000) {
  const settings = { weight: 1, maxConnections: 0, backup: false, drain: false }
  const address = '127.0.0.1'
  return table.register({ id, policy, port, address, node: `server:${id}`, settings })
}

describe('the message switching table', () => {
  it('has a row for each server, with the policy that it registered last', () => {
    const table = new SwitchingTable()
    register(table, '100', '111')
    register(table, '200', '222')
    register(table, '100', '222')
    expect(table.size).toBe(2)
    expect(table.get('100')?.policy).toBe('222')
    expect(table.get('999')).toBeUndefined()
  })

  it('updates a row in place: the same server, to be proven again', () => {
    const table = new SwitchingTable()
    const server = register(table, '100', '111')
    Object.assign(server, { proven: true })
    expect(register(table, '100', '111', 6_000)).toBe(server)
    expect(server).toMatchObject({ port: 6_000, proven: false })
    expect(rowOf(register(table, '100', '111'))).toEqual({
      server: '100',
      policy: '111',
      listenPort: 5_000,
      address: '127.0.0.1',
      node: 'server:100',
      health: 'up',
    })
  })

  it('has no row for a server that was removed', () => {
    const table = new SwitchingTable()
    register(table, '1', '111')
    expect(table.remove('1')?.id).toBe('1')
    expect(table.remove('1')).toBeUndefined()
    expect([table.get('1'), table.size]).toEqual([undefined, 0])
  })
})

import { expect, it } from 'vitest'
import type { Node, Row } from '../events'
import { dueOf } from './due'

const WEIGHTED = new Map([
  ['111', 'weighted-round-robin'],
  ['222', 'weighted-round-robin'],
])

/** `100` is the server; each may be down, and all but that are backups. */
function due(health: Partial<Record<string, Row['health']>>, main: Partial<Node> = {}) {
  const rows = new Map<string, Row>()
  const nodes = new Map<string, Node>()
  for (const id of ['100', '300', '500']) {
    const node = `server:${id}`
    const at = { policy: '111', listenPort: 1, address: '', node }
    rows.set(id, { server: id, ...at, health: health[id] ?? 'up' })
    const own: Partial<Node> = id === '100' ? main : { backup: true, weight: id === '300' ? 3 : 1 }
    nodes.set(node, { id: node, role: 'server', origin: 'inside', ...own })
  }
  return ['100', '300', '500'].map((id) =>
    dueOf({ of: 'server', id }, { rows, nodes, algorithms: WEIGHTED }),
  )
}

it('nothing is due to backups while another server can be chosen, and then everything', () => {
  expect(due({})).toEqual([1, 0, 0])
  expect(due({ 100: 'down' })).toEqual([0, 0.75, 0.25])
  expect(due({}, { drain: true })).toEqual([0, 0.75, 0.25])
  expect(due({ 100: 'down', 300: 'down' })).toEqual([0, 0, 1])
  expect(due({ 100: 'down', 300: 'down', 500: 'down' })).toEqual([undefined, undefined, undefined])
})

it('is a server’s part of the weights of its policy, whatever others have, and nothing while it drains', () => {
  const servers = [
    { id: '100', policy: '111', weight: 3 },
    { id: '200', policy: '222', weight: 100 },
    { id: '300', policy: '111' },
    { id: '400', policy: '111', drain: true },
  ]
  const rows = new Map<string, Row>()
  const nodes = new Map<string, Node>()
  for (const { id, policy, ...own } of servers) {
    const node = `server:${id}`
    rows.set(id, { server: id, policy, listenPort: 1, address: '', node, health: 'up' })
    nodes.set(node, { id: node, role: 'server', origin: 'inside', ...own })
  }
  const setUp = { rows, nodes, algorithms: WEIGHTED }
  const dueTo = (id: string) => dueOf({ of: 'server', id }, setUp)
  expect(servers.map(({ id }) => dueTo(id))).toEqual([0.75, 1, 0.25, 0])
  expect([dueTo('999'), dueOf({ of: 'policy', id: '111' }, setUp)]).toEqual([undefined, undefined])
  const inTurn = { rows, nodes, algorithms: new Map<string, string>() }
  expect(servers.map(({ id }) => dueOf({ of: 'server', id }, inTurn))).toEqual([0.5, 1, 0.5, 0])
})

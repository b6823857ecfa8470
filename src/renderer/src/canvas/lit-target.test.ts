import { expect, it } from 'vitest'
import { decisionOf } from '../../../shared/decision/testing'
import type { NodeState, State } from '../../../shared/state/state'
import { packetWith, stateWith } from '../lab/testing'
import { faintBeside, litByTarget, litTargetSelector } from './lit-target'

const NODES = new Map(
  [
    { id: 'server:1', role: 'server', protocolId: '100', policy: '111' },
    { id: 'server:2', role: 'server', protocolId: '200', policy: '222' },
    { id: 'client:4', role: 'client', protocolId: '4', policy: '111' },
    { id: 'client:5', role: 'client', protocolId: '5', policy: '222' },
  ].map((node) => [node.id, node as NodeState]),
) as State['nodes']
/** Client 4's message is on its way to server 100, client 5's to the proxy. */
const SENT = packetWith({
  id: 1,
  from: 'client:4',
  status: 'delivered',
  decision: decisionOf({ exchange: 1, policy: '111' }),
})
const FORWARDED = packetWith({ id: 2, exchange: 1, from: 'proxy', to: 'server:1' })
const LAB: State = {
  ...stateWith([SENT, FORWARDED, packetWith({ id: 3, from: 'client:5' })]),
  nodes: NODES,
}

it('a node is lit with its link, and a server with its box', () => {
  const lit = litByTarget({ kind: 'node', id: 'server:1' }, LAB)
  expect(lit).toMatchObject({ nodes: new Set(['server:1']), boxes: new Set(['111']) })
  expect(lit?.links).toEqual(new Set(['server:1']))
  expect(litByTarget({ kind: 'node', id: 'proxy' }, LAB)).toMatchObject({ rings: 'all' })
  expect(litByTarget({ kind: 'link', id: 'client:5' }, LAB)).toMatchObject({ nodes: new Set() })
})

it('a policy is lit with its ring and its servers', () => {
  expect(litByTarget({ kind: 'policy', id: '222' }, LAB)).toMatchObject({
    nodes: new Set(['proxy', 'server:2']),
    rings: new Set(['222']),
    boxes: new Set(['222']),
  })
})

it('a message is lit where it is now', () => {
  const lit = litByTarget({ kind: 'packet', id: 1 }, LAB)
  expect(lit).toMatchObject({
    packet: 2,
    links: new Set(['server:1']),
    nodes: new Set(['proxy', 'server:1']),
    rings: new Set(['111']),
  })
})

it('other packets are faint', () => {
  const faint = faintBeside({ kind: 'packet', id: 1 }, () => LAB)
  expect([2, 3].map(faint)).toEqual([false, true])
  const beside = faintBeside({ kind: 'node', id: 'client:5' }, () => LAB)
  expect([2, 3].map(beside)).toEqual([true, false])
})

it('what has left the lab dims nothing', () => {
  expect(litByTarget({ kind: 'node', id: 'server:9' }, LAB)).toBeUndefined()
  expect(litByTarget({ kind: 'packet', id: 9 }, LAB)).toBeUndefined()
  const faint = faintBeside({ kind: 'node', id: 'server:9' }, () => LAB)
  expect(faint(2)).toBe(false)
})

it('stays the same while the same is lit', () => {
  const select = litTargetSelector({ kind: 'packet', id: 1 })
  const lit = select(LAB)
  expect(select({ ...LAB })).toBe(lit)
  const answered = packetWith({ id: 4, exchange: 1, from: 'server:1', to: 'proxy', kind: 2 })
  const inFlight = new Map([[4, answered]])
  expect(select({ ...LAB, inFlight } as State)?.packet).toBe(4)
})

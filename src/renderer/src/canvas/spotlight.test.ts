import { expect, it } from 'vitest'
import type { NodeState, State } from '../../../shared/state/state'
import { packetWith, stateWith } from '../lab/testing'
import { litBy } from './spotlight'

const NODES = new Map(
  [
    { id: 'server:1', role: 'server', protocolId: '100', policy: '111' },
    { id: 'outside:server:300', role: 'server', protocolId: '300', policy: '111' },
    { id: 'server:2', role: 'server', protocolId: '200', policy: '222' },
    { id: 'client:4', role: 'client', protocolId: '4', policy: '111' },
  ].map((node) => [node.id, node as NodeState]),
) as State['nodes']
const LAB: State = { ...stateWith([packetWith({ id: 1, from: 'client:4' })]), nodes: NODES }

it('dims nothing without a spotlight', () => {
  expect(litBy([], null, LAB)).toBeUndefined()
})

it('a server is lit with its link and the box around it', () => {
  const lit = litBy([{ kind: 'server', id: '300' }], null, LAB)
  expect(lit?.nodes).toEqual(new Set(['outside:server:300']))
  expect(lit?.links).toEqual(new Set(['outside:server:300']))
  expect(lit?.boxes).toEqual(new Set(['111']))
  expect(lit?.rings).toEqual(new Set())
})

it('the proxy is lit with all rings, unless one is named', () => {
  expect(litBy([{ kind: 'proxy' }], null, LAB)?.rings).toBe('all')
  const lit = litBy([{ kind: 'proxy' }, { kind: 'ring', policy: '111' }], null, LAB)
  expect(lit?.rings).toEqual(new Set(['111']))
  expect(lit?.nodes).toEqual(new Set(['proxy']))
})

it('a pool is lit with its servers', () => {
  const lit = litBy([{ kind: 'pool', policy: '111' }], null, LAB)
  expect(lit?.nodes).toEqual(new Set(['server:1', 'outside:server:300']))
})

it('the packet that waits is lit with its link; without one nothing else is', () => {
  const lit = litBy([{ kind: 'packet' }], 1, LAB)
  expect(lit).toMatchObject({ packet: 1, links: new Set(['client:4']) })
  expect(litBy([{ kind: 'packet' }], null, LAB)).toMatchObject({
    packet: undefined,
    links: new Set(),
  })
})

import { expect, it } from 'vitest'
import { settled } from '../../../shared/settings/derive'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { insideServer, serverRow } from '../../../shared/state/testing'
import { type PoolSource, poolChanges } from './pool-changes'

const lab = (inFlight: number, drain = false): PoolSource => ({
  ...INITIAL_STATE,
  rows: new Map([['100', serverRow('100', { inFlight })]]),
  nodes: new Map([['server:100', insideServer('100', { drain })]]),
})
const queue = (...exchanges: number[]): PoolSource => ({
  ...INITIAL_STATE,
  pools: new Map([['111', settled(POOL_SETTINGS, { queue: { max: 2, timeoutMs: 5_000 } })]]),
  waiting: new Map(exchanges.length === 0 ? [] : [['111', exchanges]]),
})

it('says that a server drains, is drained, and takes messages again', () => {
  expect(poolChanges(lab(2), lab(2, true))).toEqual(['Server 100 drains: 2 messages left.'])
  expect(poolChanges(lab(1, true), lab(0, true))).toEqual(['Server 100 is drained.'])
  expect(poolChanges(lab(0), lab(0, true))).toEqual(['Server 100 is drained.'])
  expect(poolChanges(lab(0, true), lab(0))).toEqual(['Server 100 takes messages again.'])
  expect(poolChanges(lab(2, true), lab(1, true))).toEqual([])
})

it('says that a queue begins, is full, and is empty again', () => {
  expect(poolChanges(queue(), queue(1))).toEqual(['Messages of policy 111 wait for a server.'])
  expect(poolChanges(queue(1), queue(1, 2))).toEqual(['The queue of policy 111 is full: 2 wait.'])
  expect(poolChanges(queue(1), queue(2))).toEqual([])
  expect(poolChanges(queue(1, 2), queue(2))).toEqual([])
  expect(poolChanges(queue(2), queue())).toEqual(['The queue of policy 111 is empty again.'])
})

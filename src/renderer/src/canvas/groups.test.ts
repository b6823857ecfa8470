// Which nodes of the room stand together, and which are folded to one.
import { expect, it } from 'vitest'
import { nodeId } from '../../../shared/ids'
import { type Folds, NO_CHOICE } from '../choices/folds'
import type { Actor } from './actor'
import { grouped, groupNodeOf, machineOfGroup } from './groups'

const ADA = '10.0.0.3'
const BEN = '10.0.0.4'

function actor(role: 'client' | 'server', id: string, machine?: string): Actor {
  const origin = machine === undefined ? 'inside' : 'outside'
  return { id: nodeId(origin, role, id, machine), role, origin, policy: '111' }
}

const ACTORS = [
  actor('client', '1', ADA),
  actor('server', '7', BEN),
  actor('client', '1'),
  actor('client', '1', BEN),
  actor('server', '100'),
  actor('client', '2', ADA),
]
const ids = (actors: readonly Actor[]) => actors.map(({ id }) => id)

it('has the clients of a machine side by side, and servers in the order of registration', () => {
  const { actors, members, machines } = grouped(ACTORS, NO_CHOICE)
  expect(ids(actors)).toEqual([
    `outside:[${BEN}]server:7`,
    'client:1',
    'server:100',
    `outside:[${ADA}]client:1`,
    `outside:[${ADA}]client:2`,
    `outside:[${BEN}]client:1`,
  ])
  expect(members.size).toBe(0)
  expect(machines).toEqual([ADA, BEN])
})

it('folds all programs of a machine to one node', () => {
  const { actors, members } = grouped(ACTORS, { ...NO_CHOICE, chosen: new Map([[BEN, true]]) })
  const group = groupNodeOf(BEN)
  expect(ids(actors)).toEqual([
    'client:1',
    'server:100',
    `outside:[${ADA}]client:1`,
    `outside:[${ADA}]client:2`,
    group,
  ])
  expect(members.get(group)).toEqual([`outside:[${BEN}]server:7`, `outside:[${BEN}]client:1`])
  expect([machineOfGroup(group), machineOfGroup('client:1')]).toEqual([BEN, undefined])
})

it('folds all but some', () => {
  const { actors } = grouped(ACTORS, { all: true, chosen: new Map([[ADA, false]]) })
  expect(ids(actors).filter((id) => machineOfGroup(id) !== undefined)).toEqual([groupNodeOf(BEN)])
})

it('folds all where there are many, until something else is chosen', () => {
  const many = Array.from({ length: 9 }, (_, index) => actor('client', '1', `10.0.0.${index}`))
  const folded = (folds: Folds) => grouped(many, folds).members.size
  expect(grouped(many.slice(1), NO_CHOICE).members.size).toBe(0)
  expect(folded(NO_CHOICE)).toBe(9)
  expect(folded({ all: undefined, chosen: new Map([['10.0.0.3', false]]) })).toBe(8)
  expect(folded({ all: false, chosen: new Map() })).toBe(0)
})

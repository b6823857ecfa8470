import { expect, it } from 'vitest'
import { clientsIn, labAt } from './picture'

const LAB = {
  name: 'One',
  ms: 1_000,
  metrics: [],
  servers: [],
  unfinished: 0,
  picturedMs: 1_000,
  nodes: ['client:1', 'proxy', 'server:100'],
  // Exchange 7: the question over both links, then the answer.
  packets: [7, 0, 1, 0, 100, 7, 1, 2, 150, 250, 7, 2, 1, 400, 500, 7, 1, 0, 500, 600],
}

it.each([
  [50, { moving: 1, waiting: 0, at: 0, given: 0 }],
  [120, { moving: 0, waiting: 1, at: 0, given: 0 }],
  [200, { moving: 1, waiting: 0, at: 0, given: 1 }],
  [300, { moving: 0, waiting: 0, at: 1, given: 1 }],
  [450, { moving: 1, waiting: 0, at: 0, given: 1 }],
  [900, { moving: 0, waiting: 0, at: 0, given: 1 }],
])('at %d ms a message is where it was', (atMs, expected) => {
  const { moving, waiting, at, given } = labAt(LAB, atMs)
  expect({
    moving: moving.length,
    waiting,
    at: at.get('server:100') ?? 0,
    given: given.get('server:100') ?? 0,
  }).toEqual(expected)
})

it('a packet is on its link by its time, and an answer is one', () => {
  expect(labAt(LAB, 175).moving).toEqual([
    { from: 'proxy', to: 'server:100', part: 0.25, isAnswer: false },
  ])
  expect(labAt(LAB, 550).moving).toEqual([
    { from: 'proxy', to: 'client:1', part: 0.5, isAnswer: true },
  ])
})

it('has the clients by number, not by their first message', () => {
  const nodes = ['client:10', 'proxy', 'client:2', 'server:100', 'client:1']
  expect(clientsIn({ ...LAB, nodes })).toEqual(['client:1', 'client:2', 'client:10'])
})

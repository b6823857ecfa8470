import { expect, it } from 'vitest'
import { decisionOf } from '../../../shared/decision/testing'
import type { NodeState, State } from '../../../shared/state/state'
import { testPacket, testState } from '../lab/testing'
import { explainedDecision } from './explained-decision'

const FIRST = decisionOf({ at: 5, exchange: 1, policy: '111' })
const RETRY = { ...FIRST, attempt: 2, at: 6 }
const LATEST = decisionOf({ at: 7, exchange: 2, policy: '222' })
const NODES = [
  { id: 'server:1', role: 'server', protocolId: '100', policy: '111' },
  { id: 'client:1', role: 'client', protocolId: '1', policy: '111' },
] as NodeState[]
const LAB: State = testState(
  [
    testPacket(1, { decision: RETRY, earlierDecisions: [FIRST] }),
    testPacket(2, { decision: LATEST }),
    testPacket(3),
    testPacket(4, { exchange: 1, kind: 2 }),
    testPacket(5, { kind: 1 }),
  ],
  {
    decisions: new Map([
      ['111', RETRY],
      ['222', LATEST],
    ]),
    nodes: new Map(NODES.map((node) => [node.id, node])) as State['nodes'],
  },
)

it('is the latest one while nothing else is chosen', () => {
  expect(explainedDecision(LAB, null, undefined)).toBe(LATEST)
  expect(explainedDecision(LAB, { kind: 'node', id: 'client:1' }, undefined)).toBe(LATEST)
  expect(explainedDecision(LAB, { kind: 'packet', id: 5 }, undefined)).toBe(LATEST)
  expect(explainedDecision(testState([]), null, undefined)).toBeUndefined()
})

it('is that of the selected message, whichever of its packets is selected', () => {
  expect(explainedDecision(LAB, { kind: 'packet', id: 4 }, undefined)).toBe(RETRY)
  expect(explainedDecision(LAB, { kind: 'packet', id: 3 }, undefined)).toBeUndefined()
})

it('is the last one of the selected policy or server', () => {
  expect(explainedDecision(LAB, { kind: 'policy', id: '111' }, undefined)).toBe(RETRY)
  expect(explainedDecision(LAB, { kind: 'node', id: 'server:1' }, undefined)).toBe(RETRY)
})

it('is the one that a lesson has revealed, before the latest', () => {
  expect(explainedDecision(LAB, null, { exchange: 1, attempt: 1 })).toBe(FIRST)
  expect(explainedDecision(LAB, { kind: 'policy', id: '222' }, { exchange: 1, attempt: 1 })).toBe(
    LATEST,
  )
})

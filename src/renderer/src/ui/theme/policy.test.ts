import { expect, it } from 'vitest'
import { policyIndex, policyPieces, policySwatch, policyVariable } from './policy'

const policies = Array.from({ length: 32 }, (_, index) => `p${index + 1}`)
const state = { slots: new Map(policies.map((policy, index) => [policy, index])) }

it('gives policies the colours in order of first appearance, and begins again after the eighth', () => {
  expect(policyVariable(state, 'p1')).toBe('var(--policy-1)')
  expect(policyVariable(state, 'p8')).toBe('var(--policy-8)')
  expect(policyVariable(state, 'p9')).toBe('var(--policy-1)')
})

it('gives thirty-two policies swatches of which none is like another', () => {
  expect(new Set(policies.map((policy) => policySwatch(state, policy))).size).toBe(32)
  expect(['p8', 'p9', 'p32'].map((policy) => policyPieces(state, policy))).toEqual([1, 2, 4])
  expect(policySwatch(state, 'p8')).toBe('var(--policy-8)')
  expect(policySwatch(state, 'p9')).toContain('var(--policy-1)')
})

it('gives an unknown policy no colour of its own', () => {
  expect(policyIndex(state, 'z')).toBeUndefined()
  expect(policyVariable(state, 'z')).toBe('var(--muted)')
  expect(policySwatch(state, undefined)).toBe('var(--muted)')
})

import { expect, it } from 'vitest'
import { policyIndex, policyVariable } from './policy'

const state = { next: new Map([...'abcdefghi'].map((policy) => [policy, null])) }

it('gives policies the colours in order of first appearance, and begins again after the eighth', () => {
  expect(policyVariable(state, 'a')).toBe('var(--policy-1)')
  expect(policyVariable(state, 'h')).toBe('var(--policy-8)')
  expect(policyVariable(state, 'i')).toBe('var(--policy-1)')
})

it('gives an unknown policy no colour of its own', () => {
  expect(policyIndex(state, 'z')).toBeUndefined()
  expect(policyVariable(state, 'z')).toBe('var(--muted)')
  expect(policyVariable(state, undefined)).toBe('var(--muted)')
})

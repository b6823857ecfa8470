// The colour of a policy: eight in turn, in the order in which the policies first appeared.
import type { ProtocolId } from '../../../../shared/ids'
import type { State } from '../../../../shared/state/state'
import { COLOURS } from './tokens'

/** The policy's index from 0; undefined for a policy that the proxy does not know. */
export function policyIndex(state: Pick<State, 'next'>, policy: ProtocolId): number | undefined {
  let index = 0
  for (const known of state.next.keys()) {
    if (known === policy) return index % COLOURS.light.policies.length
    index++
  }
  return undefined
}

/** The policy's colour as CSS: `var(--policy-1)` to `var(--policy-8)`; muted for an unknown one. */
export function policyVariable(state: Pick<State, 'next'>, policy: ProtocolId | undefined): string {
  const index = policy === undefined ? undefined : policyIndex(state, policy)
  return index === undefined ? 'var(--muted)' : `var(--policy-${index + 1})`
}

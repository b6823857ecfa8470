// The colour of a policy: eight in turn, in the order in which the policies first appeared.
import type { ProtocolId } from '../../../../shared/ids'
import type { State } from '../../../../shared/state/state'
import { COLOURS } from './tokens'

/** How much of the colour is in `textShade`, and in the style sheets' shades like it; the rest is ink. */
export const TEXT_SHARE = 70

/** The policy's index from 0; undefined for a policy that the proxy does not know. */
export function policyIndex(state: Pick<State, 'next'>, policy: ProtocolId): number | undefined {
  let index = 0
  for (const known of state.next.keys()) {
    if (known === policy) return index % COLOURS.light.policies.length
    index++
  }
  return undefined
}

/** A colour as CSS for text on a tint of itself, or on a selected row: mixed with ink. */
export function textShade(colour: string): string {
  return `color-mix(in srgb, ${colour} ${TEXT_SHARE}%, var(--ink))`
}

/** The policy's colour as CSS: `var(--policy-1)` to `var(--policy-8)`; muted for an unknown one. */
export function policyVariable(state: Pick<State, 'next'>, policy: ProtocolId | undefined): string {
  const index = policy === undefined ? undefined : policyIndex(state, policy)
  return index === undefined ? 'var(--muted)' : `var(--policy-${index + 1})`
}

// The colour of a policy: eight in turn, in the order in which the policies appeared. Where colours begin again, the
// swatches are cut into two, three and four pieces.
import type { ProtocolId } from '../../../../shared/ids'
import type { State } from '../../../../shared/state/state'
import { COLOURS } from './tokens'

/** More pieces could not be counted in a swatch of a line's height. */
const MOST_PIECES = 4
const PIECE_GAP = 2

/** How much of the colour is in `textShade`, and in the style sheets' shades like it; the rest is ink. */
export const TEXT_SHARE = 70

/** The index of the policy's colour from 0; undefined for a policy that nobody uses. */
export function policyIndex(state: Pick<State, 'slots'>, policy: ProtocolId): number | undefined {
  const slot = state.slots.get(policy)
  return slot === undefined ? undefined : slot % COLOURS.light.policies.length
}

/** A colour as CSS for text on a tint of itself, or on a selected row: mixed with ink. */
export function textShade(colour: string): string {
  return `color-mix(in srgb, ${colour} ${TEXT_SHARE}%, var(--ink))`
}

/** The policy's colour as CSS: `var(--policy-1)` to `var(--policy-8)`; muted for an unknown one. */
export function policyVariable(
  state: Pick<State, 'slots'>,
  policy: ProtocolId | undefined,
): string {
  const index = policy === undefined ? undefined : policyIndex(state, policy)
  return index === undefined ? 'var(--muted)' : `var(--policy-${index + 1})`
}

/** The number of pieces of the policy's swatch, 1 to MOST_PIECES. */
export function policyPieces(state: Pick<State, 'slots'>, policy: ProtocolId | undefined): number {
  const slot = policy === undefined ? undefined : state.slots.get(policy)
  return (Math.floor((slot ?? 0) / COLOURS.light.policies.length) % MOST_PIECES) + 1
}

/** The background of the policy's swatch as CSS: its colour, from top to bottom in as many pieces as it has. */
export function policySwatch(state: Pick<State, 'slots'>, policy: ProtocolId | undefined): string {
  const colour = policyVariable(state, policy)
  const pieces = policyPieces(state, policy)
  if (pieces === 1) return colour
  const period = `(100% + ${PIECE_GAP}px) / ${pieces}`
  const end = `calc(${period} - ${PIECE_GAP}px)`
  return `repeating-linear-gradient(${colour} 0 ${end}, transparent ${end} calc(${period}))`
}

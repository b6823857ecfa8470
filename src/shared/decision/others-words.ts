// What somebody looks at of a policy, in words: its next choices, keys that have moved, and what other algorithms choose.
import { counted, formatCount } from '../format'
import type { ProtocolId } from '../ids'
import { visibly } from '../visible-controls'
import type { KeysMoved } from './others'
import { MOST_NAMES } from './parts'

/** `Next: 100, 100, 300`. */
export function comingWords(coming: readonly ProtocolId[]): string {
  return visibly`Next: ${coming.join(', ')}`
}

/** `without 300: 11 keys moved, 19 stayed`. */
export function keysMovedBrief(keys: KeysMoved): string {
  const { moved } = keys
  return `${causeOf(keys)}: ${counted(moved, 'key')} moved, ${formatCount(keys.keys - moved)} stayed`
}

/** `Without 300, 11 of 30 keys have moved, none needlessly: each other key’s server is the same. …`. */
export function keysMovedWords(keys: KeysMoved): string {
  const { moved, needless, oneIn, gone, back } = keys
  const cause = causeOf(keys)
  const sentences = [
    `${cause.charAt(0).toUpperCase()}${cause.slice(1)}, ${formatCount(moved)} of ${counted(keys.keys, 'key')} moved and ${formatCount(keys.keys - moved)} stayed.`,
  ]
  if (moved > 0 && (gone.length > 0 || back.length > 0)) {
    sentences.push(
      needless === 0
        ? `None moved needlessly: ${needOf(keys)}.`
        : `${formatCount(needless)} moved needlessly: from a server that is still there to one that was there before.`,
    )
  }
  if (oneIn > 1) sentences.push(`That is a fair sample: one in ${oneIn} of the keys seen.`)
  return sentences.join(' ')
}

function needOf({ gone, back }: KeysMoved): string {
  if (back.length === 0) return 'each was on a server that is gone'
  if (gone.length === 0) return 'each went to a server that has come'
  return 'each was on a server that is gone, or went to one that has come'
}

function causeOf({ gone, back }: KeysMoved): string {
  const parts = [
    ...(gone.length > 0 ? [`without ${namesOf(gone)}`] : []),
    ...(back.length > 0 ? [`with ${namesOf(back)}`] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : 'with other weights or addresses'
}

function namesOf(servers: readonly ProtocolId[]): string {
  return servers.length > MOST_NAMES
    ? counted(servers.length, 'server')
    : visibly`${servers.join(', ')}`
}

// What sentences about decisions are made of.
import { counted } from '../format'
import type { ProtocolId } from '../ids'
import { POOL_SETTINGS } from '../settings/pool'
import { UNKNOWN } from '../settings/setting'
import type { Decision } from '../state/state'
import { withVisibleControls } from '../visible-controls'

/** Words, and in `strong` the names among them. */
export type Words = readonly (string | { strong: string })[]

/** More names than this are counted instead of listed. */
export const MOST_NAMES = 6

export const strong = (text: string) => ({ strong: withVisibleControls(text) })

export function namesOf(names: readonly ProtocolId[]): Words {
  if (names.length > MOST_NAMES) return [strong(counted(names.length, 'server'))]
  return names.flatMap((name, index) => {
    if (index === 0) return [strong(name)]
    return [index === names.length - 1 ? ' and ' : ', ', strong(name)]
  })
}

/** The name of an algorithm, to begin a sentence with: `Round-robin`. */
export function algorithmWords(algorithm: Decision['algorithm']): string {
  if (algorithm === UNKNOWN) return 'An algorithm of a newer version'
  return POOL_SETTINGS.algorithm.say(algorithm)
}

/** The same within a sentence, where only names begin with a capital: `round-robin`, `HAProxy round-robin`, `Maglev`. */
export function algorithmName(algorithm: Decision['algorithm']): string {
  const words = algorithmWords(algorithm)
  return /^(HAProxy|Maglev)/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1)
}

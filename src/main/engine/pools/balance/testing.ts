// For tests of the algorithms: members, and what a choice is made for.
import { createRandom } from '../../clock/random'
import type { Ask, Member } from './algorithm'

export function members(...ids: string[]): Member[] {
  return ids.map((id) => ({ id, weight: 1, load: { inFlight: 0 } }))
}

export function ask(seed = 1): Ask {
  return { key: '1', now: 0, random: createRandom(seed) }
}

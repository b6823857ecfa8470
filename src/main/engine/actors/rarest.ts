// The policy that a new node gets if none is asked for.
import type { ProtocolId } from '../../../shared/ids'

const FIRST_POLICY: ProtocolId = '111'

/** The value that occurs least often in `counted`; `also` adds values that `counted` may lack. */
export function rarest(counted: readonly ProtocolId[], also: readonly ProtocolId[]): ProtocolId {
  const counts = new Map<ProtocolId, number>()
  for (const value of [...counted, ...also]) counts.set(value, 0)
  for (const value of counted) counts.set(value, (counts.get(value) ?? 0) + 1)
  let best = FIRST_POLICY
  let least = Number.POSITIVE_INFINITY
  for (const [value, count] of counts) {
    if (count < least) {
      best = value
      least = count
    }
  }
  return best
}

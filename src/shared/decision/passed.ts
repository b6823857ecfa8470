// Why a server was passed over, in words with the numbers put in.
import { formatClock } from '../format'
import type { SimMs } from '../ids'
import type { PassedOver } from './reason'

/** As a sentence's end: `it is full: 2 of 2`, `it is ejected until 0:42`. */
export function whyWords({ why, until, limit, inFlight }: PassedOver): string {
  switch (why) {
    case 'down':
      return 'it is down'
    case 'tried':
      return 'an earlier attempt failed at it'
    case 'ejected':
      return `it is ejected${ends(until)}`
    case 'failing':
      return `too many messages failed at it: it is left alone${ends(until)}`
    case 'draining':
      return 'it drains: it takes no new messages'
    case 'full':
      if (limit === undefined) return 'it is full'
      return inFlight === undefined
        ? `it is full: its limit is ${limit}`
        : fullWords(inFlight, limit)
    case 'backup':
      return 'it is a backup, and stands by'
    case 'circuitOpen':
      return `its circuit breaker is open${ends(until)}`
    case 'unknown':
      return 'for a cause that this version does not know'
  }
}

/** After the server's name, in a caption: `full`. */
export const BRIEF_WHY: Readonly<Record<PassedOver['why'], string>> = {
  down: 'down',
  tried: 'tried',
  ejected: 'ejected',
  failing: 'failing',
  draining: 'draining',
  full: 'full',
  backup: 'a backup',
  circuitOpen: 'circuit open',
  unknown: 'for a cause that this version does not know',
}

/** More than the limit, where that was lowered. */
function fullWords(inFlight: number, limit: number): string {
  return inFlight > limit
    ? `it is full: it has ${inFlight}, and its limit is ${limit}`
    : `it is full: ${inFlight} of ${limit}`
}

function ends(until: SimMs | undefined): string {
  return until === undefined ? '' : ` until ${formatClock(until)}`
}

// What was seen of a program in the proxy's place, in words.
import type { ForeignState, SeenChoice } from '../../../shared/foreign-proxy'
import { counted, formatCount } from '../../../shared/format'
import { visibly } from '../../../shared/visible-controls'

/** `server 300, as round-robin would`; `server 300; round-robin’s turn: server 100`. */
export function choiceWords({ server, expected, attempt }: SeenChoice): string {
  const again = attempt > 1 ? ` at attempt ${attempt}` : ''
  if (expected === null) return visibly`server ${server}${again}`
  if (expected === server) return visibly`server ${server}, as round-robin would`
  return visibly`server ${server}; round-robin’s turn: server ${expected}`
}

export function tallyWords({ seen, expected, inTurn }: ForeignState): string {
  const all = counted(seen, 'choice')
  if (expected === 0) return all
  return `${all}, ${formatCount(inTurn)} of ${formatCount(expected)} as round-robin would`
}

/** What nobody outside of the program can know. */
export function unknownWords({ takesRegistrations }: ForeignState): string {
  return takesRegistrations
    ? 'Its table, why it chooses a server, whose turn is next, and whether messages wait in it: only its own program knows.'
    : 'Why it chooses a server, whose turn is next, what its health checks have found, and whether messages wait in it: only the program itself knows.'
}

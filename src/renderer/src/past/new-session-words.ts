// What a window says when another session has begun.
import type { UserRole } from '../../../shared/commands'
import type { Past } from './moment'

/** `view`: what it showed until then. */
export function newSessionWords(view: Past['view'], role: UserRole): string {
  const begun = 'A new session has begun: time, packet numbers and counters start at 0.'
  if (view !== 'past') return begun
  return role === 'viewer'
    ? `${begun} The past that you looked at belongs to the one before.`
    : `${begun} The one that you looked back at is kept under “Open recent”.`
}

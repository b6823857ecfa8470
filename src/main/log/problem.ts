// What the log says of a fault that nobody had thought of. Its words are not ours, and may quote a message's text: those of
// JSON.parse do. So what is in quotes is left out; where it happened is what counts.
import type { Problem } from '../../shared/contract'

export function problemText({ message, details }: Problem): string {
  return details === '' ? unquoted(message) : `${unquoted(message)} ${unquoted(details)}`
}

/** From the first quote to the last: what is quoted may have quotes in it. */
function unquoted(text: string): string {
  return text.replace(/".*"/s, '"…"')
}

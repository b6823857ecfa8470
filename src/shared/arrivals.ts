// The times of a file of arrivals, in ms after the start: any number in a line, with spaces, commas or semicolons
// between them. The text behind a # is a comment.
import { formatCount } from './format'
import { TRAFFIC } from './settings/features/traffic'
import { timeMistake, timesIn } from './traffic-texts'

type ReadArrivals =
  | { ok: true; arrivals: string; count: number }
  /** Says what is wrong, and in which line. */
  | { ok: false; error: string }

const { maxChars } = TRAFFIC.settings.arrivals

export function readArrivals(text: string): ReadArrivals {
  const times: string[] = []
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const [written = ''] = line.split('#')
    const words = timesIn(written)
    const mistake = timeMistake(words)
    if (mistake !== undefined) return { ok: false, error: `Line ${index + 1}: ${mistake}` }
    for (const word of words) times.push(word)
  }
  if (times.length === 0) return { ok: false, error: 'It has no times.' }
  const arrivals = times.join(' ')
  if (arrivals.length <= maxChars) return { ok: true, arrivals, count: times.length }
  const most = formatCount(maxChars)
  return {
    ok: false,
    error: `Its times are too many: all together they have at most ${most} characters.`,
  }
}

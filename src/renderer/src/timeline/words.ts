// A moment of the session in words and digits, as the timeline shows and announces it.

import { counted, formatCount } from '../../../shared/format'
import type { SimMs } from '../../../shared/ids'
import type { Past } from '../past/past'
import type { ShownMark } from './geometry'

/** `00:42.180`, `1:00:42.180`: of constant width, so that running digits do not move. */
export function formatMoment(at: SimMs): string {
  const ms = Math.max(0, Math.floor(at))
  return `${minutesOf(ms)}.${String(ms % 1000).padStart(3, '0')}`
}

/** `00:42`. */
export function formatStart(at: SimMs): string {
  return minutesOf(Math.max(0, Math.floor(at)))
}

/** `12.3 seconds`, `2 minutes 5.0 seconds`, for a screen reader. */
export function spokenMoment(at: SimMs): string {
  const tenths = Math.max(0, Math.floor(at / 100))
  const minutes = Math.floor(tenths / 600)
  const seconds = `${((tenths % 600) / 10).toFixed(1)} seconds`
  return minutes === 0 ? seconds : `${counted(minutes, 'minute')} ${seconds}`
}

/** The words of a screen reader for the moment on the screen. */
export function spokenPlace({ view, at, seq, extent }: Place): string {
  if (view === 'now') return `Live, ${spokenMoment(at)}`
  const where = view === 'past' ? 'Past' : 'Recording'
  const { firstSeq, lastSeq } = extent
  const place = `event ${formatCount(seq - firstSeq + 1)} of ${formatCount(lastSeq - firstSeq + 1)}`
  return `${where}, ${spokenMoment(at)}, ${place}`
}

type Place = Pick<Past, 'view' | 'at' | 'seq' | 'extent'>

const MARK_NOUNS = {
  registration: 'registration',
  error: 'error',
  held: 'held packet',
} as const satisfies Record<ShownMark['kind'], string>

/** `Registration at 00:01.200`, `3 errors, the first at 00:07.004`. */
export function markWords({ kind, count, first }: ShownMark): string {
  const noun = MARK_NOUNS[kind]
  const time = formatMoment(first.at)
  if (count > 1) return `${counted(count, noun)}, the first at ${time}`
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)} at ${time}`
}

function minutesOf(ms: number): string {
  const total = Math.floor(ms / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(total / 3600)
  const rest = `${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

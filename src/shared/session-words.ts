// A kept session in words, for lists and menus.
import type { KeptSession } from './contract'
import { counted } from './format'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** When it began, how long it took, how many messages it has, and its scenario. `now`: milliseconds since 1970. */
export function sessionWords(session: KeptSession, now: number): string {
  const { startedAt, messages, scenario } = session
  return [
    whenWords(startedAt, now),
    durationWords(session),
    ...(messages === null ? [] : [counted(messages, 'message')]),
    ...(scenario === null ? [] : [scenario]),
  ].join(' · ')
}

/** `Today 14:03`, `Yesterday 9:15`, `Tue 4 March 14:03`. */
export function whenWords(at: number, now: number): string {
  const date = new Date(at)
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const isDay = (day: number) => date.toDateString() === new Date(day).toDateString()
  if (isDay(now)) return `Today ${time}`
  if (isDay(now - DAY_MS)) return `Yesterday ${time}`
  const isThisYear = date.getFullYear() === new Date(now).getFullYear()
  const day = date.toLocaleDateString('en-GB', {
    ...(isThisYear ? { weekday: 'short' } : { year: 'numeric' }),
    day: 'numeric',
    month: 'long',
  })
  return `${day} ${time}`
}

/** In real time, from its beginning to its last event. */
export function durationWords({ startedAt, endedAt }: Pick<KeptSession, 'startedAt' | 'endedAt'>) {
  const minutes = Math.round((endedAt - startedAt) / MINUTE_MS)
  if (minutes < 1) return `${Math.max(1, Math.round((endedAt - startedAt) / 1000))} s`
  const hours = Math.floor(minutes / 60)
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`
}

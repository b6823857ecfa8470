// A moment of the session in words and digits, as the timeline shows and announces it.

import type { ClockState } from '../../../shared/clock-state'
import type { UserRole } from '../../../shared/commands'
import { counted, formatCount, shortenedId } from '../../../shared/format'
import type { SimMs } from '../../../shared/ids'
import type { Mark } from '../../../shared/state/marks'
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

export type Status = 'Live' | 'Idle' | 'Held' | 'Paused' | 'Offline' | 'Past' | 'Recording'

interface Showing {
  view: Past['view']
  connected: boolean
  paused: boolean
  /** Whether time runs and moves nothing. */
  idle: boolean
  /** Packets that breakpoints hold. */
  held: number
}

/** What the screen shows. A paused lab is never called live, nor one with held packets idle. */
export function timeStatus({ view, connected, paused, idle, held }: Showing): Status {
  if (view === 'past') return 'Past'
  if (view === 'recording') return 'Recording'
  if (!connected) return 'Offline'
  if (paused) return 'Paused'
  if (!idle) return 'Live'
  return held > 0 ? 'Held' : 'Idle'
}

/** The status as shown: `Live`, `7 held`. */
export function statusWords(status: Status, held: number): string {
  return status === 'Held' ? `${formatCount(held)} held` : status
}

/** Says while this window looks back whether the past plays and whether the lab runs. */
export function pastWords(
  { playing }: Pick<Past, 'playing'>,
  end: boolean,
  { paused, lookingBack }: ClockState,
): string {
  if (playing) return 'playing'
  if (end) return 'now is next'
  if (lookingBack) return 'the lab is paused until you come back'
  return paused ? 'the lab is paused' : 'the lab runs on'
}

interface Paused {
  /** Whether time is paused for an operator who looks back: not this window's. */
  lookingBack: boolean
  role: UserRole
  /** Messages that have not moved yet. */
  waiting: number
  short?: boolean
}

/** Why a paused lab waits; undefined where its person has just paused it. */
export function pausedWords({
  lookingBack,
  role,
  waiting,
  short = false,
}: Paused): string | undefined {
  const words: string[] = []
  if (lookingBack) words.push(`${role === 'operator' ? 'another' : 'an'} operator looks back`)
  if (waiting > 0) {
    const count = short ? formatCount(waiting) : counted(waiting, 'message')
    words.push(`${count} ${waiting === 1 ? 'waits' : 'wait'} for Play`)
  }
  return words.length > 0 ? words.join('; ') : undefined
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

/** `Registration at 00:01.200`, `Server 300 down at 00:07.004`, `3 errors, the first at 00:07.004`. */
export function markWords({ kind, count, first }: ShownMark): string {
  const time = formatMoment(first.at)
  if (count > 1) return `${severalMarks(kind, count)}, the first at ${time}`
  return `${oneMark(first)} at ${time}`
}

function oneMark({ kind, server }: Mark): string {
  const who = server === undefined ? 'Server' : `Server ${shortenedId(server, LONGEST_ID)}`
  switch (kind) {
    case 'registration':
      return 'Registration'
    case 'error':
      return 'Error'
    case 'held':
      return 'Held packet'
    case 'down':
      return `${who} down`
    case 'up':
      return `${who} up again`
  }
}

function severalMarks(kind: Mark['kind'], count: number): string {
  switch (kind) {
    case 'registration':
    case 'error':
      return counted(count, kind)
    case 'held':
      return counted(count, 'held packet')
    case 'down':
      return `Servers down ${formatCount(count)} times`
    case 'up':
      return `Servers up again ${formatCount(count)} times`
  }
}

const LONGEST_ID = 16

function minutesOf(ms: number): string {
  const total = Math.floor(ms / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(total / 3600)
  const rest = `${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

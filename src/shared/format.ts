// Formats numbers and times for people.
import type { SimMs } from './ids'
import { withVisibleControls } from './visible-controls'

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** `1234567` → `1,234,567`. */
export function formatCount(count: number): string {
  // Most are short, and this is called for each card.
  return Number.isInteger(count) && count >= 0 && count < 1000 ? String(count) : whole.format(count)
}

/** `3, 'server'` → `3 servers`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`
}

/** `1, 2 and 3`. */
export function listed(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), names.at(-1) ?? ''].filter(Boolean).join(' and ')
}

/** A simulated time: `41.270`, `2:05.001`, `1:00:00.000`. */
export function formatTime(at: SimMs): string {
  const totalMs = Math.max(0, Math.floor(at))
  const ms = String(totalMs % 1000).padStart(3, '0')
  const totalSeconds = Math.floor(totalMs / 1000)
  const seconds = totalSeconds % 60
  const minutes = Math.floor(totalSeconds / 60) % 60
  const hours = Math.floor(totalSeconds / 3600)
  if (hours > 0) return `${hours}:${pad(minutes)}:${pad(seconds)}.${ms}`
  if (minutes > 0) return `${minutes}:${pad(seconds)}.${ms}`
  return `${seconds}.${ms}`
}

/** A moment in whole seconds: `0:42`, `2:05`, `1:00:00`. */
export function formatClock(at: SimMs): string {
  const whole = formatTime(at).replace(/\.\d+$/, '')
  return whole.includes(':') ? whole : `0:${whole.padStart(2, '0')}`
}

/** A duration: `0.4 ms`, `600 ms`, `2.41 s`, `3 min 5 s`. */
export function formatDuration(ms: SimMs): string {
  if (ms < 9.95) return `${trimmed(ms.toFixed(1))} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_995) return `${trimmed((ms / 1000).toFixed(2))} s`
  const seconds = Math.round(ms / 1000)
  const rest = seconds % 60
  return rest === 0
    ? `${Math.floor(seconds / 60)} min`
    : `${Math.floor(seconds / 60)} min ${rest} s`
}

/** A latency to three digits, in seconds from 1,000 ms on: `200 µs`, `12.3 ms`, `420 ms`, `75.3 s`; `0` has no unit. */
export function formatLatency(ms: SimMs): string {
  if (ms === 0) return '0'
  if (ms < 1) return `${threeDigits(ms * 1000)} µs`
  return ms < 999.5 ? `${threeDigits(ms)} ms` : `${threeDigits(ms / 1000)} s`
}

/** A measured duration in a column, where all have as many digits: `2.40 s` instead of `2.4 s`. */
export function formatMeasured(ms: SimMs): string {
  return formatDuration(ms).replace(/^(\d+)(?:\.(\d))? s$/, (_, whole, tenths = '0') => {
    return `${whole}.${tenths}0 s`
  })
}

/** `69 bytes`, `1.5 KiB`, `1 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return counted(bytes, 'byte')
  if (bytes < 1024 * 1024) return `${trimmed((bytes / 1024).toFixed(1))} KiB`
  return `${trimmed((bytes / 1024 / 1024).toFixed(2))} MiB`
}

/** `0.25×`, `1×`, `10×`. */
export function formatSpeed(speed: number): string {
  return `${trimmed(speed.toFixed(2))}×`
}

/** Cuts a text to `length` characters, with an ellipsis if something is missing. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}

/**
 * Cuts an id to `length` characters in its middle: ids of one room or class differ at their ends. Counts code points, so
 * that none is split, and shows control characters as escapes.
 */
export function shortenedId(raw: string, length: number): string {
  const id = withVisibleControls(raw)
  if (id.length <= length) return id
  const points = [...id]
  if (points.length <= length) return id
  const tail = Math.floor((length - 1) / 2)
  const head = length - 1 - tail
  return `${points.slice(0, head).join('')}…${tail === 0 ? '' : points.slice(-tail).join('')}`
}

function threeDigits(value: number): string {
  return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)))
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}

function trimmed(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}

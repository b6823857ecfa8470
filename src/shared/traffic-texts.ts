// The texts in the settings of traffic: times of arrivals, and mixes by weight. Other texts are refused, with words that
// say what to write.
import { MAX_ID_CHARS } from './limits'
import { withVisibleControls } from './visible-controls'

const SHOWN_CHARS = 20

function quoted(text: string): string {
  return `“${withVisibleControls(text.slice(0, SHOWN_CHARS))}”`
}

/** The words of a line of times. */
export function timesIn(written: string): readonly string[] {
  return written.split(/[\s,;]+/).filter((word) => word !== '')
}

/** The first of the words that is no time; undefined if all are. */
export function timeMistake(words: readonly string[]): string | undefined {
  const wrong = words.find((word) => !/^\d+(\.\d+)?$/.test(word))
  return wrong === undefined ? undefined : `${quoted(wrong)} is not a time in ms, such as 12.5.`
}

export function arrivalsMistake(written: string): string | undefined {
  const mistake = timeMistake(timesIn(written))
  return mistake && `${mistake} Write times from 0 on, with commas between them: 0, 12.5, 40.`
}

export interface Weighted {
  readonly value: string
  readonly weight: number
}

/** Reads `111*3, 222`. A text without a weight has weight 1. */
export function mixOf(written: string): readonly Weighted[] {
  const parts = written.split(',').map((part) => part.trim())
  return parts.filter((part) => part !== '').map(weighted)
}

function weighted(part: string): Weighted {
  const [, value, weight] = /^(.+?)\s*\*\s*(\d+(?:\.\d+)?)$/.exec(part) ?? []
  return value === undefined ? { value: part, weight: 1 } : { value, weight: Number(weight) }
}

/** In a policy, a star comes before the weight. */
export function policiesMistake(written: string): string | undefined {
  const long = mixOf(written).find(({ value }) => value.length > MAX_ID_CHARS)
  const isLong = `is too long: a policy has at most ${MAX_ID_CHARS} characters.`
  return mixMistake(written, /\*/) ?? (long && `${quoted(long.value)} ${isLong}`)
}

/** A payload may have a star; a number after it is a weight. */
export function payloadsMistake(written: string): string | undefined {
  return mixMistake(written, /^\*\s*[\d.]+$|\*\s*-\s*[\d.]+$/)
}

function mixMistake(written: string, remains: RegExp): string | undefined {
  for (const { value, weight } of mixOf(written)) {
    if (remains.test(value)) {
      const right = value.replace(/\s*\*.*$/s, '') || '111'
      return `${quoted(value)} has no weight that can be used. Write a number above 0 after the star, such as ${withVisibleControls(right.slice(0, SHOWN_CHARS))}*3.`
    }
    if (!(weight > 0 && Number.isFinite(weight))) {
      return `The weight of ${quoted(value)} is ${weight}. Write one above 0, such as 3, or leave ${quoted(value)} out.`
    }
  }
  return undefined
}

/** Says which policies of a mix no server has; `had`: those that servers have. */
export function absentPolicies(written: string, had: ReadonlySet<string>): string | undefined {
  const absent = mixOf(written).find(({ value }) => !had.has(value))
  if (absent === undefined) return undefined
  const known = [...had].slice(0, 5).map(withVisibleControls).join(', ')
  const instead = had.size === 0 ? '' : `Write one that a server has, such as ${known}, or `
  const add = `${instead === '' ? 'Add' : 'add'} a server of this policy first.`
  return `No server has the policy ${quoted(absent.value)}. ${instead}${add}`
}

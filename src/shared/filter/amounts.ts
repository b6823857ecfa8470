// Numbers and lengths of time in a filter: `100`, `>100`, `100..200`, `1.5s`, `2:05`.
import { FilterError, type FilterValue } from './syntax'

/** Returns whether a number is in the range that a filter names. */
type NumberTest = (value: number) => boolean

interface Amount {
  value: number
  /** Half-open range of the values that the screen shows as this amount. */
  from: number
  to: number
}

type ReadAmount = (text: string) => Amount | undefined

/** Tests whole and decimal numbers, which are compared exactly. */
export function numberTest(value: FilterValue, key: string, example: string): NumberTest {
  return amountTest(value, exactNumber, () => `“${key}:” wants a number, like “${key}:${example}”`)
}

/** Tests durations in ms; a number without a unit means milliseconds. */
export function durationTest(value: FilterValue, key: string): NumberTest {
  return amountTest(
    value,
    duration,
    () => `“${key}:” wants a time in milliseconds, like “${key}:>1000”, or with its unit: “1.5s”`,
  )
}

/** Tests simulated times in ms, written as lists show them: seconds, or minutes and seconds. */
export function timeTest(value: FilterValue, key: string): NumberTest {
  return amountTest(
    value,
    timeOfDay,
    () => `“${key}:” wants a moment as the list shows it, like “${key}:>41.2” or “${key}:>2:05”`,
  )
}

/** A comparison (`>100`) or range (`100..200`) of numbers, or undefined if the value is neither. */
export function comparisonTest(value: FilterValue): NumberTest | undefined {
  if (value.quoted) return undefined
  const sign = /^(>=|<=|>|<)/.exec(value.text)?.[1]
  const range = /^(.+?)\.\.(.+)$/.exec(value.text)
  const isRange = range && exactNumber(range[1] ?? '') && exactNumber(range[2] ?? '')
  if (sign === undefined && !isRange) return undefined
  return amountTest(value, exactNumber, () => `After “${sign ?? ''}” a number is missing`)
}

function amountTest(value: FilterValue, read: ReadAmount, wanted: () => string): NumberTest {
  const { text, from, to } = value
  const amountOf = (part: string): Amount => {
    const amount = read(part)
    if (amount === undefined) throw new FilterError(`${wanted()}.`, from, to)
    return amount
  }
  const range = /^(.+?)\.\.(.+)$/.exec(text)
  if (range) {
    const first = amountOf(range[1] ?? '')
    const last = amountOf(range[2] ?? '')
    return (number) => number >= first.from && (number < last.to || number === last.value)
  }
  const [, sign = '', rest = ''] = /^(>=|<=|>|<|=)?(.*)$/s.exec(text) ?? []
  const amount = amountOf(rest)
  switch (sign) {
    case '>':
      return (number) => number > amount.value
    case '>=':
      return (number) => number >= amount.value
    case '<':
      return (number) => number < amount.value
    case '<=':
      return (number) => number <= amount.value
    default:
      return (number) => number === amount.value || (number >= amount.from && number < amount.to)
  }
}

function exactNumber(text: string): Amount | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined
  const value = Number(text)
  return { value, from: value, to: value }
}

const UNITS_MS = new Map([
  ['', 1],
  ['ms', 1],
  ['s', 1000],
  ['min', 60_000],
])

/** The screen rounds durations to their last digit. */
function duration(text: string): Amount | undefined {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|min|)$/i.exec(text) ?? []
  const unitMs = UNITS_MS.get(unit.toLowerCase())
  if (digits === '' || unitMs === undefined) return undefined
  const value = Number(digits) * unitMs
  const half = (stepOf(digits) * unitMs) / 2
  return { value, from: value - half, to: value + half }
}

/** The screen truncates times after their last digit. */
function timeOfDay(text: string): Amount | undefined {
  const parts = /^(?:(?:(\d+):)?(\d+):)?(\d+(?:\.\d+)?)(ms|s|)$/i.exec(text)
  if (!parts) return undefined
  const [, hours = '0', minutes = '0', seconds = '', unit = ''] = parts
  const unitMs = unit.toLowerCase() === 'ms' ? 1 : 1000
  const value = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * unitMs
  return { value, from: value, to: value + stepOf(seconds) * unitMs }
}

/** Returns the value of one unit of the last digit. */
function stepOf(digits: string): number {
  const decimals = digits.split('.')[1]?.length ?? 0
  return 10 ** -decimals
}

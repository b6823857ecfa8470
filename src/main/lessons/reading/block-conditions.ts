// Conditions of a block that can never come true, whatever the lab does: a field that no such event has, a number that no figure
// reaches, a time that is over before.

import { EVENTS } from '../../../shared/feed/event-table'
import type { AnyField, AnyFields } from '../../../shared/feed/field'
import { nearest } from '../../../shared/filter/spelling'
import { listed } from '../../../shared/format'
import type { JsonPath } from '../../../shared/json-path'
import type { Condition, EventCondition, FigureCondition } from '../../../shared/lesson/condition'
import type { Step } from '../../../shared/lesson/lesson'
import { DEFAULT_AT_MOST_MS } from '../wait'
import { askedConditions, type PlacedCondition, setupConditions, simpleParts } from './conditions'
import type { LessonProblems } from './problems'
import type { YamlText } from './yaml-text'

/** What each event has beside its own fields. */
const EVERY_EVENT = ['type', 'seq', 'at']

/** They are about no packet, node, row or policy, so that no filter fits them. */
const WITHOUT_FACTS: ReadonlySet<string> = new Set([
  'clock.changed',
  'links.changed',
  'fault.removed',
  'breakpoint.set',
  'breakpoint.removed',
])

/** No figure is below 0, and these are parts of a whole. */
const MOST: Readonly<Record<string, number>> = { share: 100, utilisation: 100 }

export function checkSetupConditions(
  setup: Step['setup'],
  yaml: YamlText,
  problems: LessonProblems,
): void {
  check(setupConditions(setup), setup.play?.atMostMs, ['play', 'atMostMs'], yaml, problems)
}

export function checkAskedConditions(
  asks: Step['asks'],
  yaml: YamlText,
  problems: LessonProblems,
): void {
  const atMostMs = asks.kind === 'ask' ? (asks.atMostMs ?? DEFAULT_AT_MOST_MS) : Infinity
  check(askedConditions(asks), atMostMs, ['atMostMs'], yaml, problems)
}

function check(
  conditions: readonly PlacedCondition[],
  atMostMs = DEFAULT_AT_MOST_MS,
  limitPath: JsonPath,
  yaml: YamlText,
  problems: LessonProblems,
): void {
  for (const { condition, path } of conditions) {
    const leastMs = leastMsOf(condition)
    if (leastMs > atMostMs) {
      problems.add(
        yaml.lineOf(path),
        `This takes ${leastMs} ms of simulated time at least, and it is not waited for longer than ${atMostMs} ms: give “${limitPath.join('.')}” a larger number.`,
      )
    }
    for (const part of simpleParts(condition, path)) {
      const fault = faultOf(part.condition)
      if (fault !== undefined) {
        problems.add(
          yaml.lineOf([...part.path, ...fault.path]),
          `It never comes true: ${fault.problem}`,
        )
      }
    }
  }
}

/** The time that passes at least until it can be true: figures look back on whole seconds that began after it. */
function leastMsOf(condition: Condition): number {
  if ('event' in condition) return 0
  if ('figure' in condition) return 1_000 * (condition.seconds ?? 1)
  if ('afterMs' in condition) return condition.afterMs
  if ('all' in condition) return Math.max(...condition.all.map(leastMsOf))
  if ('any' in condition) return Math.min(...condition.any.map(leastMsOf))
  return condition.inOrder.map(leastMsOf).reduce((sum, ms) => sum + ms, 0)
}

interface Fault {
  readonly path: JsonPath
  readonly problem: string
}

function faultOf(condition: Condition): Fault | undefined {
  if ('event' in condition) return faultOfEvent(condition)
  return 'figure' in condition ? faultOfFigure(condition) : undefined
}

function faultOfEvent({ event, where, with: values = {} }: EventCondition): Fault | undefined {
  if (where !== undefined && WITHOUT_FACTS.has(event)) {
    const problem = `“${event}” is about no packet and no node, so that no filter fits it. Remove “where”.`
    return { path: ['where'], problem }
  }
  for (const [name, wanted] of Object.entries(values)) {
    // What is missing is null.
    const problem = wanted === null ? undefined : faultOfField(event, name, String(wanted))
    if (problem !== undefined) return { path: ['with', name], problem }
  }
  return undefined
}

function faultOfField(event: EventCondition['event'], name: string, wanted: string) {
  if (EVERY_EVENT.includes(name)) return undefined
  let fields: AnyFields | undefined = EVENTS[event].fields
  let field: AnyField | undefined
  for (const key of name.split('.')) {
    if (fields === undefined) return undefined
    field = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (field === undefined) {
      const known = Object.keys(fields)
      const near = nearest(key, known)
      const advice = near === undefined ? `There are: ${listed(known)}.` : `Is “${near}” meant?`
      return `“${event}” has no field “${name}”. ${advice}`
    }
    fields = field.shape?.fields
  }
  const words = field?.choice?.words.map(String)
  if (words === undefined || words.includes(wanted)) return undefined
  return `“${name}” is ${words.map((word) => `“${word}”`).join(' or ')}, and not “${wanted}”.`
}

function faultOfFigure({ figure, above, below }: FigureCondition): Fault | undefined {
  const most = MOST[figure] ?? Infinity
  if (below !== undefined && below <= 0) {
    return { path: ['below'], problem: `“${figure}” is never below 0. Name a larger number.` }
  }
  if (above !== undefined && above >= most) {
    return {
      path: ['above'],
      problem: `“${figure}” is never above ${most}. Name a smaller number.`,
    }
  }
  if (above !== undefined && below !== undefined && above >= below) {
    const problem = `nothing is above ${above} and below ${below}. Name a larger number for “below”, or a smaller one for “above”.`
    return { path: ['above'], problem }
  }
  return undefined
}

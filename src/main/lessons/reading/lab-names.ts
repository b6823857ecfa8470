// Servers, clients and policies that a step names and its lab does not have, and counts that its messages do not reach.
import { type FilterTree, parseTree } from '../../../shared/filter/syntax'
import { listed } from '../../../shared/format'
import type { JsonPath } from '../../../shared/json-path'
import type { Condition, EventCondition } from '../../../shared/lesson/condition'
import type { Lesson } from '../../../shared/lesson/lesson'
import { spotlightOf } from '../../../shared/lesson/spotlight'
import { askedConditions, type PlacedCondition, setupConditions, simpleParts } from './conditions'
import { type KnownLab, knownLabs } from './known-lab'
import type { LessonProblems } from './problems'
import type { ReadBlock, ReadStep } from './step'

/** Each happens once for each message at most. */
const ONCE: ReadonlySet<EventCondition['event']> = new Set(['exchange.finished', 'answer.verified'])

type Kind = 'server' | 'client' | 'policy' | 'server of policy'

interface Missing {
  readonly path: JsonPath
  readonly kind: Kind
  readonly id: string
}

export function adviseOnNames(
  lesson: Pick<Lesson, 'scenarios' | 'steps'>,
  steps: readonly ReadStep[],
  problems: LessonProblems,
): void {
  for (const [index, lab] of knownLabs(lesson).entries()) {
    const read = steps[index]
    if (lab === undefined || read === undefined) continue
    const { step, setup, asks } = read
    const tell = (block: ReadBlock | undefined, { path, kind, id }: Missing) =>
      problems.warn(block?.lineOf(path) ?? step.line, missingWords(lab, kind, id))
    for (const name of namedBySpotlight(step.setup)) if (!has(lab, name)) tell(setup, name)
    for (const name of namedByAsk(step.asks)) if (!has(lab, name)) tell(asks, name)
    // What comes later may be about what a person has added meanwhile.
    if (!lab.isKept) continue
    for (const name of named(setupConditions(step.setup))) if (!has(lab, name)) tell(setup, name)
    for (const name of named(askedConditions(step.asks))) if (!has(lab, name)) tell(asks, name)
    tellTooMany(lab, askedConditions(step.asks), asks, problems)
  }
}

function idsOf({ servers, clients, policies, served }: KnownLab, kind: Kind): ReadonlySet<string> {
  switch (kind) {
    case 'server':
      return servers
    case 'client':
      return clients
    case 'policy':
      return policies
    case 'server of policy':
      return served
  }
}

function has(lab: KnownLab, { kind, id }: Missing): boolean {
  return idsOf(lab, kind).has(id)
}

function missingWords(lab: KnownLab, kind: Kind, id: string): string {
  const known = [...idsOf(lab, kind)]
  const advice =
    known.length === 0 ? 'Add it' : `Name one that it has (${listed(known)}), or add it`
  return `${lab.name} has no ${kind} “${id}”, and no command adds it. ${advice} in “commands”.`
}

function namedBySpotlight({ spotlight = [] }: ReadStep['step']['setup']): Missing[] {
  return spotlight.flatMap((text, index): Missing[] => {
    const path = ['spotlight', index]
    const shown = spotlightOf(text)
    switch (shown?.kind) {
      case 'server':
      case 'client':
        return [{ path, kind: shown.kind, id: shown.id }]
      case 'link':
        return [{ path, kind: shown.of, id: shown.id }]
      case 'ring':
      case 'pool':
        return [{ path, kind: 'server of policy', id: shown.policy }]
      default:
        return []
    }
  })
}

function namedByAsk(asks: ReadStep['step']['asks']): Missing[] {
  if (asks.kind !== 'ask') return []
  const { gate } = asks
  return [
    ...('policy' in asks
      ? [{ path: ['policy'], kind: 'server of policy' as const, id: asks.policy }]
      : []),
    ...(gate?.send === undefined
      ? []
      : [{ path: ['gate', 'send'], kind: 'client' as const, id: gate.send }]),
    ...(asks.ask === 'number' && 'figure' in asks.truth
      ? namedByFigure(asks.truth.of, ['truth', 'of'])
      : []),
  ]
}

function named(conditions: readonly PlacedCondition[]): Missing[] {
  return conditions.flatMap(({ condition, path }) =>
    simpleParts(condition, path).flatMap((part) => namedBy(part.condition, part.path)),
  )
}

function namedBy(condition: Condition, path: JsonPath): Missing[] {
  if ('figure' in condition) return namedByFigure(condition.of, [...path, 'of'])
  if (!('event' in condition)) return []
  const { where, with: values = {} } = condition
  const byFields = Object.entries(values).flatMap(([field, value]) =>
    namedByField(field, String(value ?? ''), [...path, 'with', field]),
  )
  return where === undefined ? byFields : [...byFields, ...namedByFilter(where, [...path, 'where'])]
}

function namedByFigure(of: string, path: JsonPath): Missing[] {
  const [, kind, id = ''] = /^(server|client|policy) (.*)$/u.exec(of) ?? []
  return kind === undefined ? [] : [{ path, kind: kind as Kind, id: id.trim() }]
}

/** Nodes of the app itself are named by what they are; other ids by their fields. */
function namedByField(field: string, value: string, path: JsonPath): Missing[] {
  const [, kind, id = ''] = /^(server|client):(.+)$/u.exec(value) ?? []
  if (kind !== undefined) return [{ path, kind: kind as Kind, id }]
  const last = field.split('.').at(-1)
  return value !== '' && (last === 'server' || last === 'policy')
    ? [{ path, kind: last, id: value }]
    : []
}

/** Terms that must fit, each with one id. */
function namedByFilter(where: string, path: JsonPath): Missing[] {
  const tree = parseTree(where)
  const terms: readonly FilterTree[] = tree?.kind === 'all' ? tree.parts : tree ? [tree] : []
  return terms.flatMap((term): Missing[] => {
    if (term.kind !== 'key' || term.values.length !== 1) return []
    const key = term.key.toLowerCase()
    const id = term.values[0]?.text ?? ''
    const isId = /^\w+$/.test(id)
    return isId && (key === 'server' || key === 'client' || key === 'policy')
      ? [{ path, kind: key, id }]
      : []
  })
}

function tellTooMany(
  { messages }: KnownLab,
  conditions: readonly PlacedCondition[],
  block: ReadBlock | undefined,
  problems: LessonProblems,
): void {
  for (const { condition, path } of conditions) {
    for (const part of simpleParts(condition, path)) {
      if (!('event' in part.condition) || !ONCE.has(part.condition.event)) continue
      const { event, count = 1 } = part.condition
      if (count <= messages) continue
      problems.warn(
        block?.lineOf([...part.path, 'count']) ?? 0,
        `It never comes true: “${event}” happens once for each message, and the lesson sends ${messages} up to here. Name a smaller “count”, or send more.`,
      )
    }
  }
}

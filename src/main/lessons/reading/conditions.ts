// The conditions in the blocks of a step, each with its place in the block.
import type { JsonPath } from '../../../shared/json-path'
import type { Condition } from '../../../shared/lesson/condition'
import type { Step } from '../../../shared/lesson/lesson'

export interface PlacedCondition {
  readonly condition: Condition
  readonly path: JsonPath
}

export function setupConditions({ play }: Step['setup']): readonly PlacedCondition[] {
  return play === undefined ? [] : [{ condition: play.until, path: ['play', 'until'] }]
}

/** The conditions of the block that asks. */
export function askedConditions(asks: Step['asks']): readonly PlacedCondition[] {
  switch (asks.kind) {
    case 'ask':
      return [
        ...placed(asks.until, ['until']),
        ...(asks.ask === 'number' && 'counts' in asks.truth
          ? placed(asks.truth.counts, ['truth', 'counts'])
          : []),
        ...(asks.ask === 'choice'
          ? asks.choices.flatMap(({ when }, index) => placed(when, ['choices', index, 'when']))
          : []),
      ]
    case 'task':
      return [
        ...placed(asks.done, ['done']),
        ...(asks.never ?? []).flatMap(({ condition }, index) =>
          placed(condition, ['never', index, 'condition']),
        ),
      ]
    default:
      return []
  }
}

function placed(condition: Condition | undefined, path: JsonPath): PlacedCondition[] {
  return condition === undefined ? [] : [{ condition, path }]
}

/** The events, figures and times that it is made of. */
export function simpleParts(condition: Condition, path: JsonPath): readonly PlacedCondition[] {
  for (const kind of ['all', 'any', 'inOrder'] as const) {
    const parts: readonly Condition[] | undefined = Reflect.get(condition, kind)
    if (parts === undefined) continue
    return parts.flatMap((part, index) => simpleParts(part, [...path, kind, index]))
  }
  return [{ condition, path }]
}

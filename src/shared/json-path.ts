// Where a value is in a file of JSON.
import type * as v from 'valibot'

/** The keys that lead to a value in a file: `servers`, 2, `id`. */
export type JsonPath = readonly (string | number)[]

/** The indexes of values that stood in the list before, each with the index of the first. */
export function repeated(values: readonly unknown[]): [index: number, first: number][] {
  const seen = new Map<unknown, number>()
  return values.flatMap((value, index): [number, number][] => {
    const first = value === undefined ? undefined : seen.get(value)
    if (first !== undefined) return [[index, first]]
    seen.set(value, index)
    return []
  })
}

export function issuePath(value: unknown, path: JsonPath): [v.IssuePathItem, ...v.IssuePathItem[]] {
  let input = value
  const items = path.map((key): v.IssuePathItem => {
    const item = { type: 'unknown', origin: 'value', input, key } as const
    input = (input as Record<string | number, unknown>)[key]
    return { ...item, value: input }
  })
  return items as [v.IssuePathItem, ...v.IssuePathItem[]]
}

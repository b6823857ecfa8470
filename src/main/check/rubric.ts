// A rubric: an instructor's points for each requirement, and those that are left out.
import * as v from 'valibot'
import { errorText } from '../../shared/error-text'
import { UNQUOTED } from '../../shared/issue-text'
import type { Requirement } from './requirements/requirement'

const RUBRIC = v.strictObject({
  points: v.optional(v.record(v.string(), v.pipe(v.number(), v.minValue(0), v.maxValue(1_000)))),
  leaveOut: v.optional(v.array(v.string())),
})

export type Rubric = v.InferOutput<typeof RUBRIC>

/** Throws an Error whose message is a sentence. */
export function readRubric(text: string, known: readonly string[]): Rubric {
  const { points = {}, leaveOut = [] } = parsed(text)
  for (const id of [...Object.keys(points), ...leaveOut]) {
    if (known.includes(id)) continue
    throw new Error(
      `The rubric names “${id}”, which is no requirement; there are ${known.join(', ')}.`,
    )
  }
  if (known.every((id) => leaveOut.includes(id))) {
    throw new Error('The rubric leaves out every requirement: there is nothing to check.')
  }
  return { points, leaveOut }
}

function parsed(text: string): Rubric {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`The rubric is not JSON: ${errorText(error)}.`)
  }
  if (Array.isArray(value)) {
    throw new Error('The rubric must be an object in braces; here it is a list.')
  }
  const { success, issues, output } = v.safeParse(RUBRIC, value, UNQUOTED)
  if (success) return output
  const [issue] = issues
  throw new Error(`The rubric’s ${v.getDotPath(issue) ?? 'text'}: ${issue.message}`)
}

/** The requirements that are left, with the rubric's points. */
export function byRubric<S>(
  requirements: readonly Requirement<S>[],
  { points = {}, leaveOut = [] }: Rubric,
): Requirement<S>[] {
  return requirements
    .filter(({ id }) => !leaveOut.includes(id))
    .map((requirement) => ({
      ...requirement,
      points: points[requirement.id] ?? requirement.points,
    }))
}

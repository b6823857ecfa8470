// Tries all requirements, several at a time.
import type { CheckedRequirement, HomeworkResult } from '../../shared/check/result'
import type { ProgramKind } from '../programs'
import { inLanes } from './lanes'
import type { Requirement } from './requirements/requirement'
import { byRubric, type Rubric } from './rubric'
import type { CheckLimits } from './stage'

export interface CheckOptions<S> {
  /** The program's name in reports. */
  readonly program: string
  readonly limits?: CheckLimits
  /** How many requirements are tried at once. */
  readonly lanes?: number
  readonly rubric?: Rubric
  /** Instead of all. */
  readonly requirements?: readonly Requirement<S>[]
  /** Ends the check, and all programs. */
  readonly signal?: AbortSignal
  /** Gets how the program spells the protocol, as soon as that is known. */
  readonly onDialect?: (words: string) => void
  /** Gets each as soon as it has been tried, in no order. */
  readonly onChecked?: (checked: CheckedRequirement) => void
}

/** Most of a requirement's time is spent waiting. */
export const DEFAULT_LANES = 4

interface Trying<S> {
  readonly kind: ProgramKind
  readonly dialect: string
  readonly startedAt: number
  attempt(requirement: Requirement<S>): Promise<CheckedRequirement>
}

export async function tryAll<S>(
  options: CheckOptions<S>,
  all: readonly Requirement<S>[],
  { kind, dialect, startedAt, attempt }: Trying<S>,
): Promise<HomeworkResult> {
  const { program, lanes = DEFAULT_LANES, rubric = {}, requirements = all, onChecked } = options
  options.onDialect?.(dialect)
  const results = await inLanes(byRubric(requirements, rubric), lanes, async (requirement) => {
    const checked = await attempt(requirement)
    onChecked?.(checked)
    return checked
  })
  const tookMs = Math.round(performance.now() - startedAt)
  return { subject: kind, program, dialect, requirements: results, tookMs }
}

// Whether the check of a task names requirements that the check of such a program has.
import { nearest } from '../../../shared/filter/spelling'
import { listed } from '../../../shared/format'
import type { Task } from '../../../shared/lesson/lesson'
import { requirementsOf } from '../../check/index'
import type { LessonProblems } from './problems'
import type { YamlText } from './yaml-text'

/** `check` is undefined for a task that checks no program. */
export function checkRequirements(
  check: Task['check'],
  yaml: YamlText,
  problems: LessonProblems,
): void {
  if (check === undefined) return
  const known = requirementsOf(check.program).map(({ id }) => id)
  for (const [index, id] of check.requirements.entries()) {
    if (known.includes(id)) continue
    const near = nearest(id, known)
    const advice = near === undefined ? `There are: ${listed(known)}.` : `Is “${near}” meant?`
    problems.add(
      yaml.lineOf(['check', 'requirements', index]),
      `The check of a ${check.program} has no requirement “${id.slice(0, 60)}”. ${advice}`,
    )
  }
}

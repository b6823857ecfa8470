// A line for each program, for a spreadsheet: the sums first, then how each requirement ended.
import { csvTable } from '../../csv'
import { type CheckedRequirement, type HomeworkResult, tallyOf } from '../result'

/** The results have the same requirements. */
export function csvReport(results: readonly HomeworkResult[]): string {
  const ids = results[0]?.requirements.map(({ id }) => id) ?? []
  const head = ['program', 'points', 'of', 'passed', 'failed', 'not tried', 'dialect', ...ids]
  return csvTable([head, ...results.map(cells)])
}

function cells(result: HomeworkResult): string[] {
  const { program, dialect, requirements } = result
  const { points, pointsPossible, passed, failed, notTried } = tallyOf(result)
  const sums = [points, pointsPossible, passed, failed, notTried].map(String)
  return [program, ...sums, dialect, ...requirements.map(ending)]
}

function ending({ outcome, how }: CheckedRequirement): string {
  return outcome === 'failed' ? (how ?? outcome) : outcome
}

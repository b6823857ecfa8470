// The reports by the name of their format.
import { type HomeworkResult, tallyOf } from '../result'
import { csvReport } from './csv'
import { gradescopeFault, gradescopeReport } from './gradescope'
import { htmlReport } from './html'
import { jsonReport } from './json'
import { junitReport } from './junit'
import { markdownReport } from './markdown'
import { type ReportMarks, terminalReport } from './terminal'

export const REPORT_FORMATS = [
  'text',
  'json',
  'junit',
  'html',
  'markdown',
  'gradescope',
  'csv',
] as const

export type ReportFormat = (typeof REPORT_FORMATS)[number]

export function reportOf(result: HomeworkResult, format: ReportFormat, mark?: ReportMarks): string {
  switch (format) {
    case 'text':
      return terminalReport(result, mark)
    case 'json':
      return jsonReport(result)
    case 'junit':
      return junitReport(result)
    case 'html':
      return htmlReport(result)
    case 'markdown':
      return markdownReport(result)
    case 'gradescope':
      return gradescopeReport(result)
    case 'csv':
      return csvReport([result])
  }
}

/** The report on a program that could not be checked; undefined if nothing reads one in this format. */
export function faultReport(sentence: string, format: ReportFormat): string | undefined {
  return format === 'gradescope' ? gradescopeFault(sentence) : undefined
}

/** The report on a class; undefined if the format cannot report on many programs. */
export function classReport(
  results: readonly HomeworkResult[],
  format: ReportFormat,
): string | undefined {
  switch (format) {
    case 'text':
      return classTable(results)
    case 'json':
      return results.map(jsonReport).join('\n')
    case 'csv':
      return csvReport(results)
    default:
      return undefined
  }
}

function classTable(results: readonly HomeworkResult[]): string {
  const width = Math.max(...results.map(({ program }) => program.length))
  return results
    .map((result) => {
      const { passed, points, pointsPossible } = tallyOf(result)
      const [first] = result.requirements.filter(({ outcome }) => outcome !== 'passed')
      const sums = `${passed} of ${result.requirements.length}  ${points} of ${pointsPossible} points`
      return `${result.program.padEnd(width)}  ${sums}${first === undefined ? '' : `  first: ${first.id}`}`
    })
    .join('\n')
}

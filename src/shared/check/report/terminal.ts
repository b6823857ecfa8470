// The report for a terminal: a line for each requirement, and the first that failed explained whole.
import { formatDuration } from '../../format'
import { type CheckedRequirement, type HomeworkResult, tallyOf } from '../result'
import { endingWords, exchangeLines, explained } from './lines'

/** Marks text; off a terminal it returns the text alone. */
export type ReportMarks = (colour: 'green' | 'red' | 'dim' | 'bold', text: string) => string

const SHOWN_EVENTS = 16
const NAME_WIDTH = 11

export function terminalReport(
  result: HomeworkResult,
  mark: ReportMarks = (_, text) => text,
): string {
  const { subject, program, dialect, requirements, tookMs } = result
  const width = Math.max(...requirements.map(({ id }) => id.length))
  const { passed, failed, notTried, points, pointsPossible } = tallyOf(result)
  const first = requirements.find(({ outcome }) => outcome === 'failed')
  const others = notTried === 0 ? '' : `, ${notTried} not tried`
  return [
    `${mark('bold', `Homework check of a ${subject}`)}: ${program}`,
    `Dialect: ${dialect}`,
    '',
    ...requirements
      .filter((requirement) => !isNotTried(requirement))
      .map((requirement) => line(requirement, width, mark)),
    ...together(requirements.filter(isNotTried), mark),
    ...(first === undefined ? [] : explanation(first, mark)),
    '',
    ...(failed > 1 ? ['Each of the others is explained by --format html.', ''] : []),
    `${passed} of ${requirements.length} passed, ${failed} failed${others}; ${points} of ${pointsPossible} points; ${formatDuration(tookMs)}`,
  ].join('\n')
}

/** What was not tried, in one line for each reason. */
function together(requirements: readonly CheckedRequirement[], mark: ReportMarks): string[] {
  const reasons = new Set(requirements.map(({ reason }) => reason))
  return [...reasons].map((reason) => {
    const ids = requirements.filter((one) => one.reason === reason).map(({ id }) => id)
    return mark('dim', `– not tried, because ${reason}: ${ids.join(', ')}`)
  })
}

function isNotTried({ outcome }: CheckedRequirement): boolean {
  return outcome === 'not tried'
}

function line(requirement: CheckedRequirement, width: number, mark: ReportMarks): string {
  const { id, title, outcome } = requirement
  const name = id.padEnd(width)
  switch (outcome) {
    case 'passed':
      return `${mark('green', '✓')} ${name}  ${title}`
    case 'failed':
      return `${mark('red', '✗')} ${name}  ${title}: ${mark('red', endingWords(requirement))}`
    case 'not tried':
      return mark('dim', `– ${name}  ${endingWords(requirement)}`)
  }
}

function explanation(requirement: CheckedRequirement, mark: ReportMarks): string[] {
  const { id, title, points, evidence } = requirement
  const exchange = exchangeLines(evidence?.exchange ?? [], SHOWN_EVENTS)
  return [
    '',
    `${mark('bold', 'The first that failed')}: ${id} (${points} points)`,
    `  ${title}`,
    '',
    ...explained(requirement).map(([name, text]) => `  ${name.padEnd(NAME_WIDTH)}${text}`),
    '',
    ...exchange.map((text) => `  ${mark('dim', text)}`),
  ]
}

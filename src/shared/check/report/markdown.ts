// The report as Markdown: for an issue, a pull request, or the summary of a workflow.
import { formatDuration } from '../../format'
import { type CheckedRequirement, type HomeworkResult, tallyOf } from '../result'
import { endingWords, exchangeLines, explained } from './lines'

const SHOWN_EVENTS = 30
const MARKS = { passed: '✅', failed: '❌', 'not tried': '➖' } as const

export function markdownReport(result: HomeworkResult): string {
  const { subject, program, dialect, requirements, tookMs } = result
  const { passed, failed, notTried, points, pointsPossible } = tallyOf(result)
  const first = requirements.find(({ outcome }) => outcome === 'failed')
  return [
    `## Homework check of a ${subject}`,
    '',
    `${code(program)}: **${passed} of ${requirements.length} passed**, ${failed} failed${notTried === 0 ? '' : `, ${notTried} not tried`}, ${points} of ${pointsPossible} points, in ${formatDuration(tookMs)}.`,
    '',
    `Dialect: ${escaped(dialect)}.`,
    '',
    '| | requirement | | points |',
    '| --- | --- | --- | ---: |',
    ...requirements.map(row),
    ...(first === undefined ? [] : explanation(first)),
    '',
  ].join('\n')
}

function row(requirement: CheckedRequirement): string {
  const { id, title, outcome, points } = requirement
  const got = outcome === 'passed' ? points : 0
  const ending = endingWords(requirement)
  const words = ending === '' ? escaped(title) : `${escaped(title)}: ${escaped(ending)}`
  return `| ${MARKS[outcome]} | \`${id}\` | ${words} | ${got} / ${points} |`
}

function explanation(requirement: CheckedRequirement): string[] {
  const { id, title, evidence } = requirement
  return [
    '',
    `### The first that failed: \`${id}\``,
    '',
    `${escaped(title)}.`,
    '',
    ...explained(requirement).map(([name, text]) => `- **${name}**: ${escaped(text)}`),
    '',
    ...exchangeLines(evidence?.exchange ?? [], SHOWN_EVENTS).map((line) => `    ${line}`),
  ]
}

/** In a code span nothing has a meaning but a backtick, of which it needs fewer than its fence. */
function code(text: string): string {
  return `\`\` ${text.replaceAll('``', '` `')} \`\``
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|~#]/g, '\\$&').replaceAll('\n', ' ')
}

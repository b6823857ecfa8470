// The report as Gradescope's autograder reads it: `/autograder/results/results.json`.
import { type CheckedRequirement, type HomeworkResult, tallyOf } from '../result'
import { endingWords, exchangeLines, explained } from './lines'

const SHOWN_EVENTS = 30

export function gradescopeReport(result: HomeworkResult): string {
  const { subject, dialect, requirements, tookMs } = result
  const { passed, points } = tallyOf(result)
  return JSON.stringify(
    {
      score: points,
      execution_time: Math.ceil(tookMs / 1000),
      output: `Homework check of a ${subject}: ${passed} of ${requirements.length} passed.\nDialect: ${dialect}.`,
      output_format: 'text',
      test_output_format: 'text',
      visibility: 'visible',
      stdout_visibility: 'hidden',
      tests: requirements.map(gradescopeTest),
    },
    undefined,
    2,
  )
}

/** The report on a program that could not be checked. Without one, Gradescope would say only that the autograder failed. */
export function gradescopeFault(sentence: string): string {
  return JSON.stringify({
    score: 0,
    output: sentence,
    output_format: 'text',
    visibility: 'visible',
  })
}

function gradescopeTest(requirement: CheckedRequirement, index: number): object {
  const { id, title, points, outcome, evidence } = requirement
  const hasPassed = outcome === 'passed'
  const lines = [
    endingWords(requirement),
    ...explained(requirement).map(([name, text]) => `${name}: ${text}`),
    '',
    ...exchangeLines(evidence?.exchange ?? [], SHOWN_EVENTS),
  ]
  return {
    name: `${id}: ${title}`,
    number: `${index + 1}`,
    score: hasPassed ? points : 0,
    max_score: points,
    status: hasPassed ? 'passed' : 'failed',
    output: lines.join('\n').trim(),
    visibility: 'visible',
  }
}

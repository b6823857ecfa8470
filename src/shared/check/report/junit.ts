// The report as JUnit XML, which continuous integration shows beside the tests.
import { type CheckedRequirement, type HomeworkResult, tallyOf } from '../result'
import { endingWords, exchangeLines, explained } from './lines'
import { markupText } from './markup-text'

const SHOWN_EVENTS = 40

export function junitReport(result: HomeworkResult): string {
  const { subject, requirements, tookMs, program, dialect } = result
  const { failed, notTried } = tallyOf(result)
  const suite = `name="Homework check: ${subject}" tests="${requirements.length}" failures="${failed}" errors="0" skipped="${notTried}" time="${tookMs / 1000}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites>`,
    `<testsuite ${suite}>`,
    `<properties><property name="program" value="${markupText(program)}"/><property name="dialect" value="${markupText(dialect)}"/></properties>`,
    ...requirements.map((requirement) => testCase(requirement, subject)),
    '</testsuite>',
    '</testsuites>',
  ].join('\n')
}

function testCase(requirement: CheckedRequirement, subject: string): string {
  const { id, title, outcome, how, evidence, tookMs } = requirement
  const start = `<testcase classname="${subject}" name="${markupText(`${id}: ${title}`)}" time="${tookMs / 1000}"`
  if (outcome === 'passed') return `${start}/>`
  const words = markupText(endingWords(requirement))
  if (outcome === 'not tried') return `${start}><skipped message="${words}"/></testcase>`
  const pairs = explained(requirement).map(([name, text]) => `${name}: ${text}`)
  const lines = [...pairs, ...exchangeLines(evidence?.exchange ?? [], SHOWN_EVENTS)]
  const text = markupText(lines.join('\n'))
  return `${start}><failure type="${how}" message="${words}">${text}</failure></testcase>`
}

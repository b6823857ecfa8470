// The report as one line of JSON, for scripts. `readJsonReport` reads back what a run over a class has kept.
import * as v from 'valibot'
import { type CheckedRequirement, type HomeworkResult, tallyOf } from '../result'

export function jsonReport(result: HomeworkResult): string {
  const { subject, program, dialect, requirements, tookMs } = result
  return JSON.stringify({
    subject,
    program,
    dialect,
    requirements: requirements.map(jsonRequirement),
    ...tallyOf(result),
    tookMs,
  })
}

function jsonRequirement(requirement: CheckedRequirement): object {
  const { id, title, outcome, how, reason, points, evidence } = requirement
  return { id, title, outcome, how, reason, points, evidence }
}

const KEPT = v.object({
  subject: v.picklist(['proxy', 'server', 'client']),
  program: v.string(),
  dialect: v.string(),
  tookMs: v.number(),
  requirements: v.array(
    v.object({
      id: v.string(),
      title: v.string(),
      outcome: v.picklist(['passed', 'failed', 'not tried']),
      how: v.exactOptional(v.picklist(['wrong', 'hangs', 'closes', 'ends'])),
      reason: v.exactOptional(v.string()),
      points: v.number(),
    }),
  ),
})

/** Without the evidence. Undefined: the text is no such report. */
export function readJsonReport(text: string): HomeworkResult | undefined {
  try {
    const kept = v.parse(KEPT, JSON.parse(text))
    const rest = { why: '', hint: '', tookMs: 0 }
    return { ...kept, requirements: kept.requirements.map((one) => ({ ...rest, ...one })) }
  } catch {
    return undefined
  }
}

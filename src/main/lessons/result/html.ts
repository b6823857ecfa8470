// A result as one page to print or to hand in: it needs nothing else and runs nothing.
import { markupText } from '../../../shared/check/report/markup-text'
import { counted } from '../../../shared/format'
import type { LessonResult, StepResult } from './result'

const STYLE = `
body { margin: 2rem auto; max-width: 46rem; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; color: #171b22; background: #fff }
h2 { margin: 1.5rem 0 .25rem; font-size: 1.1rem; break-after: avoid } .muted { color: #5a6372 }
section { break-inside: avoid; border-top: 1px solid #dfe3e9 }
p, blockquote { white-space: pre-wrap; overflow-wrap: anywhere } blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 3px solid #dfe3e9 }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; overflow-wrap: anywhere }
`

export function htmlResult(result: LessonResult): string {
  const { lesson, name, begunAt, writtenAt, summary, steps } = result
  const title = `${lesson.title}${name === '' ? '' : `: ${name}`}`
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${markupText(title)}</title>
<style>${STYLE}</style>
<h1>${markupText(lesson.title)}</h1>
${name === '' ? '' : `<p><strong>${markupText(name)}</strong></p>\n`}<p>${markupText(summaryWords(summary))}</p>
<p class="muted">Begun ${markupText(timeWords(begunAt))}, written ${markupText(timeWords(writtenAt))}.</p>
${steps.map(section).join('\n')}
</html>`
}

function summaryWords(summary: LessonResult['summary']): string {
  const { predictions, right, tasks, done, explanations, written, skipped } = summary
  return [
    predictions > 0 && `${right} of ${counted(predictions, 'prediction')} right at once`,
    tasks > 0 && `${done} of ${counted(tasks, 'task')} done`,
    explanations > 0 && `${written} of ${counted(explanations, 'explanation')} written`,
    skipped > 0 && `${counted(skipped, 'step')} skipped`,
  ]
    .filter(Boolean)
    .join('; ')
    .concat('.')
}

function section(step: StepResult): string {
  const { title, question, outcome, endedAt, explanation, hints, predictions } = step
  const when = endedAt === null ? '' : `, ${timeWords(endedAt)}`
  const helped = hints === 0 ? '' : `, ${counted(hints, 'hint')}`
  return `<section>
<h2>${step.step}. ${markupText(title)}</h2>
<p>${markupText(question)}</p>
${predictions.length === 0 ? '' : `${table(predictions)}\n`}${explanation === null ? '' : `<blockquote>${markupText(explanation)}</blockquote>\n`}<p class="muted">${markupText(`${outcome}${when}${helped}`)}</p>
</section>`
}

function table(predictions: StepResult['predictions']): string {
  const rows = predictions.map(
    ({ at, predicted, happened, difference }) =>
      `<tr><td>${markupText(timeWords(at))}</td><td>${markupText(predicted)}</td><td>${markupText(happened)}</td><td>${markupText(difference)}</td></tr>`,
  )
  return `<table><thead><tr><th>When</th><th>Predicted</th><th>What happened</th><th>Difference</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`
}

/** `2026-11-29 18:50:16 UTC`. */
function timeWords(iso: string): string {
  return iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')
}

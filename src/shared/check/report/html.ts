// The report as one page that needs nothing else: each failed requirement opens.
import { formatDuration } from '../../format'
import { type CheckedRequirement, type HomeworkResult, tallyOf } from '../result'
import { endingWords, exchangeLines, explained } from './lines'
import { markupText } from './markup-text'

const SHOWN_EVENTS = 200
const MARKS = { passed: '✓', failed: '✗', 'not tried': '–' } as const

const STYLE = `
:root { color-scheme: light dark; --ink: #171b22; --muted: #5a6372; --line: #dfe3e9; --soft: #eef1f5; --page: #fafbfc;
  --passed: #0b8a6b; --failed: #c93c20 }
@media (prefers-color-scheme: dark) { :root { --ink: #e9edf3; --muted: #98a3b3; --line: #262d38; --soft: #1c222b;
  --page: #11151b; --passed: #3fd0a4; --failed: #ff7a59 } }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--page) }
code, pre { font: 13px/1.5 ui-monospace, monospace }
ol { list-style: none; padding: 0; border-top: 1px solid var(--line) }
li { border-bottom: 1px solid var(--line); padding: .5rem 0; display: grid; grid-template-columns: 1.5rem minmax(0, 1fr) auto; gap: .5rem }
.mark { font-weight: 700 } .passed .mark { color: var(--passed) } .failed .mark { color: var(--failed) }
.muted { color: var(--muted) } li > .muted { white-space: nowrap } pre { background: var(--soft); padding: .75rem; margin-right: 0;
  white-space: pre-wrap; overflow-wrap: anywhere }
dl { margin: .5rem 0 1rem; display: grid; grid-template-columns: 6rem 1fr; gap: .25rem .75rem } dt { color: var(--muted) } dd { margin: 0; overflow-wrap: anywhere }
`

export function htmlReport(result: HomeworkResult): string {
  const { subject, program, dialect, requirements, tookMs } = result
  const { passed, failed, notTried, points, pointsPossible } = tallyOf(result)
  const first = requirements.find(({ outcome }) => outcome === 'failed')
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${markupText(program)}: homework check of a ${subject}</title>
<style>${STYLE}</style>
<h1>Homework check of a ${subject}</h1>
<p><code>${markupText(program)}</code></p>
<p><strong>${passed} of ${requirements.length} passed</strong>, ${failed} failed${notTried === 0 ? '' : `, ${notTried} not tried`}; ${points} of ${pointsPossible} points; ${formatDuration(tookMs)}.</p>
<p>Dialect: ${markupText(dialect)}.</p>
<ol>
${requirements.map((requirement) => item(requirement, requirement === first)).join('\n')}
</ol>
</html>`
}

function item(requirement: CheckedRequirement, isOpen: boolean): string {
  const { id, title, outcome, points } = requirement
  const got = outcome === 'passed' ? points : 0
  const ending = endingWords(requirement)
  const words = `${markupText(title)}${ending === '' ? '' : `: <strong>${markupText(ending)}</strong>`} <code class="muted">${id}</code>`
  const body =
    outcome === 'failed'
      ? `<details${isOpen ? ' open' : ''}><summary>${words}</summary>${details(requirement)}</details>`
      : `<span>${words}</span>`
  const name = outcome.replace(' ', '-')
  return `<li class="${name}"><span class="mark" role="img" aria-label="${outcome}">${MARKS[outcome]}</span>${body}<span class="muted">${got} / ${points}</span></li>`
}

function details(requirement: CheckedRequirement): string {
  const pairs = explained(requirement).map(
    ([name, text]) => `<dt>${name}</dt><dd>${markupText(text)}</dd>`,
  )
  const exchange = exchangeLines(requirement.evidence?.exchange ?? [], SHOWN_EVENTS)
  return `<dl>${pairs.join('')}</dl><pre>${markupText(exchange.join('\n'))}</pre>`
}

// A comparison as one HTML file that needs nothing else: no script, nothing from elsewhere. Every name in it is escaped.
import { formatDuration } from '../format'
import type { Scenario } from '../scenario'
import { writeScenario } from '../scenario-file'
import { visibly } from '../visible-controls'
import { CHART_BOX, lineShapes, type Shape, shareShapes } from './chart-shapes'
import { type FigureTable, lineTable, shareTable } from './chart-tables'
import { CHART_DASHES, type ComparedChart, comparedCharts } from './charts'
import type { Comparison } from './comparison'
import { figureRows } from './figures'
import { shareBars } from './share-bars'
import { type ComparedShare, comparedShares } from './shares'
import { comparedAlgorithms, differenceWords, stoppedWords } from './words'

/** Text that is markup already and must not be escaped. */
class Markup {
  constructor(readonly text: string) {}
}

type Part = string | number | Markup | readonly Markup[]

/** Escapes the values in the template, unless they are markup. */
function html(parts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  const texts = values.map((value) => {
    if (value instanceof Markup) return value.text
    if (typeof value === 'object') return value.map(({ text }) => text).join('')
    return escaped(String(value))
  })
  return new Markup(parts.map((part, index) => part + (texts[index] ?? '')).join(''))
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
}

/** `scenario`: what was compared. `source`: where the messages came from, as a sentence. */
export function comparisonReport(
  comparison: Comparison,
  scenario: Scenario,
  source: string,
): string {
  const { labs } = comparison
  const ms = Math.max(...labs.map((lab) => lab.ms))
  const algorithms = comparedAlgorithms(scenario)
  const names = labs.map(({ name }) => name)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${scenario.name}: side by side</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<h1>${scenario.name}: side by side</h1>
<p>Compared: ${labs.map(({ name }) => visibly`“${name}”`).join(', ')}. ${source} Seed ${scenario.seed ?? 1}, ${formatDuration(ms)} of simulated time, the same arrivals and service times for each, and the same faults on clients’ links.</p>
${comparison.stopped ? html`<p><strong>${stoppedWords(comparison.stopped)}</strong></p>` : ''}
<p><strong>${differenceWords(comparison)}</strong></p>
<h2>Figures</h2>
<table>
<thead><tr><th scope="col">Figure</th>${labs.map(({ name }, lab) => html`<th scope="col">${key(lab)}${name}${algorithms[lab] ? html`<br><small>${algorithms[lab]}</small>` : ''}</th>`)}</tr></thead>
<tbody>
${figureRows(comparison).map(
  ({ label, values, ratios }) =>
    html`<tr><th scope="row">${label}</th>${values.map(
      (value, lab) =>
        html`<td>${value}${lab > 0 ? html` <small>${ratios[lab] ?? ''}</small>` : ''}</td>`,
    )}</tr>
`,
)}</tbody>
</table>
<p><small>×: the ratio to the first.</small></p>
<h2>Second by second</h2>
<div class="charts">${sharesMarkup(comparedShares(comparison), names)}${comparedCharts(comparison).map(chartMarkup)}</div>
<h2>Scenario</h2>
<pre>${writeScenario(scenario)}</pre>
<p><small>Made by Roundabout. The scenario above, saved as a file that ends in .roundabout-scenario, can be opened in it and compared again.</small></p>
</body>
</html>
`.text
}

/** A chart, and its figures as a table, which opens under it. */
function figure(
  caption: string,
  name: string,
  shapes: readonly Shape[],
  table: FigureTable,
): Markup {
  return html`<figure>
<figcaption>${caption}</figcaption>
<svg viewBox="${CHART_BOX.join(' ')}" role="img" aria-label="${name}">
${shapes.map(shapeMarkup)}
</svg>
<details><summary>Table</summary>
<table>
<caption>${table.caption}</caption>
<thead><tr>${table.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${table.rows.map(
  ({
    head,
    cells,
  }) => html`<tr><th scope="row">${head}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
)}</tbody>
</table></details>
</figure>`
}

/** React's names of attributes, as SVG has them. */
const SVG_NAMES: Readonly<Record<string, string>> = {
  className: 'class',
  strokeDasharray: 'stroke-dasharray',
  textAnchor: 'text-anchor',
}

function shapeMarkup({ tag, attributes, text = '', title }: Shape): Markup {
  const names = Object.entries(attributes).map(
    ([name, value]) => html` ${SVG_NAMES[name] ?? name}="${value}"`,
  )
  return html`<${tag}${names}>${text}${title === undefined ? '' : html`<title>${title}</title>`}</${tag}>`
}

function chartMarkup(chart: ComparedChart): Markup {
  const caption = `${chart.title}${chart.unit === '' ? '' : ` (${chart.unit})`}`
  return figure(caption, chart.title, lineShapes(chart), lineTable(chart))
}

function sharesMarkup(shares: readonly ComparedShare[], labs: readonly string[]): Markup {
  const bars = shareBars(shares)
  return figure(
    `Share beside the due one (%)${bars.left > 0 ? `, without the ${bars.left} servers that differ least` : ''}`,
    'Share of each server; a line shows the due one',
    shareShapes(bars),
    shareTable(shares, labs),
  )
}

/** A piece of the lab's line. */
function key(lab: number): Markup {
  return html`<svg class="key" viewBox="0 0 28 8" aria-hidden="true"><path data-lab="${lab}" stroke-dasharray="${CHART_DASHES[lab] ?? 'none'}" d="M1 4H27"/></svg> `
}

const STYLE = `
:root { color-scheme: light dark; --ink: #171b22; --muted: #5a6372; --line: #dfe3e9; --panel: #fff;
  --lab-0: #2f5bea; --lab-1: #b8327f; --lab-2: #087799; --lab-3: #9c5a1a }
@media (prefers-color-scheme: dark) { :root { --ink: #e9edf3; --muted: #98a3b3; --line: #262d38; --panel: #151a21;
  --lab-0: #7c9bff; --lab-1: #f58fc6; --lab-2: #5cc8ec; --lab-3: #e3a86b } }
body { max-width: 1100px; margin: 32px auto; padding: 0 24px; background: var(--panel); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif }
table { border-collapse: collapse }
tbody th { white-space: nowrap }
th, td { padding: 4px 20px 4px 0; border-bottom: 1px solid var(--line); text-align: left; font-variant-numeric: tabular-nums }
tbody th { font-weight: normal }
small, figcaption + svg text { color: var(--muted); fill: var(--muted) }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(340px, 1fr)); gap: 12px 24px }
figure { margin: 0; min-width: 0 }
summary { width: fit-content; color: var(--muted); font-size: 14px; cursor: pointer }
details > table { font-size: 14px } caption { text-align: left }
figcaption { font-weight: 600 }
svg text { font: 12px system-ui, sans-serif }
svg path { fill: none; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
.frame { stroke: var(--line) }
svg .due { stroke: var(--ink); stroke-width: 1.5 }
svg rect { fill: var(--lab); fill-opacity: .45 }
.key { width: 28px; height: 8px }
[data-lab] { stroke: var(--lab) }
[data-lab="0"] { --lab: var(--lab-0) } [data-lab="1"] { --lab: var(--lab-1) }
[data-lab="2"] { --lab: var(--lab-2) } [data-lab="3"] { --lab: var(--lab-3) }
pre { overflow: auto; padding: 12px; border: 1px solid var(--line); border-radius: 6px; font-size: 13px }
@media print { body { max-width: none; margin: 0 } details { display: none } }
`

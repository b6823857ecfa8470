// What the charts of a comparison are drawn with, as the elements of an SVG: the screen and a report draw these. Pure.
import {
  CHART_DASHES,
  CHART_HEIGHT,
  CHART_WIDTH,
  type ComparedChart,
  linePath,
  topOf,
  valueWords,
} from './charts'
import type { ShareBars } from './share-bars'

/** An SVG element. Its attributes have React's names. */
export interface Shape {
  readonly tag: 'path' | 'rect' | 'text'
  readonly attributes: Readonly<Record<string, string | number>>
  readonly text?: string
  /** The words of its tip. */
  readonly title?: string
}

/** `x`, `y`, width, height: of the chart with its axes. */
export const CHART_BOX = [-46, -8, CHART_WIDTH + 54, CHART_HEIGHT + 28] as const

/** A line for each lab. */
export function lineShapes(chart: ComparedChart): readonly Shape[] {
  const top = topOf(chart)
  const last = (chart.lines[0]?.values.length ?? 1) - 1
  return [
    ...axisShapes(valueWords(chart, top)),
    label('0 s', { x: 0, y: CHART_HEIGHT + 15 }),
    label(`${last} s`, { x: CHART_WIDTH, y: CHART_HEIGHT + 15, textAnchor: 'end' }),
    ...chart.lines.map(({ name, values }, lab): Shape => {
      const d = linePath(values, top)
      return { tag: 'path', attributes: { ...ofLab(lab), d }, title: name }
    }),
  ]
}

/** The share of each server in each lab as bars beside one another, with a line where the due one is. */
export function shareShapes({ bars, labels, top }: ShareBars): readonly Shape[] {
  return [
    ...axisShapes(String(top)),
    ...labels.map(({ x, text }) =>
      label(text, { x: rounded(x), y: CHART_HEIGHT + 15, textAnchor: 'middle' }),
    ),
    ...bars.flatMap(({ lab, words, x, y, width, height, dueY }): Shape[] => {
      const place = { x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height) }
      const bar: Shape = { tag: 'rect', attributes: { ...ofLab(lab), ...place }, title: words }
      if (dueY === undefined) return [bar]
      const d = `M${rounded(x - width * 0.07)} ${rounded(dueY)}h${rounded(width * 1.14)}`
      return [bar, { tag: 'path', attributes: { className: 'due', d } }]
    }),
  ]
}

/** The lines to the left and below, and the ends of the upright axis. */
function axisShapes(top: string): readonly Shape[] {
  return [
    { tag: 'path', attributes: { className: 'frame', d: `M0 0V${CHART_HEIGHT}H${CHART_WIDTH}` } },
    label(top, { x: -6, y: 6, textAnchor: 'end' }),
    label('0', { x: -6, y: CHART_HEIGHT, textAnchor: 'end' }),
  ]
}

function label(text: string, attributes: Shape['attributes']): Shape {
  return { tag: 'text', attributes, text }
}

function ofLab(lab: number): Shape['attributes'] {
  return { 'data-lab': lab, strokeDasharray: CHART_DASHES[lab] ?? 'none' }
}

function rounded(value: number): number {
  return Number(value.toFixed(1))
}

// What every chart of a comparison has: a title, a drawing, and a table with its figures, which opens under it.
import { createElement, type PointerEvent, type ReactNode } from 'react'
import { CHART_BOX, type Shape } from '../../../shared/compare/chart-shapes'
import type { FigureTable } from '../../../shared/compare/chart-tables'
import { CHART_WIDTH } from '../../../shared/compare/charts'
import { DataTable } from '../ui/DataTable'

interface ComparedFigureProps {
  title: string
  unit: string
  legend: ReactNode
  /** Drawn once, not for each moment that is shown. */
  drawing: ReactNode
  /** Over the drawing. */
  children?: ReactNode
  table: FigureTable
  /** Where it was pressed, from 0 at the left end of the frame to 1 at its right end. */
  onPress?(part: number): void
}

export function ComparedFigure({
  title,
  unit,
  legend,
  drawing,
  children,
  table,
  onPress,
}: ComparedFigureProps) {
  const press = (event: PointerEvent<SVGSVGElement>) => {
    const [x, , width] = CHART_BOX
    const { left, width: pixels } = event.currentTarget.getBoundingClientRect()
    onPress?.((((event.clientX - left) / pixels) * width + x) / CHART_WIDTH)
  }
  return (
    <figure className="compared-chart">
      <figcaption>
        <strong>{title}</strong> {unit && <span className="muted">{unit}</span>}
        <span className="compared-legend">{legend}</span>
      </figcaption>
      {/* The slider does the same as a press from the keyboard; the table has the figures. */}
      <svg viewBox={CHART_BOX.join(' ')} aria-hidden="true" onPointerDown={onPress && press}>
        {drawing}
        {children}
      </svg>
      <details>
        <summary>
          <span className="visually-hidden">{title}: </span>table
        </summary>
        <DataTable {...table} />
      </details>
    </figure>
  )
}

export function drawn(shapes: readonly Shape[]): ReactNode {
  return shapes.map(({ tag, attributes, text, title }, index) =>
    // The shapes of a chart have no names, and their order does not change.
    createElement(tag, { key: index, ...attributes }, text, title && <title>{title}</title>),
  )
}

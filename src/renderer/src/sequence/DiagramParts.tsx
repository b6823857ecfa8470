// The parts of a diagram that the screen and a saved picture have in common. Their colours differ: variables of the
// theme on the screen, and the colours themselves in a picture, which has no style sheet.

import type { Arrow } from './arrows'
import { drawArrow, drawAttempt, type Ink, type Stroke } from './drawing'
import type { Diagram } from './layout'
import type { DecisionNote } from './notes'
import type { Break } from './scale'
import { WAIT_WORDS, type WaitBar } from './wait-bars'

/** A colour for each ink. */
export type Paint = Readonly<Record<Ink, string>>

/** The width of the outline that makes a plate behind a label, in the panel's colour. */
const PLATE = 7

export function StrokePath({ stroke, paint }: { stroke: Stroke; paint: Paint }) {
  const { d, ink, width, dash, hollow } = stroke
  if (width === undefined) return <path d={d} fill={paint[ink]} />
  return (
    <path
      d={d}
      fill={hollow ? paint.panel : 'none'}
      stroke={paint[ink]}
      strokeWidth={width}
      strokeDasharray={dash}
      strokeLinejoin="round"
    />
  )
}

export function Lifelines({
  lifelines,
  paint,
  from,
  to,
}: Pick<Diagram, 'lifelines'> & { paint: Paint; from: number; to: number }) {
  return lifelines.map(({ node, x }) => (
    <path key={node} d={`M${x} ${from}V${to}`} stroke={paint.line} strokeWidth={1.5} />
  ))
}

/** A stretch of time that is not drawn; the lifelines continue as dots. */
export function Pause({
  diagram: { gutter, width, lifelines },
  pause: { top, bottom },
  paint,
}: {
  diagram: Diagram
  pause: Break
  paint: Paint
}) {
  return (
    <g>
      <rect x={gutter} y={top} width={width - gutter} height={bottom - top} fill={paint.panel} />
      <path
        d={lifelines.map(({ x }) => `M${x} ${top}V${bottom}`).join('')}
        stroke={paint.muted}
        strokeWidth={1.5}
        strokeDasharray="1.5 5"
      />
    </g>
  )
}

/** A decision on the proxy's lifeline and, if it led to a server that was not reached, that attempt. */
export function NoteMarks({ note, row, paint }: { note: DecisionNote; row: number; paint: Paint }) {
  const { x, y, width, height, text, attempt } = note
  const fold = height * 0.3
  return (
    <>
      {attempt && (
        <>
          {drawAttempt(attempt, row).map((stroke) => (
            <StrokePath key={stroke.d} stroke={stroke} paint={paint} />
          ))}
          <Label place={attempt.label} text="could not be reached" paint={paint} />
        </>
      )}
      <path
        d={`M${x} ${y}h${width - fold}l${fold} ${fold}v${height - fold}h${-width}Z`}
        fill={paint.panel}
        stroke={paint.muted}
        strokeWidth={1.2}
        strokeLinejoin="round"
      />
      <text x={x + width / 2} y={y + height * 0.72} textAnchor="middle" fill={paint.ink}>
        {text}
      </text>
    </>
  )
}

/** The bar of an answer that waits at the proxy. */
export function WaitMarks({ bar, paint }: { bar: WaitBar; paint: Paint }) {
  const { x, width, top, bottom, label } = bar
  return (
    <>
      <rect
        x={x}
        y={top}
        width={width}
        height={bottom - top}
        fill={paint.panel}
        stroke={paint.muted}
        strokeWidth={1.2}
      />
      <Label place={label} text={WAIT_WORDS} paint={{ ...paint, ink: paint.muted }} />
    </>
  )
}

/** An arrow. Its label is drawn after all arrows, so that none strikes it through. */
export function ArrowMarks({ arrow, row, paint }: { arrow: Arrow; row: number; paint: Paint }) {
  return drawArrow(arrow, row).map((stroke) => (
    <StrokePath key={stroke.d} stroke={stroke} paint={paint} />
  ))
}

export function Label({
  place,
  text,
  paint,
}: {
  place: Arrow['label']
  text: string
  paint: Paint
}) {
  return (
    <text
      x={place.x}
      y={place.y}
      textAnchor={place.anchor}
      fill={paint.ink}
      stroke={paint.panel}
      strokeWidth={PLATE}
      strokeLinejoin="round"
      paintOrder="stroke"
    >
      {text}
    </text>
  )
}

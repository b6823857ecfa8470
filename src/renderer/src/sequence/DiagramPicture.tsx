// The diagram as a self-contained picture: SVG with the theme's colours and the reader's default fonts, with a title,
// the heads of the lifelines and a legend.
import type { ReactNode } from 'react'
import type { PacketKind } from '../../../shared/events'
import { formatDuration } from '../../../shared/format'
import type { NodeId } from '../../../shared/ids'
import type { Packet } from '../../../shared/state/state'
import { KIND_NAMES } from '../ui/names'
import { COLOURS, type Scheme } from '../ui/theme/tokens'
import {
  ArrowMarks,
  Label,
  Lifelines,
  NoteMarks,
  Pause,
  StrokePath,
  WaitMarks,
} from './DiagramParts'
import { INKS, type Ink, type Stroke, shapeOf } from './drawing'
import type { Diagram } from './layout'
import { headOf, lettersIn } from './words'

export interface DiagramPictureProps {
  diagram: Diagram
  title: string
  scheme: Scheme
  nameOf(node: NodeId): string
  labelOf(packet: Packet): string
  isDimmed(packet: Packet): boolean
}

/** The size of the text, as a part of a row's height; and the usual width of a letter, as a part of that size. */
const TEXT = 0.67
const LETTER = 0.58
const LEAST_WIDTH_ROWS = 40
/** Rows above the lifelines, for the title, the legend and the heads. */
const TOP_ROWS = 5.2
const DIMMED = 0.25

export function pictureSize({ width, height, row }: Diagram): { width: number; height: number } {
  return {
    width: Math.ceil(Math.max(width, LEAST_WIDTH_ROWS * row) + row),
    height: Math.ceil(TOP_ROWS * row + height + row * 0.5),
  }
}

export function DiagramPicture(props: DiagramPictureProps) {
  const { diagram, title, scheme } = props
  const { row, gutter, lifelines } = diagram
  const paint = COLOURS[scheme]
  const { width, height } = pictureSize(diagram)
  const text = row * TEXT
  const atGutter = { x: gutter - row * 0.6, anchor: 'end', fill: paint.muted } as const
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontFamily="system-ui, sans-serif"
      fontSize={text}
    >
      <title>{inXml(title)}</title>
      <rect width={width} height={height} fill={paint.panel} />
      <Words x={row * 0.7} y={row * 1.3} size={text * 1.25} fill={paint.ink} bold>
        {title}
      </Words>
      {legendOf(row).map(({ marks, name, x }) => (
        <g key={name}>
          {marks.map((stroke) => (
            <StrokePath key={stroke.d} stroke={stroke} paint={paint} />
          ))}
          <Words x={x} y={row * LEGEND_ROWS} fill={paint.muted}>
            {name}
          </Words>
        </g>
      ))}
      <g transform={`translate(0 ${TOP_ROWS * row})`}>
        <Words {...atGutter} y={-row * 0.6}>
          {diagram.timeHeading}
        </Words>
        {lifelines.map(({ node, x, width: lane }) => {
          const { role, name } = headOf(props.nameOf(node), lettersIn(lane, row))
          const middle = { x, anchor: 'middle' } as const
          return (
            <g key={node}>
              {role && (
                <Words {...middle} y={-row * 1.4} fill={paint.muted}>
                  {role}
                </Words>
              )}
              <Words {...middle} y={-row * 0.6} fill={paint.ink} bold>
                {name}
              </Words>
            </g>
          )
        })}
        <Lifelines lifelines={lifelines} paint={paint} from={-row * 0.3} to={diagram.height} />
        {diagram.breaks.map((pause) => (
          <g key={pause.top}>
            <Pause diagram={diagram} pause={pause} paint={paint} />
            <Words {...atGutter} y={(pause.top + pause.bottom) / 2 + text * 0.35}>
              {`⋮ ${formatDuration(pause.lastsMs)}`}
            </Words>
          </g>
        ))}
        {diagram.ticks.map((tick) => (
          <Words key={tick.y} {...atGutter} y={tick.y + text * 0.35}>
            {tick.text}
          </Words>
        ))}
        {diagram.waits.map((bar) => (
          <WaitMarks key={bar.key} bar={bar} paint={paint} />
        ))}
        {diagram.arrows.map((arrow) => (
          <g key={arrow.packet.id} opacity={props.isDimmed(arrow.packet) ? DIMMED : undefined}>
            <ArrowMarks arrow={arrow} row={row} paint={paint} />
          </g>
        ))}
        {diagram.arrows.map(({ packet, label }) => (
          <g key={packet.id} opacity={props.isDimmed(packet) ? DIMMED : undefined}>
            <Label place={label} text={inXml(props.labelOf(packet))} paint={paint} />
          </g>
        ))}
        {diagram.notes.map((note) => (
          <NoteMarks
            key={note.key}
            note={{ ...note, text: inXml(note.text) }}
            row={row}
            paint={paint}
          />
        ))}
      </g>
    </svg>
  )
}

interface WordsProps {
  x: number
  y: number
  fill: string
  /** The text's size, if it is not the picture's usual one. */
  size?: number
  anchor?: 'middle' | 'end'
  bold?: boolean
  children: string
}

function Words({ x, y, fill, size, anchor, bold = false, children }: WordsProps): ReactNode {
  return (
    <text
      x={x}
      y={y}
      fill={fill}
      fontSize={size}
      textAnchor={anchor}
      fontWeight={bold ? 600 : undefined}
    >
      {inXml(children)}
    </text>
  )
}

const KINDS: readonly PacketKind[] = [0, 1, 2, 'error']
/** The legend's line, in rows from the top. */
const LEGEND_ROWS = 2.5

interface LegendEntry {
  marks: readonly Stroke[]
  name: string
  /** Where the name starts. */
  x: number
}

function legendOf(row: number): LegendEntry[] {
  const text = row * TEXT
  const entries: LegendEntry[] = []
  let at = row * 0.7
  const middle = () => ({ x: at + row * 0.2, y: row * LEGEND_ROWS - text * 0.35 })
  const add = (name: string, ...marks: Stroke[]) => {
    entries.push({ marks, name, x: at + row * 0.7 })
    at += row * 0.7 + name.length * text * LETTER + row
  }
  const shape = (kind: PacketKind, size: number, ink: Ink) => ({
    d: shapeOf(kind, middle(), row * size),
    ink,
  })
  for (const kind of KINDS) {
    const width = kind === 'error' ? { width: row * 0.14 } : {}
    add(KIND_NAMES[kind], { ...shape(kind, 0.28, INKS[kind]), ...width })
  }
  const { x, y } = middle()
  const line = { d: `M${x - row * 0.4} ${y}h${row * 0.75}`, ink: 'muted', width: 1.6 } as const
  add('held on its way', { ...line, dash: '5 3.5' })
  add('lost', { ...shape('error', 0.3, 'ink'), width: 2 })
  add('in flight', { ...shape(0, 0.28, 'muted'), width: 1.6, hollow: true })
  return entries
}

/** Payloads may contain anything: characters that XML does not allow become the replacement character. */
function inXml(text: string): string {
  return text.replace(NOT_IN_XML, '\ufffd')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that are looked for
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

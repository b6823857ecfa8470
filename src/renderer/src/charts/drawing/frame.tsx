// The frame of a chart that is drawn as SVG: the room within its axes, and the axes.
import type { ReactNode } from 'react'
import type { ContentSize } from '../content-size'

/** How a chart is drawn: on the screen, or into a file. */
export interface ChartSheet extends ContentSize {
  /** Turns a colour of the app's CSS into one that can be drawn. */
  paint(colour: string): string
}

interface Room {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

interface Tick {
  /** Pixels along the axis. */
  readonly at: number
  readonly label: string
}

/** The room within the axes. `characters`: of the longest label at its left. */
export function roomOf({ width, height, fontSize }: ChartSheet, characters: number): Room {
  return {
    left: Math.ceil(fontSize * (0.6 + 0.62 * characters)),
    right: width - Math.ceil(fontSize * 2.2),
    top: Math.ceil(fontSize * 0.6),
    bottom: height - Math.ceil(fontSize * 1.7),
  }
}

interface AxesProps {
  sheet: ChartSheet
  room: Room
  x: readonly Tick[]
  y: readonly Tick[]
  children: ReactNode
}

export function Axes({ sheet: { fontSize, paint }, room, x, y, children }: AxesProps) {
  const grid = y.map(({ at }) => `M${room.left} ${px(at)}H${room.right}`).join('')
  const stands = x.map(({ at }) => `M${px(at)} ${room.bottom}v3`).join('')
  return (
    <>
      <path d={grid} stroke={paint('var(--line)')} fill="none" />
      {children}
      <path
        d={`M${room.left} ${room.bottom}H${room.right}${stands}`}
        stroke={paint('var(--muted)')}
        fill="none"
      />
      <g fill={paint('var(--muted)')} fontSize={fontSize}>
        {x.map(({ at, label }) => (
          <text key={label} x={px(at)} y={room.bottom + fontSize * 1.3} textAnchor="middle">
            {label}
          </text>
        ))}
        {y.map(({ at, label }) => (
          <text key={label} x={room.left - 5} y={px(at) + fontSize * 0.35} textAnchor="end">
            {label}
          </text>
        ))}
      </g>
    </>
  )
}

/** Coordinates to a tenth of a pixel keep a file small. */
export function px(value: number): number {
  return Math.round(value * 10) / 10
}

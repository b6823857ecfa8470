// From moments to heights on the diagram. Later is never higher. A time step becomes a height step within bounds, so
// that a millisecond stays visible and a minute is not empty space. Each sending and each decision has its own line,
// where its words fit.
import type { SimMs } from '../../../shared/ids'

/** A packet's id, or the key of a decision. */
type LineKey = number | string

/** What has a line of its own. Lines of one moment are below one another, in this order. */
export interface Line {
  key: LineKey
  at: SimMs
  order: number
}

/** A stretch of time that is not drawn to scale, from one height to another. */
export interface Break {
  top: number
  bottom: number
  lastsMs: SimMs
}

export interface Scale {
  /** The first height of each moment, in order. */
  moments: readonly { at: SimMs; y: number }[]
  /** The height of a moment. */
  yOf(at: SimMs): number
  yOfLine(key: LineKey, at: SimMs): number
  breaks: readonly Break[]
  bottom: number
}

interface ScaleInput {
  lines: readonly Line[]
  /** All other moments that are shown. */
  moments: readonly SimMs[]
  top: number
  /** The height of a line of text, in pixels. */
  row: number
  pixelsPerMs: number
}

/** Distances between moments, in rows. */
const LEAST = 0.5
const MOST = 4
const BREAK_FROM = 9
const BREAK = 2

export function scaleOf({ lines, moments, top, row, pixelsPerMs }: ScaleInput): Scale {
  const linesAt = new Map<SimMs, Line[]>()
  for (const line of lines) {
    const together = linesAt.get(line.at)
    if (together) together.push(line)
    else linesAt.set(line.at, [line])
  }
  const times = [...new Set([...linesAt.keys(), ...moments])].sort((a, b) => a - b)

  const starts = new Map<SimMs, number>()
  const lineHeights = new Map<LineKey, number>()
  const breaks: Break[] = []
  let y = top
  let before: SimMs | undefined
  for (const time of times) {
    const together = linesAt.get(time) ?? []
    if (before !== undefined) {
      const lastsMs = time - before
      const natural = lastsMs * pixelsPerMs
      const isBreak = natural > BREAK_FROM * row
      if (isBreak) breaks.push({ top: y, bottom: y + BREAK * row, lastsMs })
      const least = together.length > 0 ? row : LEAST * row
      y += isBreak ? BREAK * row : Math.min(Math.max(natural, least), MOST * row)
    }
    starts.set(time, y)
    together.sort((a, b) => a.order - b.order)
    for (const [index, { key }] of together.entries()) lineHeights.set(key, y + index * row)
    y += Math.max(0, together.length - 1) * row
    before = time
  }

  const yOf = (at: SimMs) => starts.get(at) ?? top
  return {
    moments: [...starts].map(([at, height]) => ({ at, y: height })),
    yOf,
    yOfLine: (key, at) => lineHeights.get(key) ?? yOf(at),
    breaks,
    bottom: y,
  }
}

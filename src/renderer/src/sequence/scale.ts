// From moments to heights on the diagram. Later is never higher. A time step becomes a height step within bounds, so
// that a millisecond stays visible and a minute is not empty space. Each sending has its own line, where its label
// fits.
import type { PacketId, SimMs } from '../../../shared/ids'

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
  /** The height of a packet's sending: packets of one moment are below one another. */
  ySent(id: PacketId, at: SimMs): number
  breaks: readonly Break[]
  bottom: number
}

interface ScaleInput {
  sendings: readonly { id: PacketId; at: SimMs }[]
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

export function scaleOf({ sendings, moments, top, row, pixelsPerMs }: ScaleInput): Scale {
  const sentAt = new Map<SimMs, PacketId[]>()
  for (const { id, at } of sendings) {
    const together = sentAt.get(at)
    if (together) together.push(id)
    else sentAt.set(at, [id])
  }
  const times = [...new Set([...sentAt.keys(), ...moments])].sort((a, b) => a - b)

  const starts = new Map<SimMs, number>()
  const sendingHeights = new Map<PacketId, number>()
  const breaks: Break[] = []
  let y = top
  let before: SimMs | undefined
  for (const time of times) {
    const together = sentAt.get(time) ?? []
    if (before !== undefined) {
      const lastsMs = time - before
      const natural = lastsMs * pixelsPerMs
      const isBreak = natural > BREAK_FROM * row
      if (isBreak) breaks.push({ top: y, bottom: y + BREAK * row, lastsMs })
      const least = together.length > 0 ? row : LEAST * row
      y += isBreak ? BREAK * row : Math.min(Math.max(natural, least), MOST * row)
    }
    starts.set(time, y)
    together.sort((a, b) => a - b)
    for (const [index, id] of together.entries()) sendingHeights.set(id, y + index * row)
    y += Math.max(0, together.length - 1) * row
    before = time
  }

  const yOf = (at: SimMs) => starts.get(at) ?? top
  return {
    moments: [...starts].map(([at, height]) => ({ at, y: height })),
    yOf,
    ySent: (id, at) => sendingHeights.get(id) ?? yOf(at),
    breaks,
    bottom: y,
  }
}

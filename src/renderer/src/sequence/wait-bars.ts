// Answers that wait at the proxy, as bars on its lifeline with words beside them, in pixels.
import { type PacketId, PROXY } from '../../../shared/ids'
import type { Point } from '../ui/point'
import { type Lanes, xOf } from './arrows'
import type { Line } from './scale'
import type { AnswerWait } from './waits'

export interface WaitBar {
  key: string
  /** The server's answer, which waits. */
  answer: PacketId
  x: number
  width: number
  top: number
  bottom: number
  label: Point & { anchor: 'end' }
}

export const WAIT_WORDS = 'waits for the one before it'

/** In rows. */
const WIDTH = 0.42
const LABEL_APART = 0.45

/** The line on which its words stand. */
export function waitLine({ exchange, ready, from }: AnswerWait): Line {
  return { key: keyOf(exchange), at: from, order: ready.id + 0.5 }
}

/** Waits at the same time are beside one another. */
export function waitBars(waits: readonly AnswerWait[], lanes: Lanes): WaitBar[] {
  const { scale, row, now } = lanes
  const middle = xOf(PROXY, lanes)
  const width = WIDTH * row
  /** The bottom of the last bar in each column. */
  const columns: number[] = []
  return waits.map(({ exchange, ready, from, until }) => {
    const top = scale.yOf(from)
    const words = scale.yOfLine(keyOf(exchange), from)
    const bottom = Math.max(scale.yOf(until ?? Math.max(now, from)), words + row * 0.4)
    const free = columns.findIndex((end) => end < top)
    const column = free < 0 ? columns.length : free
    columns[column] = bottom
    return {
      key: keyOf(exchange),
      answer: ready.id,
      x: middle - width / 2 + column * width,
      width,
      top,
      bottom,
      label: { x: middle - LABEL_APART * row, y: words + row * 0.3, anchor: 'end' },
    }
  })
}

function keyOf(exchange: number): string {
  return `wait ${exchange}`
}

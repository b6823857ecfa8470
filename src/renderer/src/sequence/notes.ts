// The proxy's decisions as notes on its lifeline, in pixels; and the attempt where the chosen server was not reached.
import { captionOf, textOf } from '../../../shared/decision/words'
import { shortened } from '../../../shared/format'
import { type PacketId, PROXY } from '../../../shared/ids'
import type { Decision } from '../../../shared/state/state'
import { visibly } from '../../../shared/visible-controls'
import type { Point } from '../ui/point'
import { type Lanes, xOf } from './arrows'
import type { DecisionLine } from './decision-lines'

export interface DecisionNote {
  key: string
  /** The client's message that the decision is about. */
  question: PacketId
  decision: Decision
  text: string
  /** The box, on the proxy's lifeline. */
  x: number
  y: number
  width: number
  height: number
  /** From the proxy to the server that was not reached, below the box, and the place of its label. */
  attempt: { from: Point; to: Point; label: Point & { anchor: 'start' | 'end' } } | undefined
  top: number
  bottom: number
}

/** The width of a letter and of the box's margins, in rows. */
const LETTER = 0.355
const MARGINS = 0.75
/** The height of the box, in rows. */
const HEIGHT = 0.98
/** The widest box, in distances to the nearest other lifeline: it covers none. */
const WIDEST = 1.86
/** The room in rows where there is no other lifeline. */
const LONE = 15

export function noteOf(
  { key, at, question, decision, unreached }: DecisionLine,
  lanes: Lanes,
): DecisionNote {
  const { row, scale } = lanes
  const middle = xOf(PROXY, lanes)
  const line = scale.yOfLine(key, at)
  const letters = Math.floor((roomBeside(middle, lanes) * WIDEST) / row / LETTER - MARGINS / LETTER)
  const text = noteText(decision, letters)
  const width = ([...text].length * LETTER + MARGINS) * row
  const y = line - 0.8 * row
  const box = { x: middle - width / 2, y, width, height: HEIGHT * row }
  const attempt = unreached && attemptOf(unreached, middle, lanes)
  return {
    key,
    question: question.id,
    decision,
    text,
    ...box,
    attempt,
    top: y,
    bottom: Math.max(y + box.height, attempt?.to.y ?? 0) + row * 0.5,
  }
}

/** The distance to the nearest other lifeline. */
function roomBeside(middle: number, { lifelines, row }: Lanes): number {
  const apart = lifelines.map(({ x }) => Math.abs(x - middle)).filter((distance) => distance > 0)
  return Math.min(...apart, LONE * row)
}

function attemptOf(
  { node, until, line }: NonNullable<DecisionLine['unreached']>,
  middle: number,
  lanes: Lanes,
): NonNullable<DecisionNote['attempt']> {
  const { scale, row } = lanes
  const from = { x: middle, y: scale.yOfLine(line.key, line.at) }
  const to = { x: xOf(node, lanes), y: Math.max(scale.yOf(until), from.y) }
  const towards = from.x <= to.x ? 1 : -1
  const anchor = towards === 1 ? 'start' : 'end'
  return { from, to, label: { x: from.x + towards * row * 0.5, y: from.y - row * 0.22, anchor } }
}

/** The longest of its texts that has at most this many letters. */
export function noteText(decision: Decision, letters: number): string {
  const { policy, server, attempt } = decision
  const caption = textOf(captionOf(decision))
  const chosen = server === null ? 'no server' : visibly`→ ${server}`
  const texts = [
    visibly`${policy}: ${caption}`,
    caption,
    caption.replace(/; next .*$/, ''),
    attempt > 1 ? `attempt ${attempt} ${chosen}` : chosen,
    chosen,
  ]
  return (
    texts.find((text) => [...text].length <= letters) ?? shortened(chosen, Math.max(letters, 3))
  )
}

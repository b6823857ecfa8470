// Where the mark of a harmed packet stands beside it: over no other mark, in pixels of a label. Pure.
import type { Point } from '../ui/point'
import { overlaps, type Rect } from './geometry'

export interface HarmMarkText {
  /** Undefined where there is no room for it. */
  readonly words: string | undefined
  /** How many packets it stands for: `×12`; empty for one. */
  readonly times: string
  /** Beside the packet and not below it, where another node may be. */
  readonly isBeside: boolean
}

interface HarmPlace {
  readonly rect: Rect
  /** Beside its shape. */
  readonly text: string
}

/** Pixels, as in harm-marks.css. */
const HEIGHT = 20
const EMPTY = 25
const BEFORE_TEXT = 4
const CHARACTER = 6.6
/** The mark without its text, where links lie close together. */
const SMALL = 17
/** From the middle of the packet. */
const BELOW = 11
const BESIDE = 9

/** The width of a mark with this text. */
export function harmMarkWidth(text: string): number {
  return EMPTY + (text === '' ? 0 : BEFORE_TEXT + CHARACTER * text.length)
}

/**
 * Finds a free place for the mark of a packet. Along the link the mark moves from the packet's right to its left, so that
 * it covers neither end of the link.
 *
 * @param at the middle of the packet
 * @param part how far the packet is from the left end of its link to the right one, from 0 to 1
 * @returns undefined if every place is taken
 */
export function harmPlace(
  at: Point,
  part: number,
  mark: HarmMarkText,
  taken: readonly Rect[],
): HarmPlace | undefined {
  return places(at, part, mark).find(({ rect }) => !taken.some((other) => overlaps(rect, other)))
}

function places(at: Point, part: number, { words, times, isBeside }: HarmMarkText): HarmPlace[] {
  const small = (x: number, y: number): HarmPlace => ({
    rect: { x: at.x + x, y: at.y + y, width: SMALL, height: SMALL },
    text: '',
  })
  const middle = -SMALL / 2
  const right = small(BESIDE, middle)
  const left = small(-BESIDE - SMALL, middle)
  const beside = part < 0.5 ? [right, left] : [left, right]
  if (isBeside) return [...beside, small(middle, BELOW), small(middle, -BELOW - SMALL)]
  const over = (text: string, y: number): HarmPlace => {
    const width = harmMarkWidth(text)
    return { rect: { x: at.x - width * part, y: at.y + y, width, height: HEIGHT }, text }
  }
  const texts = words === undefined ? [times] : [words, times]
  return [...[BELOW, -BELOW - HEIGHT].flatMap((y) => texts.map((text) => over(text, y))), ...beside]
}

// Places of moments and marks on the timeline, as fractions from 0 (its start) to 1 (its end).
import type { SimMs } from '../../../shared/ids'
import type { Mark } from '../../../shared/state/marks'
import type { Extent } from '../past/history/history'

/** Marks of one kind that are closer together than this are drawn as one. */
const APART_PX = 9

type Span = Pick<Extent, 'from' | 'to'>

/** One mark on the screen, for one or more marks of a kind that are too close together to distinguish. */
export interface ShownMark {
  kind: Mark['kind']
  fraction: number
  /** The first of them, to which a click leads. */
  first: Mark
  count: number
}

/** The place of a moment; 1 if the timeline has no length. */
export function fractionOf(at: SimMs, { from, to }: Span): number {
  if (to <= from) return 1
  return Math.min(1, Math.max(0, (at - from) / (to - from)))
}

/** The marks within the span, in order, as drawn on a track of this width. */
export function shownMarks(
  marks: readonly Mark[],
  extent: Span & Pick<Extent, 'firstSeq'>,
  widthPx: number,
): ShownMark[] {
  const shown: ShownMark[] = []
  const latest = new Map<Mark['kind'], ShownMark>()
  // Where a registration brought a server back, one mark stands for both.
  const returns = new Set(marks.flatMap(({ kind, at }) => (kind === 'up' ? at : [])))
  for (const mark of marks) {
    if (mark.seq < extent.firstSeq || mark.at > extent.to) continue
    if (mark.kind === 'registration' && returns.has(mark.at)) continue
    const fraction = fractionOf(mark.at, extent)
    const near = latest.get(mark.kind)
    if (near && (fraction - near.fraction) * widthPx < APART_PX) {
      near.count++
      continue
    }
    const next = { kind: mark.kind, fraction, first: mark, count: 1 }
    latest.set(mark.kind, next)
    shown.push(next)
  }
  return shown
}

/** The moment a tenth of the span later or earlier. */
export function leap(at: SimMs, { from, to }: Span, direction: 1 | -1): SimMs {
  return Math.min(to, Math.max(from, at + (direction * (to - from)) / 10))
}

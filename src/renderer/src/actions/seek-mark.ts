// Moves from mark to mark on the timeline, for keys and menu items.
import type { Mark } from '../../../shared/state/marks'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { pastView, usePast } from '../past/past'

/** Goes to the mark after (1) or before (-1) the moment on the screen, or says that none exists. */
export function seekMark(direction: 1 | -1): void {
  const { view, seq, marks } = usePast.getState()
  const all = view === 'recording' ? marks : useLab.getState().live.marks
  const mark = markBeside(all, seq, direction)
  if (mark) void pastView().seek({ seq: mark.seq })
  else useUi.getState().notify('info', direction === 1 ? NONE_AFTER : NONE_BEFORE)
}

const NONE_AFTER = 'There is no mark after this moment.'
const NONE_BEFORE = 'There is no mark before this moment.'

/** The mark after (1) or before (-1) the event with this number. */
export function markBeside(
  marks: readonly Mark[],
  seq: number,
  direction: 1 | -1,
): Mark | undefined {
  return direction === 1
    ? marks.find((mark) => mark.seq > seq)
    : marks.findLast((mark) => mark.seq < seq)
}

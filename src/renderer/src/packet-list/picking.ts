// Picking several packets of the list: single ones with Ctrl, a range of rows with Shift.
import type { PacketId } from '../../../shared/ids'
import type { ListRows } from './rows'

/** The most packets that can be picked at once, for copying or drawing. */
export const MAX_PICKED = 10_000

export interface Pick {
  /** The selected packet, beside the picked ones. */
  selected: PacketId | undefined
  picked: ReadonlySet<PacketId>
}

/** Picks the packet, or no longer picks it. */
export function togglePick({ selected, picked }: Pick, id: PacketId): Pick {
  const next = new Set(picked)
  if (next.size === 0 && selected !== undefined) next.add(selected)
  if (!next.delete(id)) {
    if (next.size < MAX_PICKED) next.add(id)
    return { selected: id, picked: next }
  }
  return { selected: [...next].at(-1), picked: next }
}

/** Picks the rows from one to another, in either direction, up to the limit. `cut`: whether the limit left rows out. */
export function pickSpan(rows: ListRows, from: number, to: number): Pick & { cut: boolean } {
  const picked = new Set<PacketId>()
  const step = to < from ? -1 : 1
  let row = from
  for (; row !== to + step && picked.size < MAX_PICKED; row += step) {
    const id = rows.idAt(row)
    if (id !== undefined) picked.add(id)
  }
  return { selected: rows.idAt(row - step), picked, cut: row !== to + step }
}

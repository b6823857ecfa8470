// The packets as they happen, the newest on top. Only the rows on screen are read and drawn; while the reader has
// scrolled away the list stands still and says how many are new.
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowUp } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Packet, State } from '../../../../shared/state/state'
import { usePacedState } from '../../store/paced'
import { useUi } from '../../store/ui'
import { counted, formatCount } from '../../text/format'
import { gridKeys } from '../grid-keys'
import { useRowHeight } from '../row-height'
import { PacketRow } from './PacketRow'

const COLUMNS = ['', 'Time', 'Type', 'From', 'To', 'Policy', 'Payload', 'Took']

export function PacketsPanel() {
  const state = usePacedState()
  const selection = useUi((ui) => ui.selection)
  const scroller = useRef<HTMLDivElement>(null)
  /** One past the newest packet listed; undefined while following the newest. */
  const [frozenEnd, setFrozenEnd] = useState<number>()
  const rowHeight = useRowHeight()
  const list = newestFirst(state, frozenEnd)

  const virtualizer = useVirtualizer({
    count: list.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    // The heading scrolls with the rows and sticks to the top, where it would cover the row that is scrolled to.
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    onChange: ({ scrollOffset }) => {
      const atTop = (scrollOffset ?? 0) < rowHeight / 2
      if (atTop) setFrozenEnd(undefined)
      else setFrozenEnd((end) => end ?? list.end)
    },
  })

  const selectedRow = selection?.kind === 'packet' ? list.rowOf(selection.id) : -1
  const newer = state.packets.end - list.end

  function select(row: number) {
    const packet = list.at(row)
    if (packet) useUi.getState().select({ kind: 'packet', id: packet.id })
    virtualizer.scrollToIndex(row)
  }

  if (state.packets.length === 0) return <NoPackets />
  return (
    <div className="packets">
      <div ref={scroller} className="grid-scroller">
        <table
          className="packet-table"
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows can be selected
          role="grid"
          aria-label="Packets, newest first"
          aria-rowcount={list.count + 1}
          aria-activedescendant={selectedRow >= 0 ? `packet-row-${selectedRow}` : undefined}
          tabIndex={0}
          onKeyDown={gridKeys({
            count: list.count,
            current: selectedRow,
            page: rowsInView(scroller.current, rowHeight),
            onMove: select,
          })}
        >
          <thead>
            <tr className="packet-row" aria-rowindex={1}>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {column || <span className="visually-hidden">Shape</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, start }) => {
              const packet = list.at(index)
              return (
                packet && (
                  <PacketRow
                    key={index}
                    row={index}
                    top={start - rowHeight}
                    packet={packet}
                    state={state}
                    selected={index === selectedRow}
                  />
                )
              )
            })}
          </tbody>
        </table>
      </div>
      {frozenEnd !== undefined && newer > 0 && (
        <button
          type="button"
          className="pill"
          onClick={() => {
            setFrozenEnd(undefined)
            scroller.current?.scrollTo({ top: 0 })
          }}
        >
          <ArrowUp size={14} aria-hidden="true" />
          {formatCount(newer)} new
        </button>
      )}
      {state.notShown > 0 && (
        <p className="packets-note" role="status">
          {counted(state.notShown, 'packet')} passed too fast to be listed one by one. The counters
          include them.
        </p>
      )}
    </div>
  )
}

function rowsInView(scroller: HTMLElement | null, rowHeight: number): number {
  return Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / rowHeight) - 1)
}

/** The packets in the order of the rows. */
function newestFirst({ packets }: State, frozenEnd: number | undefined) {
  const end = Math.max(packets.first, Math.min(frozenEnd ?? packets.end, packets.end))
  const count = end - packets.first
  return {
    end,
    count,
    at: (row: number): Packet | undefined => packets.at(end - 1 - row),
    /** -1 where the packet is not listed. */
    rowOf: (id: number): number => (id > packets.first && id <= end ? end - id : -1),
  }
}

function NoPackets() {
  return (
    <div className="empty">
      <p>No packets yet.</p>
      <p className="muted">
        Every message that crosses a socket is listed here, the newest on top: press <kbd>M</kbd> to
        send one, or <kbd>A</kbd> and every client sends its own.
      </p>
    </div>
  )
}

// The packets of the session, the newest on top unless another order is chosen. Only visible rows are read and drawn.
// Once the reader has scrolled away, the list no longer moves and says how many packets are new.
import { ArrowUp } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import { counted, formatCount } from '../../../shared/format'
import type { PacketId } from '../../../shared/ids'
import { useUi } from '../choices/ui'
import { useFilter } from '../lab/filter'
import { usePacedState } from '../lab/paced'
import { useMatches, useOrder } from '../past/matches'
import { usePackets } from '../past/packet-source'
import { gridKeys } from '../ui/grid-keys'
import { useRows } from '../ui/use-rows'
import { columnStyle, type RowSource } from './columns'
import { copyPackets } from './copy'
import { FilterMistake, NoMatch, NoPackets } from './NothingListed'
import { nameOfOrder, PacketHead } from './PacketHead'
import { EmptyRow, PacketRow, rowId } from './PacketRow'
import { MAX_PICKED, type Pick, pickSpan, togglePick } from './picking'
import { rowsOf } from './rows'

/** Pixels; `--row` in the style sheet. */
const ROW_HEIGHT = 31

export function PacketsPanel() {
  const state = usePacedState()
  const selection = useUi((ui) => ui.selection)
  const picked = useUi((ui) => ui.picked)
  const columns = useUi((ui) => ui.packetColumns)
  const order = useOrder()
  const filter = useFilter((choice) => choice.filter)
  const { matches, done, problem } = useMatches()
  const scroller = useRef<HTMLDivElement>(null)
  /** The newest packet listed; undefined while following the newest. */
  const [upTo, setUpTo] = useState<PacketId>()
  /** The row where a Shift selection starts. */
  const anchor = useRef<PacketId>(undefined)

  const follows = order.key === 'id' && order.descending
  const rows = rowsOf(state, order, matches, follows ? upTo : undefined)
  const { end } = state.packets
  const view = useRows({
    count: rows.count,
    rowHeight: ROW_HEIGHT,
    headings: 1,
    scroller,
    onScroll: (offset) => {
      if (offset < ROW_HEIGHT / 2) setUpTo(undefined)
      else setUpTo((id) => id ?? end)
    },
  })

  // Another list starts at its top.
  const { scrollToTop } = view
  const list = `${filter?.text} ${order.key} ${order.descending}`
  const [shownList, setShownList] = useState(list)
  if (list !== shownList) {
    setShownList(list)
    setUpTo(undefined)
  }
  useEffect(() => scrollToTop(), [shownList])

  const inView = view.rows.flatMap(({ index }) => rows.idAt(index) ?? [])
  const packets = usePackets(state, inView, true)
  const source: RowSource = {
    nodes: state.nodes,
    slots: state.slots,
    packets: { at: (index) => packets.find(index + 1) },
  }
  const selected = selection?.kind === 'packet' ? selection.id : undefined
  const selectedRow = selected === undefined ? -1 : rows.rowOf(selected)

  function choose({ selected: id, picked: newlyPicked }: Pick) {
    const { select, pick } = useUi.getState()
    select(id === undefined ? null : { kind: 'packet', id })
    if (newlyPicked.size > 0) pick(newlyPicked)
  }

  function chooseRow(row: number, extend: boolean) {
    const id = rows.idAt(row)
    if (id === undefined) return
    const from = anchor.current === undefined ? -1 : rows.rowOf(anchor.current)
    if (extend && from >= 0) {
      const { cut, ...span } = pickSpan(rows, from, row)
      choose(span)
      if (cut) {
        const most = formatCount(MAX_PICKED)
        useUi.getState().notify('info', `At most ${most} packets can be picked at once.`)
      }
    } else {
      anchor.current = id
      choose({ selected: id, picked: new Set() })
    }
    view.scrollToRow(row)
  }

  function onChoose(row: number, event: MouseEvent) {
    const id = rows.idAt(row)
    if (id !== undefined && (event.ctrlKey || event.metaKey)) {
      anchor.current = id
      choose(togglePick({ selected, picked }, id))
    } else {
      chooseRow(row, event.shiftKey)
    }
  }

  const moveByKey = gridKeys({
    count: rows.count,
    current: selectedRow,
    page: rowsInView(scroller.current),
    onMove: chooseRow,
  })

  function onKeyDown(event: KeyboardEvent) {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    if (command && event.key.toLowerCase() === 'c' && document.getSelection()?.isCollapsed) {
      event.preventDefault()
      void copyPackets('json')
    } else if (command && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      anchor.current = rows.idAt(0)
      chooseAll()
    } else {
      moveByKey(event)
    }
  }

  function chooseAll() {
    if (rows.count === 0) return
    const { cut, picked: all } = pickSpan(rows, 0, rows.count - 1)
    choose({ selected: selected ?? rows.idAt(0), picked: all })
    if (cut) {
      const most = formatCount(MAX_PICKED)
      useUi.getState().notify('info', `At most ${most} packets can be picked at once.`)
    }
  }

  if (end === state.firstPacket) return <NoPackets />
  const searching = done !== undefined
  return (
    <div className="packets">
      <FilterMistake />
      <div ref={scroller} className="grid-scroller">
        <table
          className="packet-table"
          style={columnStyle(columns)}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows can be selected
          role="grid"
          aria-label={nameOfOrder(order)}
          aria-rowcount={rows.count + 1}
          aria-multiselectable="true"
          aria-busy={searching}
          // A row that is scrolled out of view is not in the page.
          aria-activedescendant={
            view.rows.some(({ index }) => index === selectedRow) ? rowId(selectedRow) : undefined
          }
          tabIndex={0}
          onKeyDown={onKeyDown}
          onMouseDown={(event) => {
            // Shift picks rows instead of selecting their text.
            if (!event.shiftKey) return
            event.preventDefault()
            event.currentTarget.focus()
          }}
        >
          <PacketHead columns={columns} />
          <tbody style={{ height: view.height }}>
            {view.rows.map(({ index, top }) => {
              const id = rows.idAt(index)
              if (id === undefined) return null
              const packet = packets.find(id)
              return packet ? (
                <PacketRow
                  key={index}
                  row={index}
                  top={top}
                  columns={columns}
                  packet={packet}
                  source={source}
                  selected={index === selectedRow}
                  picked={picked.has(id)}
                  onChoose={onChoose}
                />
              ) : (
                <EmptyRow
                  key={index}
                  row={index}
                  top={top}
                  columns={columns}
                  gone={packets.isGone(id)}
                />
              )
            })}
          </tbody>
        </table>
      </div>
      {rows.count === 0 && filter && <NoMatch filter={filter.text} searching={searching} />}
      {/* Below the rows, where it covers none and moves none. */}
      <div className="packets-foot">
        {follows && upTo !== undefined && rows.newer > 0 && (
          <button
            type="button"
            className="pill"
            onClick={() => {
              setUpTo(undefined)
              scrollToTop()
            }}
          >
            <ArrowUp size={14} aria-hidden="true" />
            {formatCount(rows.newer)} new
          </button>
        )}
        <ListNote done={done} problem={problem ?? packets.problem} picked={picked.size} />
      </div>
    </div>
  )
}

interface ListNoteProps {
  done: number | undefined
  problem: string | undefined
  picked: number
}

/** The progress of a search, or its problem. */
function ListNote({ done, problem, picked }: ListNoteProps) {
  const note =
    problem !== undefined
      ? `Older packets cannot be shown: ${problem}`
      : done !== undefined
        ? `Searching older packets: ${Math.floor(done * 100)}%`
        : undefined
  return (
    <>
      {note && <p className="packets-note">{note}</p>}
      <p className="visually-hidden" role="status">
        {note ?? (picked > 1 ? `${counted(picked, 'packet')} picked` : '')}
      </p>
    </>
  )
}

function rowsInView(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor((scroller?.clientHeight ?? 0) / ROW_HEIGHT) - 1)
}

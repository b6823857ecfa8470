// The diagram on the screen: it scrolls under its heads and beside its times, and only its visible part is drawn.
import { useLayoutEffect, useRef, useState } from 'react'
import { formatDuration } from '../../../shared/format'
import { type NodeId, PROXY } from '../../../shared/ids'
import type { Decision, Packet } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { gridKeys } from '../ui/grid-keys'
import type { Arrow } from './arrows'
import {
  ArrowMarks,
  Label,
  Lifelines,
  NoteMarks,
  type Paint,
  Pause,
  WaitMarks,
} from './DiagramParts'
import { pathOf } from './drawing'
import { Heads, headHeightOf } from './Heads'
import type { Diagram } from './layout'

interface SheetProps {
  diagram: Diagram
  title: string
  /** Whether the end stays visible as the diagram grows. */
  follows: boolean
  nameOf: (node: NodeId) => string
  labelOf: (packet: Packet) => string
  sentenceOf: (packet: Packet) => string
  noteSentenceOf: (decision: Decision) => string
  isDimmed: (packet: Packet) => boolean
  /** The space for the diagram beneath its heads, without scrolling. */
  onSize: (size: { width: number; height: number }) => void
  /** Called when the reader reaches or leaves the end. */
  onAtEnd: (atEnd: boolean) => void
}

/** The margin that is drawn around the visible part. */
const MARGIN_ROWS = 10

export function Sheet(props: SheetProps) {
  const { diagram, title, follows, nameOf, onSize, onAtEnd } = props
  const { row } = diagram
  const headHeight = headHeightOf(row)
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, width: 0, height: 0 })
  const atEnd = useRef(true)
  const selected = useUi(({ selection }) => (selection?.kind === 'packet' ? selection.id : -1))

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element
      onSize({ width, height: height - headHeight })
      setView((before) => ({ ...before, width, height }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [onSize, headHeight])

  useLayoutEffect(() => {
    const element = scroller.current
    if (follows && element) element.scrollTop = element.scrollHeight
  }, [follows, diagram, view.height])

  // Keeps the proxy, where every arrow starts or ends, at its place while lifelines beside it change: in the middle, or
  // where the reader has scrolled it.
  const centred = centredLeft(diagram, view.width)
  const moved = useRef(0)
  const placedLeft = useRef(0)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    element.scrollLeft = Math.max(0, centred + moved.current)
    placedLeft.current = element.scrollLeft
  }, [centred])

  // In steps, so that scrolling by a pixel does not redraw.
  const step = MARGIN_ROWS * row
  const from = Math.max(0, Math.floor(view.top / step) - 1) * step
  const to = Math.min(diagram.height, from + view.height + 3 * step)
  const current = diagram.arrows.findIndex(({ packet }) => packet.id === selected)
  const shown = diagram.arrows.flatMap((arrow, index) =>
    (arrow.bottom >= from && arrow.top <= to) || index === current ? { arrow, index } : [],
  )

  function select(index: number) {
    const arrow = diagram.arrows[index]
    if (arrow === undefined) return
    const { picked, select: selectOne, pick } = useUi.getState()
    selectOne({ kind: 'packet', id: arrow.packet.id })
    // The diagram may show the picked packets: selecting one of them keeps them picked.
    if (picked.size > 0) pick(picked)
    if (scroller.current === null) return
    bringIntoView(scroller.current, arrow, headHeight, diagram.gutter)
    tellAtEnd(scroller.current)
  }

  function tellAtEnd({ scrollTop, scrollHeight, clientHeight }: HTMLElement) {
    const isAtEnd = scrollHeight - scrollTop - clientHeight < row
    if (isAtEnd !== atEnd.current) onAtEnd(isAtEnd)
    atEnd.current = isAtEnd
  }

  return (
    <div className="sequence-frame">
      <div
        ref={scroller}
        className="sequence-sheet"
        role="listbox"
        aria-label={`${title}, in the order of sending`}
        aria-activedescendant={current >= 0 ? arrowId(selected) : undefined}
        tabIndex={0}
        onKeyDown={gridKeys({
          count: diagram.arrows.length,
          current,
          page: Math.max(1, Math.floor(view.height / (3 * row))),
          onMove: select,
        })}
        onClick={({ target }) => {
          const arrow = target instanceof Element && target.closest('[data-arrow]')
          if (arrow instanceof SVGElement) select(Number(arrow.dataset.arrow))
          const note = target instanceof Element && target.closest('[data-packet]')
          if (note instanceof SVGElement) {
            const id = Number(note.dataset.packet)
            select(diagram.arrows.findIndex(({ packet }) => packet.id === id))
          }
        }}
        onScroll={({ currentTarget }) => {
          const { scrollTop: top, scrollLeft: left, clientWidth: width } = currentTarget
          // A narrower sheet also scrolls, and its lifelines are about to move.
          const isReaders = left !== placedLeft.current && width === view.width
          if (isReaders) {
            moved.current = left - centred
            placedLeft.current = left
          }
          setView({ top, width, height: currentTarget.clientHeight })
          tellAtEnd(currentTarget)
        }}
      >
        <Heads diagram={diagram} nameOf={nameOf} />
        <div className="sequence-body" style={{ width: diagram.width, height: diagram.height }}>
          <svg
            className="sequence-drawing"
            role="presentation"
            style={{ top: from }}
            width={diagram.width}
            height={Math.max(0, to - from)}
            viewBox={`0 ${from} ${diagram.width} ${Math.max(0, to - from)}`}
          >
            <Lifelines lifelines={diagram.lifelines} paint={VARIABLES} from={from} to={to} />
            {diagram.breaks.map((pause) =>
              pause.bottom < from || pause.top > to ? null : (
                <Pause key={pause.top} diagram={diagram} pause={pause} paint={VARIABLES} />
              ),
            )}
            {diagram.waits.map((bar) =>
              bar.bottom < from || bar.top > to ? null : (
                <g key={bar.key} className="sequence-note" data-packet={bar.answer}>
                  <WaitMarks bar={bar} paint={VARIABLES} />
                </g>
              ),
            )}
            {shown.map(({ arrow, index }) => (
              <ArrowGroup
                key={arrow.packet.id}
                arrow={arrow}
                index={index}
                count={diagram.arrows.length}
                row={row}
                selected={index === current}
                dimmed={props.isDimmed(arrow.packet)}
                sentence={props.sentenceOf(arrow.packet)}
              />
            ))}
            {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of SVG cannot be focused. */}
            <g aria-hidden="true">
              {shown.map(({ arrow: { packet, label }, index }) => (
                <g
                  key={packet.id}
                  className={props.isDimmed(packet) ? 'sequence-label dimmed' : 'sequence-label'}
                  data-arrow={index}
                  data-selected={index === current || undefined}
                >
                  <Label place={label} text={props.labelOf(packet)} paint={VARIABLES} />
                </g>
              ))}
            </g>
            {diagram.notes.map((note) =>
              note.bottom < from || note.top > to ? null : (
                <g key={note.key} className="sequence-note" data-packet={note.question}>
                  <title>{props.noteSentenceOf(note.decision)}</title>
                  <NoteMarks note={note} row={row} paint={VARIABLES} />
                </g>
              ),
            )}
          </svg>
          <div className="sequence-times" aria-hidden="true" style={{ width: diagram.gutter }}>
            {diagram.ticks.map(({ y, text }) =>
              y < from || y > to ? null : (
                <span key={y} style={{ top: y }}>
                  {text}
                </span>
              ),
            )}
            {diagram.breaks.map(({ top, bottom, lastsMs }) =>
              bottom < from || top > to ? null : (
                <span key={top} className="sequence-pause" style={{ top: (top + bottom) / 2 }}>
                  ⋮ {formatDuration(lastsMs)}
                </span>
              ),
            )}
          </div>
        </div>
      </div>
    </div>
  )
}

interface ArrowGroupProps {
  arrow: Arrow
  index: number
  count: number
  row: number
  selected: boolean
  dimmed: boolean
  sentence: string
}

function ArrowGroup(props: ArrowGroupProps) {
  const { arrow, index, count, row, selected, dimmed, sentence } = props
  return (
    <g
      id={arrowId(arrow.packet.id)}
      className={dimmed ? 'sequence-arrow dimmed' : 'sequence-arrow'}
      data-arrow={index}
      role="option"
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-label={sentence}
    >
      <path className="sequence-reach" d={pathOf(arrow.path)} />
      <ArrowMarks arrow={arrow} row={row} paint={VARIABLES} />
    </g>
  )
}

function arrowId(packet: number): string {
  return `sequence-arrow-${packet}`
}

const VARIABLES: Paint = {
  packet0: 'var(--packet-0)',
  packet1: 'var(--packet-1)',
  packet2: 'var(--packet-2)',
  packetError: 'var(--packet-error)',
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  line: 'var(--line)',
  panel: 'var(--panel)',
}

/** The scroll offset with the proxy in the middle, beside the times; 0 where the whole diagram fits. */
function centredLeft({ lifelines, width, gutter }: Diagram, viewWidth: number): number {
  const proxy = lifelines.find(({ node }) => node === PROXY)
  if (proxy === undefined) return 0
  const left = proxy.x - (gutter + viewWidth) / 2
  return Math.max(0, Math.min(left, width - viewWidth))
}

/** Scrolls no more than needed to show the arrow's start, beneath the heads and beside the times. */
function bringIntoView(
  scroller: HTMLElement,
  { top, path, label }: Arrow,
  headHeight: number,
  gutter: number,
): void {
  const { scrollTop, scrollLeft, clientHeight, clientWidth } = scroller
  const room = clientHeight - headHeight
  const bottom = (path.at(-1)?.y ?? top) + headHeight
  if (top < scrollTop) scroller.scrollTop = top
  else if (bottom > scrollTop + clientHeight) {
    scroller.scrollTop = Math.min(top, bottom - room)
  }
  const xs = [...path.map(({ x }) => x), label.x]
  const [left, right] = [Math.min(...xs) - gutter, Math.max(...xs) + gutter]
  if (left < scrollLeft) scroller.scrollLeft = left - gutter
  else if (right > scrollLeft + clientWidth) scroller.scrollLeft = right - clientWidth
}

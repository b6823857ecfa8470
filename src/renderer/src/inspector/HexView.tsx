// Raw bytes as hex and text side by side, some of them marked. Only visible rows are drawn, since a message may have a
// million bytes. Bytes are marked by dragging, or with the arrow keys.
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import {
  BYTES_PER_ROW,
  hexOf,
  hexOffset,
  hexRow,
  hexRows,
  type Marking,
  moved,
  rangeOf,
} from '../ui/hex'
import { useRows } from '../ui/use-rows'

/** Pixels, as in inspector.css. */
const ROW_HEIGHT = 18
const MOST_ROWS = 14

interface HexViewProps {
  bytes: Uint8Array
  marking: Marking | undefined
  /** The offsets at which another read begins. */
  cuts: ReadonlySet<number>
  /** The id of the words about the marked bytes. */
  describedBy: string
  onMark(marking: Marking | undefined): void
}

export function HexView({ bytes, marking, cuts, describedBy, onMark }: HexViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const dragging = useRef(false)
  const count = hexRows(bytes)
  const rowsShown = Math.min(count, MOST_ROWS)
  const { rows, height, scrollToRow } = useRows({ count, rowHeight: ROW_HEIGHT, scroller })
  const head = marking && Math.floor(marking.head / BYTES_PER_ROW)
  useEffect(() => {
    if (head !== undefined) scrollToRow(head)
  }, [head])
  const range = marking && rangeOf(marking)

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && marking) {
      event.preventDefault()
      onMark(undefined)
      return
    }
    if (event.altKey || event.metaKey) return
    const next = moved(marking, event, bytes.length, rowsShown)
    if (next === undefined) return
    event.preventDefault()
    onMark(next)
  }

  function onPointerDown(event: PointerEvent) {
    const at = byteUnder(event)
    if (at === undefined || event.button !== 0) return
    dragging.current = true
    onMark({ anchor: event.shiftKey && marking ? marking.anchor : at, head: at })
  }

  function onPointerMove(event: PointerEvent) {
    if (!dragging.current || !marking) return
    if (event.buttons === 0) {
      dragging.current = false
      return
    }
    const at = byteUnder(event)
    if (at !== undefined && at !== marking.head) onMark({ anchor: marking.anchor, head: at })
  }

  return (
    <div
      ref={scroller}
      className="hex"
      role="application"
      aria-label={`Bytes, ${BYTES_PER_ROW} a row. Arrow keys mark, with Shift more of them.`}
      aria-describedby={describedBy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: bytes are marked with the keyboard too
      tabIndex={0}
      style={{ height: rowsShown * ROW_HEIGHT + 16 }}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        dragging.current = false
      }}
      onCopy={(event) => {
        if (!range) return
        event.preventDefault()
        const marked = Array.from(bytes.subarray(range.from, range.to), hexOf)
        event.clipboardData.setData('text/plain', marked.join(' '))
      }}
    >
      <div style={{ height, position: 'relative' }}>
        {rows.map(({ index, top }) => {
          const row = hexRow(bytes, index)
          const look = (at: number) => lookOf(at, range, cuts)
          return (
            <div
              key={index}
              className="hex-row"
              style={{ transform: `translateY(${top}px)`, height: ROW_HEIGHT }}
            >
              <span className="hex-offset">{hexOffset(index)}</span>
              <span className="hex-bytes">
                {row.map(({ at, hex }) => (
                  <span key={at} data-byte={at} className={look(at)}>
                    {hex}
                  </span>
                ))}
              </span>
              <span className="hex-text">
                {row.map(({ at, text }) => (
                  <span key={at} data-byte={at} className={look(at)}>
                    {text}
                  </span>
                ))}
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}

function lookOf(
  at: number,
  range: { from: number; to: number } | undefined,
  cuts: ReadonlySet<number>,
): string | undefined {
  const marked = range !== undefined && at >= range.from && at < range.to
  if (!cuts.has(at)) return marked ? 'is-marked' : undefined
  return marked ? 'is-marked is-cut' : 'is-cut'
}

function byteUnder({ clientX, clientY }: PointerEvent): number | undefined {
  const found = document.elementFromPoint(clientX, clientY)?.closest('[data-byte]')
  const at = Number(found?.getAttribute('data-byte') ?? Number.NaN)
  return Number.isInteger(at) ? at : undefined
}

// Raw bytes as hex and text side by side; a message may have a million of them, so only the rows in view are drawn.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useUi } from '../../store/ui'
import { BYTES_PER_ROW, hexRow, hexRows } from './hex'

const MOST_ROWS = 14

export function HexView({ bytes }: { bytes: Uint8Array }) {
  const rowHeight = useUi((ui) => ui.projector) ? 20 : 18
  const scroller = useRef<HTMLElement>(null)
  const count = hexRows(bytes)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
  })
  // Rows of another height are measured anew.
  useEffect(() => virtualizer.measure(), [rowHeight])
  return (
    <section
      ref={scroller}
      className="hex"
      aria-label={`Bytes, ${BYTES_PER_ROW} a row`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      style={{ height: Math.min(count, MOST_ROWS) * rowHeight + 16 }}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const { offset, hex, text } = hexRow(bytes, index)
          return (
            <div
              key={index}
              className="hex-row"
              style={{ transform: `translateY(${start}px)`, height: rowHeight }}
            >
              <span className="hex-offset">{offset}</span>
              <span className="hex-bytes">{hex}</span>
              <span className="hex-text">{text}</span>
            </div>
          )
        })}
      </div>
    </section>
  )
}

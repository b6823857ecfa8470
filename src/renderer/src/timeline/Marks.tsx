// The marks on the timeline: registrations, errors, held packets, and servers that went down or came back, each with its
// colour and shape.
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type RefObject, useEffect, useMemo, useState } from 'react'
import type { Mark } from '../../../shared/state/marks'
import type { Extent } from '../past/history/history'
import { pastView } from '../past/past'
import { HaloIcon, PacketIcon } from '../ui/PacketIcon'
import { type ShownMark, shownMarks } from './geometry'
import { markWords } from './words'

interface MarksProps {
  marks: readonly Mark[]
  extent: Extent
  track: RefObject<HTMLDivElement | null>
}

/**
 * Marks can be clicked. They are not in the Tab order, since there can be hundreds: keys of the handle go from one to
 * the next.
 */
export function Marks({ marks, extent, track }: MarksProps) {
  const widthPx = useWidth(track)
  const { from, to, firstSeq } = extent
  const shown = useMemo(
    () => shownMarks(marks, { from, to, firstSeq }, widthPx),
    [marks, from, to, firstSeq, widthPx],
  )
  return (
    <div className="marks" aria-hidden="true">
      {shown.map((mark) => (
        <button
          key={`${mark.kind} ${mark.first.seq}`}
          type="button"
          tabIndex={-1}
          className={`mark mark-${mark.kind}`}
          style={{ left: `${mark.fraction * 100}%` }}
          title={markWords(mark)}
          onClick={() => void pastView().seek({ seq: mark.first.seq })}
        >
          <MarkIcon kind={mark.kind} />
        </button>
      ))}
    </div>
  )
}

function MarkIcon({ kind }: { kind: ShownMark['kind'] }) {
  switch (kind) {
    case 'registration':
      return <PacketIcon kind={1} size={9} />
    case 'error':
      return <PacketIcon kind="error" size={10} />
    case 'held':
      return <HaloIcon size={13} />
    case 'down':
      return <ArrowDown size={13} strokeWidth={4} />
    case 'up':
      return <ArrowUp size={13} strokeWidth={4} />
  }
}

function useWidth(element: RefObject<HTMLDivElement | null>): number {
  const [widthPx, setWidthPx] = useState(0)
  useEffect(() => {
    const { current } = element
    if (!current) return
    const observer = new ResizeObserver(() => setWidthPx(current.clientWidth))
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return widthPx
}

// The number of the attempt beside each packet of a further attempt that is in flight.
import { useEffect, useRef } from 'react'
import { useReactFlow, ViewportPortal } from 'reactflow'
import type { PacketId } from '../../../shared/ids'
import { usePaced } from '../lab/paced'
import { whileTimeRuns } from '../lab/ticks'
import { AttemptMark } from '../ui/AttemptMark'
import { packetLayer } from './packets'
import { retriesInFlight } from './retries-in-flight'
import './retry-marks.css'

export function RetryMarks() {
  const marks = usePaced(retriesInFlight)
  if (marks === '') return null
  return (
    <ViewportPortal>
      {marks.split(' ').map((mark) => (
        <Mark key={mark} mark={mark} />
      ))}
    </ViewportPortal>
  )
}

function Mark({ mark }: { mark: string }) {
  const [id = 0, attempt = 1] = mark.split(':').map(Number)
  const element = useRef<HTMLDivElement>(null)
  const flow = useReactFlow()
  useEffect(() => follow(id, element, () => flow.getZoom()), [id, flow])
  return (
    <div ref={element} className="retry-mark" aria-hidden="true">
      <AttemptMark attempt={attempt} />
    </div>
  )
}

function follow(
  id: PacketId,
  element: { readonly current: HTMLDivElement | null },
  zoomNow: () => number,
): () => void {
  return whileTimeRuns(() => {
    const at = packetLayer.placeOf(id)
    if (element.current === null) return
    element.current.style.visibility = at ? 'visible' : 'hidden'
    if (at)
      element.current.style.transform = `translate(${at.x}px, ${at.y}px) scale(${1 / zoomNow()})`
  })
}
